"""Guideline: the written instructions in force, to be read at leisure."""

import streamlit as st

from workbench.errors import NotFoundError
from workbench.services import projects
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles


def render() -> None:
    """Show the guideline of the project; managers write it, so its Markdown is shown as such."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, str(error))
        return
    with read_session() as session:
        project = projects.find(session, actor=actor, slug=slug)
        rules = projects.rules(session, project_id=project.id)
    with st.container(key="prose"):
        st.markdown(rules.guideline_text)
        st.caption(f"Guideline version {rules.guideline_version}")
