"""Addresses at which there is nothing: said so, by a page to people and by JSON to programs."""

from collections.abc import Collection

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Match, Route
from starlette.types import Scope

from workbench.routes import sign_in_pages as pages
from workbench.routes.streamlit_files import static_folder

PLACES = ("api", "audit", "export", "imports")
STREAMLITS = ("_stcore", "media", "component", "static", "app")
NO_STORE = {"Cache-Control": "no-store"}


async def no_file(_request: Request) -> Response:
    """Streamlit would answer with its page, which a script takes for the file it asked for."""
    error = "There is nothing at this address. The pages lead to every file that there is."
    return JSONResponse({"error": error}, 404, headers=NO_STORE)


async def no_page(request: Request) -> Response:
    """Streamlit would answer with its first page and a dialog before it that takes the keys."""
    if "text/html" in request.headers.get("accept", ""):
        return pages.nowhere(address=request.url.path)
    error = "There is no page at this address."
    return JSONResponse({"error": error}, 404, headers=NO_STORE)


class _Unknown(Route):
    """Every address that is none of ours and that Streamlit has nothing of its own for."""

    def __init__(self, known: Collection[str]) -> None:
        super().__init__("/{rest:path}", no_page, methods=["GET"])
        files = (path.name for path in static_folder().iterdir() if path.is_file())
        self.known = frozenset({"", *known, *files})

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Leave to Streamlit what it has, with or without a slash at the end."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return Match.NONE, {}
        path = scope["path"].strip("/")
        if path in self.known or path.partition("/")[0] in STREAMLITS:
            return Match.NONE, {}
        return super().matches(scope)


def routes(known: Collection[str]) -> list[Route]:
    """What stands below the places of our routes, and every unknown page; these come last.

    Args:
        known: The addresses of the pages, without their slash.
    """
    files = [Route(f"/{place}/{{rest:path}}", no_file, methods=["GET"]) for place in PLACES]
    return [*files, _Unknown(known)]
