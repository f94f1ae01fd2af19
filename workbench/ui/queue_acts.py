"""Acts on the queue: done in a callback, with what came of it said after."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui.context import current_actor, now, open_session
from workbench.ui.imported import notice

Made = TypeVar("Made")
PROBLEM, DONE = "queue-problem", "queue-done"


def act(change: Callable[..., Made], slug: str, **values: Any) -> Made | None:
    """Do it; what it gave, or None where it could not be. A click's own values, the actor anew."""
    try:
        actor = current_actor()
        with open_session() as session:
            return change(session, actor=actor, slug=slug, now=now(session), **values)
    except WorkbenchError as error:
        st.session_state[PROBLEM] = str(error)
        return None


def say(words: str) -> None:
    """Have this said when the page is drawn next; it may have names in it."""
    st.session_state[DONE] = words


def outcome() -> None:
    """Say what came of the last act, once."""
    problem = st.session_state.pop(PROBLEM, None)
    done = st.session_state.pop(DONE, None)
    if problem:
        st.warning(problem)
    if done:
        notice(done)
