"""POST /api/ops: the annotate loop's one route. It answers only after COMMIT."""

from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.engine import Engines, database_now, reading, transaction
from db.errors import DatabaseFault, FullError
from workbench.errors import SignedOutError, WorkbenchError
from workbench.routes import wire
from workbench.routes.wire import Batch
from workbench.services import accounts, annotating, projects, windows
from workbench.services.decisions import Ack
from workbench.services.permissions import Actor

WINDOW = 40


def routes(engines: Engines) -> list[Route]:
    """The route, bound to its database."""

    async def post_ops(request: Request) -> Response:
        return await _post_ops(request, engines=engines)

    return [Route("/api/ops", post_ops, methods=["POST"])]


async def _post_ops(request: Request, *, engines: Engines) -> Response:
    if request.headers.get("x-workbench") != "1":  # a cross-site form cannot set it
        return JSONResponse({"error": "Not sent by this page."}, 403)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return JSONResponse({"error": "Send application/json."}, 415)
    who = request.headers.get("x-workbench-uid", "")
    try:
        batch = wire.parse_batch(await request.body())
        body = await run_in_threadpool(_answer, engines, who, batch)
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 507 if isinstance(error, FullError) else 503)
    return Response(body, media_type="application/json")


def _answer(engines: Engines, who: str, batch: Batch) -> bytes:
    acks: list[Ack] = []
    if batch.ops:
        with transaction(engines) as session:
            actor, now = _actor(session, who, batch)
            project = projects.find(session, actor=actor, slug=batch.project)
            acks, _ = annotating.apply_ops(
                session, actor=actor, project=project, ops=batch.ops, now=now
            )
    with reading(engines) as session:
        actor, now = _actor(session, who, batch)
        project = projects.find(session, actor=actor, slug=batch.project)
        place = annotating.take_part(session, actor=actor, project=project, now=now)
        window = windows.open_window(
            session,
            actor=actor,
            project=project,
            place=place,
            after=batch.after,
            want=min(batch.want, WINDOW),
            have=batch.have,
        )
        progress = windows.progress(session, project=project, place=place)
    return wire.answer(
        acks,
        items=window.items,
        articles=window.articles,
        progress=progress,
        cursor=window.cursor,
    )


def _actor(session: Session, who: str, batch: Batch) -> tuple[Actor, datetime]:
    now = database_now(session)
    actor = accounts.signed_in(session, identity=who, now=now)
    if actor.public_id != batch.reviewer:  # a shared computer: never file A's decisions under B
        message = "Somebody else is signed in here. Sign in again to send what is kept."
        raise SignedOutError(message)
    return actor, now
