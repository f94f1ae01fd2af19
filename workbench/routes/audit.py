"""GET /audit/log.<format>: the audit log, as far as it is the asker's to see, streamed."""

from collections.abc import Generator, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.engine import Engines, database_now, reading
from db.errors import DatabaseFault
from workbench.errors import NotFoundError, WorkbenchError
from workbench.routes.downloads import Download
from workbench.services import accounts, audit_log
from workbench.services.audit_log import CONTENT_TYPES, Asked

NO_STORE = {"Cache-Control": "no-store"}


def routes(engines: Engines) -> list[Route]:
    """The route, bound to its database."""

    async def get_log(request: Request) -> Response:
        return await _get_log(request, engines=engines)

    return [Route("/audit/{file}", get_log, methods=["GET"])]


async def _get_log(request: Request, *, engines: Engines) -> Response:
    who = request.headers.get("x-workbench-uid", "")
    try:
        fmt = _format(request.path_params["file"])
        asked = asked_for(request.query_params)
        chunks = _chunks(engines, who, fmt, asked)
        first = await run_in_threadpool(next, chunks, b"")
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status, headers=NO_STORE)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 503, headers=NO_STORE)
    name = {"Content-Disposition": f'attachment; filename="audit-log.{fmt}"'}
    content_type = CONTENT_TYPES[fmt]
    if request.method == "HEAD":
        await run_in_threadpool(chunks.close)
        return Response(media_type=content_type, headers={**NO_STORE, **name})
    return Download(first, chunks, content_type=content_type, headers={**NO_STORE, **name})


def asked_for(query: Mapping[str, str]) -> Asked:
    """Which rows an address asks for.

    Raises:
        InputError: A day is none.
    """
    return Asked(
        project=query.get("project") or None,
        act=query.get("act", ""),
        actor=query.get("actor", ""),
        about=query.get("about", ""),
        since=audit_log.day(query.get("since", "")),
        until=audit_log.day(query.get("until", "")),
    )


def _format(file: str) -> str:
    stem, _, fmt = file.partition(".")
    if stem != "log" or fmt not in CONTENT_TYPES:
        message = f"There is no such file. Ask for log.{' or log.'.join(CONTENT_TYPES)}."
        raise NotFoundError(message)
    return fmt


def _chunks(engines: Engines, who: str, fmt: str, asked: Asked) -> Generator[bytes]:
    with reading(engines) as session:
        actor = accounts.signed_in(session, identity=who, now=database_now(session))
        yield from audit_log.stream(session, actor=actor, fmt=fmt, asked=asked)
