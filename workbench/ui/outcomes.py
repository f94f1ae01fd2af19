"""What came of an act: kept by the callback that did it, said once when the page is drawn next."""

import streamlit as st

from workbench.ui.imported import notice

DONE, PROBLEM = "outcome-done", "outcome-problem"


def done(words: str, *, on: str) -> None:
    """Have this said on a page; it may have names in it."""
    st.session_state[f"{DONE}-{on}"] = words


def failed(words: str, *, on: str) -> None:
    """Have it said on a page why nothing was done."""
    st.session_state[f"{PROBLEM}-{on}"] = words


def say(*, on: str) -> None:
    """Say what came of the last act on this page, once.

    It stays in sight however far down the page the act was done.
    """
    problem = st.session_state.pop(f"{PROBLEM}-{on}", None)
    words = st.session_state.pop(f"{DONE}-{on}", None)
    if not problem and not words:
        return
    with st.container(key=f"outcome-{on}"):
        if problem:
            st.warning(problem)
        if words:
            notice(words)
