"""GET /export/<project>/<snapshot or "latest">.<format>: the training set, streamed."""

from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.engine import Engines, Session, database_now, examining, reading
from db.errors import DatabaseFault
from workbench.errors import InputError, NotFoundError, WorkbenchError
from workbench.formats.final_labels import LabelChoice
from workbench.formats.manifest import CARD, CROISSANT, MANIFEST
from workbench.formats.writers import PLAIN, ROW_BY_ROW, Flavour, Format, find
from workbench.routes.downloads import Download
from workbench.services import accounts, exporting, format_exports, snapshots
from workbench.services.permissions import Actor
from workbench.services.snapshots import SnapshotView
from workbench.whole_numbers import whole

NO_STORE = {"Cache-Control": "no-store"}
LATEST = "latest"
OPTIONS = ("labels", "excel")
PAPERS = {"card": CARD, "croissant": CROISSANT, "manifest": MANIFEST}
"""What goes with a snapshot and is no format: asked for in a format's place."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for; `snapshot` is None for the present state."""

    identity: str
    project: str
    snapshot: int | None
    format: Format
    labels: LabelChoice
    flavour: Flavour

    @property
    def headers(self) -> dict[str, str]:
        """A name to save it under that says what it is: defused cells are changed cells."""
        flavour = "-excel" if self.flavour.excel else ""
        kind = "" if self.format.name == self.format.suffix else f"-{self.format.name}"
        state = LATEST if self.snapshot is None else self.snapshot
        name = f"{self.project}-{state}{kind}{flavour}.{self.format.suffix}"
        return {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}


def routes(engines: Engines, home: Path) -> list[Route]:
    """The route, bound to its database and to the data folder, where snapshots lie."""

    async def get_export(request: Request) -> Response:
        return await _get_export(request, engines=engines, home=home)

    return [Route("/export/{project}/{file}", get_export, methods=["GET"])]


async def _get_paper(request: Request, *, engines: Engines, home: Path) -> Response:
    """What goes with a snapshot: its card, its Croissant, its manifest."""
    number, _, paper = request.path_params["file"].partition(".")
    try:
        found = await run_in_threadpool(_snapshot_view, request, number, engines)
        data = await run_in_threadpool(format_exports.paper, found, home=home, name=PAPERS[paper])
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status, headers=NO_STORE)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 503, headers=NO_STORE)
    name = f"{found.project_slug}-{found.number}-{PAPERS[paper]}"
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    kind = "text/markdown; charset=utf-8" if paper == "card" else "application/json"
    return Response(data, media_type=kind, headers=headers)


def _snapshot_view(request: Request, number: str, engines: Engines) -> SnapshotView:
    identity = request.headers.get("x-workbench-uid", "")
    with reading(engines) as session:
        actor = accounts.signed_in(session, identity=identity, now=database_now(session))
        return snapshots.find(
            session,
            actor=actor,
            project_slug=request.path_params["project"],
            number=_snapshot(number, has_labels=False) or 0,
        )


async def _get_export(request: Request, *, engines: Engines, home: Path) -> Response:
    if request.path_params["file"].partition(".")[2] in PAPERS:
        return await _get_paper(request, engines=engines, home=home)
    try:
        wish = _wish(request)
        chunks = _chunks(engines, home, wish)
        # With the first chunk made, whatever can be refused has been, and has its own status.
        first = await run_in_threadpool(next, chunks, b"")
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status, headers=NO_STORE)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 503, headers=NO_STORE)
    content_type = wish.format.content_type
    if request.method == "HEAD":
        await run_in_threadpool(chunks.close)
        return Response(media_type=content_type, headers=wish.headers)
    return Download(first, chunks, content_type=content_type, headers=wish.headers)


def _wish(request: Request) -> _Wish:
    state, _, fmt = request.path_params["file"].partition(".")
    unknown = [name for name in request.query_params if name not in OPTIONS]
    if unknown:  # answered with 200 it would be taken for done
        message = f"An address of an export takes these options only: {', '.join(OPTIONS)}."
        raise InputError(message)
    is_excel = request.query_params.get("excel", "") not in {"", "0"}
    flavour = Flavour(excel=True) if is_excel else PLAIN
    labels = request.query_params.get("labels", LabelChoice.GOLD)
    if labels not in set(LabelChoice):
        message = f"There is no such choice of labels. There are: {', '.join(LabelChoice)}."
        raise InputError(message)
    return _Wish(
        identity=request.headers.get("x-workbench-uid", ""),
        project=request.path_params["project"],
        snapshot=_snapshot(state, has_labels="labels" in request.query_params),
        format=find(fmt, flavour=flavour),
        labels=LabelChoice(labels),
        flavour=flavour,
    )


def _snapshot(state: str, *, has_labels: bool) -> int | None:
    if state == LATEST:
        return None
    number = whole(state)
    if number is None:
        message = f"There is no such snapshot. Ask for a snapshot's number, or for {LATEST}."
        raise NotFoundError(message)
    if has_labels:
        message = "A snapshot has its labels: leave 'labels' out."
        raise InputError(message)
    return number


def _chunks(engines: Engines, home: Path, wish: _Wish) -> Generator[bytes]:
    if wish.snapshot is None and wish.format.name in ROW_BY_ROW:
        with reading(engines) as session:
            yield from exporting.stream(
                session,
                actor=_actor(session, wish),
                project_slug=wish.project,
                fmt=wish.format.name,
                labels=wish.labels,
                excel=wish.flavour.excel,
            )
    elif wish.snapshot is None:
        with examining(engines) as session:  # a format may read the records more than once
            yield from format_exports.of_now(
                session,
                actor=_actor(session, wish),
                project_slug=wish.project,
                fmt=wish.format.name,
                labels=wish.labels,
                flavour=wish.flavour,
            ).stream()
    else:
        with reading(engines) as session:
            found = format_exports.of_snapshot(
                session,
                actor=_actor(session, wish),
                project_slug=wish.project,
                number=wish.snapshot,
                home=home,
                fmt=wish.format.name,
                flavour=wish.flavour,
            )
        yield from found.stream()


def _actor(session: Session, wish: _Wish) -> Actor:
    return accounts.signed_in(session, identity=wish.identity, now=database_now(session))
