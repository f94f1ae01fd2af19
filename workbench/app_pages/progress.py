"""Progress: how far one is, and, for managers, how far everything is and when it will be done."""

import streamlit as st

from workbench.errors import NotFoundError
from workbench.services import progress, projects
from workbench.services.permissions import Actor, Permission
from workbench.ui import project_progress
from workbench.ui.context import current_actor, current_project_slug, now, read_session
from workbench.ui.day_chart import day_chart
from workbench.ui.empty import no_articles
from workbench.ui.frame import page_head
from workbench.ui.imported import count, facts
from workbench.ui.ways import way

WHAT_FOR = "This page says how far the work is."


def render() -> None:
    """Draw the whole for who may see it, and one's own for everybody who labels."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Progress")
        return
    with read_session() as session:
        project = projects.view(session, actor=actor, slug=slug)
    if not project.n_queued:
        no_articles(actor, f"{WHAT_FOR} It fills as sentences are labelled.", title="Progress")
        return
    head = page_head("Progress")
    if actor.may(Permission.MANAGE_PROJECT, project.id):
        way(
            "How sentences are given out",
            "queue",
            key="progress-queue",
            kind="secondary",
            within=head,
        )
    st.text(project.name)
    if not actor.may(Permission.SEE_PROGRESS, project.id):
        _own(actor, slug)
        return
    whole, articles, own = st.tabs(["The project", "Articles", "Your own"])
    with whole:
        project_progress.whole(actor, slug)
    with articles:
        project_progress.articles(actor, slug)
    with own:
        _own(actor, slug)


def _own(actor: Actor, slug: str) -> None:
    """Nothing in it comes from anybody else's labels."""
    with read_session() as session:
        found = progress.own(session, actor=actor, slug=slug, now=now(session))
    st.header(f"{count(found.n_done, 'sentence')} done, {found.n_left} left", anchor=False)
    total = found.n_done + found.n_left
    st.progress(found.n_done / total if total else 0.0)
    pace = "" if found.median_seconds is None else f"median {found.median_seconds:.1f} s a sentence"
    streak = f"{count(found.n_streak, 'day')} in a row" if found.n_streak > 1 else ""
    facts([f"{found.n_today} today", pace, streak])
    day_chart(found.days, key=f"own-{slug}", has_people=False)
