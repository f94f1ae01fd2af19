"""POST /api/ops: the annotate loop's one route. It answers only after COMMIT."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from db.engine import Engines, Session, database_now, giving_out, reading
from db.errors import DatabaseFault, FullError
from db.grouping import GroupCommit, shared
from workbench.errors import SignedOutError, WorkbenchError
from workbench.routes import wire
from workbench.routes.wire import Batch
from workbench.services import (
    accounts,
    annotating,
    leased_windows,
    leasing,
    opening,
    payloads,
    projects,
    talks,
    windows,
)
from workbench.services.annotating import Place
from workbench.services.decisions import Ack
from workbench.services.opening import Notice
from workbench.services.permissions import Actor
from workbench.services.projects import Project
from workbench.services.windows import Window

MOST_WANTED = 80


@dataclass(frozen=True, slots=True)
class _Sender:
    actor: Actor
    project: Project
    now: datetime


@dataclass(frozen=True, slots=True)
class _Stored:
    sender: _Sender
    place: Place
    acks: list[Ack]
    progress: dict[str, Any]
    notice: Notice | None
    lease_seconds: int | None

    @property
    def is_leased(self) -> bool:
        return self.lease_seconds is not None


def routes(engines: Engines) -> list[Route]:
    """The route, bound to its database."""
    writer = GroupCommit(engines, refusals=(WorkbenchError,))

    async def post_ops(request: Request) -> Response:
        return await _post_ops(request, writer=writer)

    return [Route("/api/ops", post_ops, methods=["POST"])]


async def _post_ops(request: Request, *, writer: GroupCommit) -> Response:
    if request.headers.get("x-workbench") != "1":  # a cross-site form cannot set it
        return JSONResponse({"error": "Not sent by this page."}, 403)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return JSONResponse({"error": "Send application/json."}, 415)
    who = request.headers.get("x-workbench-uid", "")
    try:
        batch = wire.parse_batch(await _body(request))
        body = await run_in_threadpool(_answer, writer, who, batch)
    except ClientDisconnect:  # the page went while it was sending: what it kept comes again
        return Response(status_code=400)
    except WorkbenchError as error:
        return JSONResponse({"error": str(error)}, error.status)
    except DatabaseFault as error:
        return JSONResponse({"error": str(error)}, 507 if isinstance(error, FullError) else 503)
    return Response(body, media_type="application/json")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > wire.MAX_BODY:  # whatever it says of its length: no more is held
            break
    return bytes(body)


def _answer(writer: GroupCommit, who: str, batch: Batch) -> bytes:
    window = windows.EMPTY
    if batch.release:
        with giving_out(writer.engines):
            writer.run(lambda session: _hand_back(session, who, batch))
    if batch.ops:
        stored = writer.run(lambda session: _stored(session, who, batch))
    else:
        with reading(writer.engines) as session:
            stored = _unchanged(session, who, batch)
            if not stored.is_leased:
                window = _window(session, stored, batch)
    if stored.is_leased and batch.want:
        # By a transaction of its own, so that whoever decides waits for none of it.
        with giving_out(writer.engines):
            writer.run(lambda session: _hold(session, who, batch))
        with reading(writer.engines) as session:
            stored, window = _held(session, who, batch, stored)
    elif batch.ops and batch.want:  # after COMMIT: a window never keeps other writers waiting
        with reading(writer.engines) as session:
            window = _window(session, stored, batch)
    return wire.answer(
        stored.acks,
        items=window.items,
        articles=window.articles | (_articles(writer, stored, batch) if batch.articles else {}),
        progress=stored.progress,
        cursor=window.cursor or batch.after,
        is_whole=window.is_whole,
        notice=stored.notice,
        talk=_talk(writer, stored) if batch.want else None,
        lease_seconds=stored.lease_seconds,
    )


def _articles(writer: GroupCommit, stored: _Stored, batch: Batch) -> dict[str, Any]:
    """Articles asked for by name: those of older acts, before they are taken back."""
    actor, project = stored.sender.actor, stored.sender.project
    with reading(writer.engines) as session:
        return payloads.named(session, actor=actor, project=project, names=batch.articles)


def _talk(writer: GroupCommit, stored: _Stored) -> dict[str, Any]:
    with reading(writer.engines) as session:
        return talks.at_desk(session, actor=stored.sender.actor, project=stored.sender.project)


def _hold(session: Session, who: str, batch: Batch) -> None:
    sender = _sender(session, who, batch)
    leasing.hold(session, actor=sender.actor, project=sender.project, now=sender.now)


def _hand_back(session: Session, who: str, batch: Batch) -> None:
    sender = _sender(session, who, batch)
    leasing.hand_back(
        session,
        actor=sender.actor,
        project=sender.project,
        fences=batch.release,
        now=sender.now,
    )


def _held(session: Session, who: str, batch: Batch, stored: _Stored) -> tuple[_Stored, Window]:
    """What the sender holds now, and what is left for them."""
    sender = _sender(session, who, batch)
    told = windows.progress(session, actor=sender.actor, project=sender.project, place=stored.place)
    found = replace(stored, sender=sender, progress=told)
    return found, _window(session, found, batch)


def _stored(session: Session, who: str, batch: Batch) -> _Stored:
    sender = _sender(session, who, batch)
    acks, place = annotating.apply_ops(
        session, actor=sender.actor, project=sender.project, ops=batch.ops, now=sender.now
    )
    return _told(session, sender, place, acks, batch)


def _unchanged(session: Session, who: str, batch: Batch) -> _Stored:
    sender = _sender(session, who, batch)
    place = annotating.take_part(
        session, actor=sender.actor, project=sender.project, now=sender.now
    )
    return _told(session, sender, place, [], batch)


def _told(
    session: Session, sender: _Sender, place: Place, acks: list[Ack], batch: Batch
) -> _Stored:
    progress = windows.progress(
        session, actor=sender.actor, project=sender.project, place=place, is_counted=False
    )
    lease_seconds = leased_windows.lease_seconds(sender.project)
    notice = _notice(session, sender, batch)
    return _Stored(sender, place, acks, progress, notice, lease_seconds)


def _window(session: Session, stored: _Stored, batch: Batch) -> Window:
    return windows.open_window(
        session,
        actor=stored.sender.actor,
        project=stored.sender.project,
        place=stored.place,
        after=batch.after,
        want=min(batch.want, MOST_WANTED),
        have=batch.have,
    )


def _notice(session: Session, sender: _Sender, batch: Batch) -> Notice | None:
    return opening.news(
        session,
        actor=sender.actor,
        project=sender.project,
        label_set=batch.label_set,
        guideline=batch.guideline,
    )


def _sender(session: Session, who: str, batch: Batch) -> _Sender:
    now = shared(session, "now", lambda: database_now(session))
    actor = accounts.signed_in(session, identity=who, now=now)
    if actor.public_id != batch.reviewer:  # a shared computer: never file A's decisions under B
        message = "Somebody else is signed in here. Sign in again to send what is kept."
        raise SignedOutError(message)
    return _Sender(actor, projects.find(session, actor=actor, slug=batch.project), now)
