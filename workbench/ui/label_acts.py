"""Acts on a label set: done in a callback, with what came of it said after."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import versions
from workbench.ui.context import current_actor, now, open_session

PROBLEM, DONE = "label-set-problem", "label-set-done"


def act(change: Callable[..., int], slug: str, **values: Any) -> bool:
    """Make a version; whether there is one. A click's own values, the actor read again."""
    try:
        actor = current_actor()
        with open_session() as session:
            version = change(session, actor=actor, slug=slug, now=now(session), **values)
    except WorkbenchError as error:
        st.session_state[PROBLEM] = str(error)
        return False
    versions.follow("label set", slug, version)
    st.session_state[DONE] = f"Version {version} is in force."
    return True


def outcome() -> None:
    """Say what came of the last act, once."""
    problem = st.session_state.pop(PROBLEM, None)
    done = st.session_state.pop(DONE, None)
    if problem:
        st.warning(problem)
    if done:
        st.success(done)
