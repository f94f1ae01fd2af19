"""GET /export/<project>/latest.<format>: the training set, streamed from one moment."""

from collections.abc import Generator
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.engine import Engines, database_now, reading
from db.errors import DatabaseFault
from workbench.errors import InputError, NotFoundError, WorkbenchError
from workbench.formats.final_labels import LabelChoice
from workbench.formats.writers import WRITERS
from workbench.routes.downloads import Download
from workbench.services import accounts, exporting

NO_STORE = {"Cache-Control": "no-store"}
SNAPSHOT = "latest"
OPTIONS = ("labels", "excel")


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for, as it was spelled."""

    identity: str
    project: str
    fmt: str
    labels: LabelChoice
    excel: bool

    @property
    def headers(self) -> dict[str, str]:
        """A name to save it under that says what it is: defused cells are changed cells."""
        flavour = "-excel" if self.excel else ""
        name = f"{self.project}-{SNAPSHOT}{flavour}.{WRITERS[self.fmt].suffix}"
        return {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}


def routes(engines: Engines) -> list[Route]:
    """The route, bound to its database."""

    async def get_export(request: Request) -> Response:
        return await _get_export(request, engines=engines)

    return [Route("/export/{project}/{file}", get_export, methods=["GET"])]


async def _get_export(request: Request, *, engines: Engines) -> Response:
    try:
        wish = _wish(request)
        chunks = _chunks(engines, wish)
        # With the first chunk made, whatever can be refused has been, and has its own status.
        first = await run_in_threadpool(next, chunks, b"")
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status, headers=NO_STORE)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 503, headers=NO_STORE)
    if request.method == "HEAD":
        await run_in_threadpool(chunks.close)
        return Response(media_type=WRITERS[wish.fmt].content_type, headers=wish.headers)
    content_type = WRITERS[wish.fmt].content_type
    return Download(first, chunks, content_type=content_type, headers=wish.headers)


def _wish(request: Request) -> _Wish:
    snapshot, _, fmt = request.path_params["file"].partition(".")
    if fmt not in WRITERS:
        message = f"There is no such format. There are: {', '.join(WRITERS)}."
        raise NotFoundError(message)
    if snapshot != SNAPSHOT:
        message = f"There is no such snapshot. Ask for {SNAPSHOT}.{fmt}."
        raise NotFoundError(message)
    unknown = [name for name in request.query_params if name not in OPTIONS]
    if unknown:  # answered with 200 it would be taken for done
        message = f"An address of an export takes these options only: {', '.join(OPTIONS)}."
        raise InputError(message)
    labels = request.query_params.get("labels", LabelChoice.GOLD)
    if labels not in set(LabelChoice):
        message = f"There is no such choice of labels. There are: {', '.join(LabelChoice)}."
        raise InputError(message)
    return _Wish(
        identity=request.headers.get("x-workbench-uid", ""),
        project=request.path_params["project"],
        fmt=fmt,
        labels=LabelChoice(labels),
        excel=request.query_params.get("excel", "") not in {"", "0"},
    )


def _chunks(engines: Engines, wish: _Wish) -> Generator[bytes]:
    with reading(engines) as session:
        actor = accounts.signed_in(session, identity=wish.identity, now=database_now(session))
        yield from exporting.stream(
            session,
            actor=actor,
            project_slug=wish.project,
            fmt=wish.fmt,
            labels=wish.labels,
            excel=wish.excel,
        )
