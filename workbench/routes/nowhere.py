"""Addresses for programs at which there is nothing: said so, instead of a page with status 200."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PLACES = ("api", "audit", "export", "imports")
NO_STORE = {"Cache-Control": "no-store"}


async def nothing_here(_request: Request) -> Response:
    """Streamlit would answer with its page, which a script takes for the file it asked for."""
    error = "There is nothing at this address. The pages lead to every file that there is."
    return JSONResponse({"error": error}, 404, headers=NO_STORE)


def routes() -> list[Route]:
    """All that stands below the places of our routes; these come before, pages have no slash."""
    return [Route(f"/{place}/{{rest:path}}", nothing_here, methods=["GET"]) for place in PLACES]
