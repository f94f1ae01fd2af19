"""What is done in a discussion, once for each click, with what came of it said after."""

import uuid
from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import discussing
from workbench.services.talk_views import TalkView
from workbench.ui import outcomes
from workbench.ui.context import current_actor, now, open_session

PAGE = "discussion"
FIELDS = ("text", "section", "share")


def field(talk: int, name: str) -> str:
    """The key of one of the fields of a talk's box.

    After a reply they are others, and so empty: a press that came before these were on the screen
    brings back what stood in the ones before.
    """
    return f"discussion-{name}-{talk}-{st.session_state.get(_sent(talk), 0)}"


def _sent(talk: int) -> str:
    return f"discussion-sent-{talk}"


def op_id(talk: TalkView) -> str:
    """What the next act in a talk is called: another name once something was said or done in it."""
    key = f"discussion-op-{talk.id}-{len(talk.remarks)}-{talk.state}"
    return str(st.session_state.setdefault(key, str(uuid.uuid4())))


def reply(slug: str, talk: int, op: str, closes: bool) -> None:
    """Send what is in the box; it is emptied when the reply is stored."""
    chosen = {name: st.session_state.get(field(talk, name)) for name in FIELDS}
    values = {
        "text": str(chosen["text"] or ""),
        "section": str(chosen["section"] or ""),
        "is_shared": bool(chosen["share"]),
        "closes": closes,
    }
    if _done(discussing.reply, slug, talk, op, **values):
        st.session_state[_sent(talk)] = st.session_state.get(_sent(talk), 0) + 1


def act(change: Callable[..., None], slug: str, talk: int, op: str, **values: Any) -> None:
    """Do what a button is for."""
    _done(change, slug, talk, op, **values)


def _done(change: Callable[..., None], slug: str, talk: int, op: str, **values: Any) -> bool:
    """Whether it is done. A click's own values, the actor read again."""
    try:
        actor = current_actor()
        with open_session() as session:
            change(session, actor=actor, slug=slug, talk=talk, op_id=op, now=now(session), **values)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
        return False
    return True


def outcome() -> None:
    """Say what went wrong, once."""
    outcomes.say(on=PAGE)
