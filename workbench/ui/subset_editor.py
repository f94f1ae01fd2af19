"""A subset that is being made or changed: its name, its reviewers, and its articles."""

from collections.abc import Sequence
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.services import subset_views, subsets
from workbench.services.permissions import Actor
from workbench.services.subsets import LONGEST_NAME
from workbench.ui import subset_articles, subset_draft
from workbench.ui.context import read_session
from workbench.ui.once import once
from workbench.ui.queue_acts import act, say
from workbench.ui.subset_articles import WIDTH
from workbench.ui.subset_draft import Draft


def editor(actor: Actor, slug: str) -> None:
    """Everything of a subset on one screen; nothing is stored before it is saved."""
    draft = subset_draft.of(slug)
    with read_session() as session:
        people = subset_views.people(session, actor=actor, slug=slug)
        chosen = subset_views.named(session, actor=actor, slug=slug, articles=draft.articles)
    ways = _head("Change a subset" if draft.id else "Make a subset")
    _heading(draft, people)
    subset_articles.chosen(slug, draft, chosen)
    subset_articles.find(actor, slug, draft)
    ways.button(
        "Save the subset",
        type="primary",
        key=f"subset-save-{slug}-{draft.id}",
        on_click=once(_save),
        args=(slug, draft),
    )
    ways.button(
        "Close without saving",
        key=f"subset-close-{slug}",
        on_click=subset_draft.close,
        args=(slug,),
    )


def _head(title: str) -> DeltaGenerator:
    """What is done on the left, and on the right the place for the buttons that end it."""
    row = st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        width=WIDTH,
        key="subset-head",
    )
    row.header(title, width="content", anchor=False)
    return row.container(horizontal=True, width="content")


def _heading(draft: Draft, people: dict[str, str]) -> None:
    with st.container(width=WIDTH, horizontal=True):
        st.text_input(
            "Name",
            draft.name,
            max_chars=LONGEST_NAME,
            key=f"subset-name-{draft.id}",
            placeholder="Harbour stories for Ada and Ben",
            help="Its reviewers read it on their sentences.",
            width=472,
        )
        st.multiselect(
            "Reviewers",
            list(people),
            default=[each for each in draft.reviewers if each in people],
            format_func=lambda each: people.get(each, ""),
            key=f"subset-people-{draft.id}",
            placeholder="Choose who gets its sentences",
            width=472,
        )


def _save(slug: str, draft: Draft) -> None:
    if not subset_draft.is_open(slug) or subset_draft.of(slug).id != draft.id:
        return  # it was saved or closed since it was on the screen
    # Articles and fields as they are at the click: the last of them may have changed with it.
    draft = subset_draft.of(slug)
    name = str(st.session_state[f"subset-name-{draft.id}"] or "")
    reviewers: Sequence[str] = st.session_state[f"subset-people-{draft.id}"]
    given = {"name": name, "articles": draft.articles, "reviewers": reviewers}
    if act(_storing, slug, subset=draft.id, **given):
        subset_draft.close(slug)
        say(f"The subset {' '.join(name.split())} is saved.")


def _storing(*given: Any, subset: int | None, **named: Any) -> bool:
    if subset is None:
        subsets.make(*given, **named)
    else:
        subsets.change(*given, subset=subset, **named)
    return True
