"""GET /healthz: for whoever keeps the server running."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from db.engine import Engines, reading
from db.errors import DatabaseFault, ReplacedError
from workbench.services import health
from workbench.settings import Settings

NO_STORE = {"cache-control": "no-store"}


def routes(engines: Engines, settings: Settings | None = None) -> list[Route]:
    """The route, bound to its database and data folder."""
    folders = {settings.home} if settings else set()
    if engines.path is not None:
        folders.add(engines.path.parent)

    async def get_health(_request: Request) -> Response:
        try:
            fault = await run_in_threadpool(_fault, engines, folders)
        except ReplacedError:  # where it was is told in the log, not to whoever asks
            fault = "The database file is no longer the one that was opened."
        except DatabaseFault:
            fault = "The database does not answer."
        if fault is not None:
            return PlainTextResponse(f"{fault}\n", 503, NO_STORE)
        return PlainTextResponse("ok", 200, NO_STORE)

    return [Route("/healthz", get_health, methods=["GET"])]


def _fault(engines: Engines, folders: set[Path]) -> str | None:
    with reading(engines) as session:
        return health.fault(session, folders=folders)
