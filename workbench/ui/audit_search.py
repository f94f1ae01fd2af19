"""What is looked for in the audit log: fields, and the same as an address."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from workbench.services.audit_log import Asked, AuditPage

PAGE = "audit-page"
ANY, EVERY = "anything", "every project"


def asked() -> Asked:
    """What is looked for, as the fields were left: they are drawn after the log is read."""
    state = st.session_state
    days = state.get("audit-days") or ()
    since, until = (*days, None, None)[:2]
    project, act = state.get("audit-project"), state.get("audit-act")
    return Asked(
        project=None if project in (None, EVERY) else str(project),
        act="" if act in (None, ANY) else str(act),
        actor=str(state.get("audit-actor") or ""),
        about=str(state.get("audit-about") or ""),
        since=since if isinstance(since, date) else None,
        until=until if isinstance(until, date) else None,
    )


def query(wanted: Asked) -> str:
    """The same as it stands in an address."""
    given = {
        "project": wanted.project,
        "act": wanted.act,
        "actor": wanted.actor,
        "about": wanted.about,
        "since": wanted.since and wanted.since.isoformat(),
        "until": wanted.until and wanted.until.isoformat(),
    }
    return urlencode({name: value for name, value in given.items() if value})


def choices(found: AuditPage, slugs: Sequence[str]) -> None:
    """Where to say what is looked for; a change leads to the first page."""
    with st.container(horizontal=True, key="audit-choices"):
        start = _from_the_first_page
        st.text_input("By whom", key="audit-actor", type="search", width=200, on_change=start)
        st.text_input("Done to", key="audit-about", type="search", width=200, on_change=start)
        acts = [ANY, *found.acts]
        st.selectbox(
            "Act",
            acts,
            format_func=lambda act: act.replace("_", " "),
            key="audit-act",
            width=200,
            on_change=start,
        )
        if len(slugs) > 1:
            places = [EVERY, *slugs]
            st.selectbox("Project", places, key="audit-project", width=200, on_change=start)
        st.date_input("Days in UTC", [], key="audit-days", width=240, on_change=start)


def _from_the_first_page() -> None:
    st.session_state[PAGE] = 1
