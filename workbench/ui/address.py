"""What the page shows, as its address says it: a reload or a link shows the same again."""

from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

PROJECT = "project"
LEFT = "project-left"


def named_project() -> str | None:
    """The short name of the project that the address names."""
    return st.query_params.get(PROJECT)


def asked_project() -> str | None:
    """The project that the browser asks for by its address; None where it asks for none.

    After a choice the browser has the address from before for a while, and sends that with whatever
    is pressed meanwhile: it asks for it only by going back.
    """
    context = get_script_run_ctx()
    if context is not None and context.is_history_navigation:
        st.session_state.pop(LEFT, None)
    asked = named_project()
    return None if asked == st.session_state.get(LEFT) else asked


def choose_project(slug: str) -> None:
    """Put another project into the address, and know which one it is instead of."""
    before = named_project()
    if before not in (None, slug):
        st.session_state[LEFT] = before
    name_project(slug)


def name_project(slug: str) -> None:
    """Put a project into the address."""
    if named_project() != slug:
        st.query_params[PROJECT] = slug


def show(**what: str) -> None:
    """Let the address say this and no more, beside the project that it names."""
    st.query_params.from_dict(_with_project(what))


def link(path: str, **what: str) -> str:
    """An address of the workbench, in the project that this one names."""
    words = urlencode(_with_project(what))
    return f"{path}?{words}" if words else path


def _with_project(what: dict[str, str]) -> dict[str, str]:
    project = named_project()
    return what if project is None else {**what, PROJECT: project}
