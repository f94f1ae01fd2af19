"""GET /imports/<project>/<number>.<format>: the report of an import, as a file."""

from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from db.engine import Engines, database_now, reading
from db.errors import DatabaseFault
from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import accounts, import_files, imports
from workbench.whole_numbers import whole

NO_STORE = {"Cache-Control": "no-store"}


def routes(engines: Engines) -> list[Route]:
    """The route, bound to its database."""

    async def get_report(request: Request) -> Response:
        return await _get_report(request, engines=engines)

    return [Route("/imports/{project}/{file}", get_report, methods=["GET"])]


async def _get_report(request: Request, *, engines: Engines) -> Response:
    number, _, fmt = request.path_params["file"].partition(".")
    project = request.path_params["project"]
    try:
        chunks = await run_in_threadpool(_chunks, request, engines, project, number, fmt)
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status, headers=NO_STORE)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 503, headers=NO_STORE)
    name = f"{project}-import-{number}.{fmt}"
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    media_type = import_files.TYPES[fmt]
    if request.method == "HEAD":
        return Response(media_type=media_type, headers=headers)
    return StreamingResponse(chunks, media_type=media_type, headers=headers)


def _chunks(
    request: Request, engines: Engines, project: str, number: str, fmt: str
) -> Iterator[bytes]:
    wanted = whole(number)
    if wanted is None:
        message = "There is no such import."
        raise NotFoundError(message)
    with reading(engines) as session:
        identity = request.headers.get("x-workbench-uid", "")
        actor = accounts.signed_in(session, identity=identity, now=database_now(session))
        found = imports.report(session, actor=actor, slug=project, number=wanted)
    return import_files.written(found, fmt=fmt)
