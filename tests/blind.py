"""What another reviewer gives and says, with a mark in every word of it; and all that a page sends.

Whoever only labels may be shown none of it, and nothing may move by it.
"""

import json
import uuid
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session
from streamlit.testing.v1 import AppTest

from db.engine import database_now
from db.models import Project
from workbench.services import annotating, discussing, talks, windows
from workbench.services.decisions import Act, Op
from workbench.services.permissions import Actor

CANARY = "zebulon"
NAME = "Zebulon Quince"
WAYS: tuple[dict[str, Any], ...] = (
    {"labels": ("dispute",), "check_worthiness": 2, "comment": "{} comments"},
    {"act": Act.SKIP, "reason": "{} skips"},
    {"act": Act.COMMENT, "comment": "{} asks", "mention": (0, 2)},
    {"act": Act.FLAG},
    {"labels": ("claim", "dispute")},
    {"labels": ()},
)


def give(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    sentences: list[str],
    word: str = CANARY,
    shift: int = 0,
) -> None:
    """Decide these sentences in every way there is, one after the other; `word` is in each text."""
    now = database_now(session)
    ops = [
        Op(
            str(uuid.uuid4()),
            name,
            0,
            active_ms=1500,
            **{"act": Act.LABEL} | _said(WAYS[(n + shift) % len(WAYS)], word),
        )
        for n, name in enumerate(sentences)
    ]
    acks = annotating.apply_ops(session, actor=actor, project=project, ops=ops, now=now)[0]
    assert {str(ack.status) for ack in acks} == {"applied"}, acks


def _said(way: dict[str, Any], word: str) -> dict[str, Any]:
    texts = {name: way[name].format(word) for name in ("comment", "reason") if name in way}
    return way | texts


def queue(session: Session, *, actor: Actor, project: Project) -> list[str]:
    """The sentences that somebody is asked about, in order."""
    now = database_now(session)
    place = annotating.take_part(session, actor=actor, project=project, now=now, locked=True)
    found = windows.open_window(session, actor=actor, project=project, place=place, want=100)
    return [item["id"] for item in found.items]


def answer_them(session: Session, *, manager: Actor, project: Project) -> None:
    """Reply to everything that the other asked, and close some of it; nothing is shared."""
    now = database_now(session)
    rows = talks.questions(session, actor=manager, slug=project.slug).rows
    for n, talk in enumerate(row for row in rows if row.by == NAME):
        discussing.reply(
            session,
            actor=manager,
            slug=project.slug,
            talk=talk.id,
            op_id=str(uuid.uuid4()),
            text="zebulon is answered",
            now=now,
            closes=n % 2 == 0,
        )


def sent(page: AppTest) -> bytes:
    """Every message that a page sends to the browser, blocks and elements, as it goes out."""
    assert not page.exception
    return b"\n".join(_messages(page._tree))


def _without_act_number(proto: Any) -> Any:
    """The place in the queue without the number of the newest act of the audit log beside it.

    That number moves by every act that is audited, such as a sign-in, and by no decision.
    """
    if '"cursor": ' not in getattr(proto, "json", ""):
        return proto
    data = json.loads(proto.json)
    data["cursor"] = data["cursor"].partition("-")[0]
    kept = type(proto)()
    kept.CopyFrom(proto)
    kept.json = json.dumps(data)
    return kept


def _messages(node: Any) -> Iterator[bytes]:
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield _without_act_number(proto).SerializeToString(deterministic=True)
    for _, child in sorted(getattr(node, "children", {}).items()):
        yield from _messages(child)
