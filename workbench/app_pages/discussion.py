"""Discussion: what reviewers asked about sentences, and what was answered."""

import streamlit as st

from workbench.errors import NotFoundError
from workbench.services import projects, talks
from workbench.services.permissions import Actor, Permission
from workbench.ui import talk_acts, talk_list
from workbench.ui.context import current_actor, current_project_slug, open_session, read_session
from workbench.ui.empty import no_articles
from workbench.ui.frame import page_head
from workbench.ui.imported import count
from workbench.ui.talk_quote import STYLE

WHAT_FOR = "Questions about sentences are answered here."


def render() -> None:
    """Draw everybody's questions for who answers, one's own for everybody else."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Discussion")
        return
    with read_session() as session:
        project = projects.view(session, actor=actor, slug=slug)
        shared = talks.shared(session, actor=actor, slug=slug)
    st.html(STYLE)
    page_head("Discussion")
    talk_acts.outcome()
    answers = actor.may(Permission.ANSWER, project.id)
    names = ["Questions" if answers else "Your questions", "For everybody"]
    first, second = st.tabs(names, key=f"discussion-tabs-{slug}", on_change="rerun")
    seen: list[int] = []
    n_new = sum(reply.is_new for reply in shared)
    with first:  # what is not in sight is not drawn, and so not seen
        if n_new and first.open:
            st.text(f"New for everybody: {count(n_new, 'reply', 'replies')}.")
        if first.open:
            seen = (talk_list.everybodys if answers else talk_list.own)(actor, slug)
    with second:
        if second.open:
            seen = talk_list.shared(slug, shared)
    if seen:
        _note_seen(actor, slug, seen)


def _note_seen(actor: Actor, slug: str, remarks: list[int]) -> None:
    with open_session() as session:
        talks.note_seen(session, actor=actor, slug=slug, remark_ids=remarks)
