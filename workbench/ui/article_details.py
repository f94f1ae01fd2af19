"""What is known of an article: shown with what was found, and changed by those who may."""

from datetime import datetime

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import articles
from workbench.services.articles import ArticleView, Detail
from workbench.services.metadata import called
from workbench.services.permissions import Actor
from workbench.ui.context import now, open_session, read_session
from workbench.ui.imported import count

DATES = {"published", "updated"}
SAID = "article-details-said"
OPEN = "article-details-open"


def details_panel(actor: Actor, view: ArticleView, *, slug: str, may_edit: bool) -> None:
    """What is known of the article, behind a button; a form for those who may edit it."""
    said = st.session_state.pop(SAID, "")
    if said:
        st.session_state[OPEN] = view.public_id
    is_open = st.session_state.get(OPEN) == view.public_id
    with st.expander("Details", key=f"details-{view.public_id}", expanded=is_open):
        if said:
            st.text(said)
        if not may_edit:
            _facts(view)
            return
        _form(actor, view, slug=slug)
        for detail in view.details:
            if detail.is_changed:
                _found(actor, view, detail, slug=slug)
        _language(actor, view, slug=slug)
        _history(actor, view, slug=slug)


def _facts(view: ArticleView) -> None:
    for detail in view.details:
        if detail.value:
            st.text(f"{called(detail.name)}: {detail.value}")


def _form(actor: Actor, view: ArticleView, *, slug: str) -> None:
    with st.form(f"details-form-{view.public_id}", border=False):
        left, right = st.columns(2)
        values: dict[str, str | None] = {}
        for place, detail in enumerate(view.details):
            with left if place % 2 == 0 else right:
                values[detail.name] = st.text_input(
                    called(detail.name),
                    value=detail.value or "",
                    key=f"detail-{view.public_id}-{detail.name}-{detail.value}",
                    placeholder="YYYY-MM-DD" if detail.name in DATES else None,
                )
        asked = st.form_submit_button("Save details", type="primary")
    if not asked:
        return
    try:
        with open_session() as session:
            n = articles.change_details(
                session,
                actor=actor,
                slug=slug,
                article=view.public_id,
                values=values,
                now=now(session),
            )
    except WorkbenchError as error:
        st.warning(str(error))
        return
    _again("Saved." if n else "Nothing was changed.")


def _found(actor: Actor, view: ArticleView, detail: Detail, *, slug: str) -> None:
    name = called(detail.name).lower()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Found at import, {name}: {detail.found or 'nothing'}")
        asked = st.button(
            f"Back to the {name} found",
            key=f"put-back-{view.public_id}-{detail.name}",
            disabled=detail.name == "language" and not detail.found,
        )
    if not asked:
        return
    try:
        with open_session() as session:
            articles.put_back(
                session,
                actor=actor,
                slug=slug,
                article=view.public_id,
                name=detail.name,
                now=now(session),
            )
    except WorkbenchError as error:
        st.warning(str(error))
        return
    _again("Saved.")


def _language(actor: Actor, view: ArticleView, *, slug: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text("Another language leaves the sentences as they are until they are split anew.")
        asked = st.button("Split anew", key=f"split-anew-{view.public_id}")
    if not asked:
        return
    try:
        with open_session() as session:
            n = articles.split_anew(
                session,
                actor=actor,
                slug=slug,
                article=view.public_id,
                language=view.language,
                now=now(session),
            )
    except WorkbenchError as error:
        st.warning(str(error))
        return
    _again(f"Split anew: {count(n, 'segment')}.")


def _history(actor: Actor, view: ArticleView, *, slug: str) -> None:
    with read_session() as session:
        entries = articles.history(session, actor=actor, slug=slug, article=view.public_id)
    if not entries:
        return
    st.text("History")
    for entry in entries[:50]:
        who = f" by {entry.by}" if entry.by else ""
        st.text(f"{_minute(entry.at)}{who}: {entry.what}")


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _again(words: str) -> None:
    st.session_state[SAID] = words
    st.rerun()
