"""What the page shows, as its address says it: a reload or a link shows the same again."""

from urllib.parse import urlencode

import streamlit as st

PROJECT = "project"


def named_project() -> str | None:
    """The short name of the project that the address names."""
    return st.query_params.get(PROJECT)


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
