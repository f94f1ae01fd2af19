"""Queue: how sentences are given out, to whom, who holds them, and which nobody can get."""

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import projects, queue_settings
from workbench.ui import lease_list, queue_acts, queue_form, subset_list, unreached_list
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles
from workbench.ui.frame import page_head

WHAT_FOR = "This page says how sentences are given out."
TABS = ("Settings", "Subsets", "Leases", "Nobody left")


def render() -> None:
    """Draw the four sides of the queue as tabs; only the open one asks the database."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Queue")
        return
    try:
        with read_session() as session:
            project = projects.view(session, actor=actor, slug=slug)
            in_force = queue_settings.read(session, actor=actor, slug=slug)
    except WorkbenchError as error:
        st.title("Queue")
        st.warning(str(error))
        return
    page_head("Queue")
    st.text(f"How the sentences of {project.name} are given out.")
    queue_acts.outcome()
    is_leased = in_force.overlap is not None
    settings, subsets, leases, unreached = st.tabs(TABS, key=queue_form.SIDE, on_change="rerun")
    with settings:
        if settings.open:
            queue_form.form(actor, slug, in_force)
    with subsets:
        if subsets.open:
            subset_list.section(actor, slug, is_leased=is_leased)
    with leases:
        if leases.open:
            lease_list.section(actor, slug, is_leased=is_leased)
    with unreached:
        if unreached.open:
            unreached_list.section(actor, slug)
