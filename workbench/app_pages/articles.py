"""Articles: what is in the project, one article whole, and the way in for more."""

from typing import Literal

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import articles, projects
from workbench.services.permissions import Actor, Permission
from workbench.ui import article_list, article_page, import_panel
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.frame import page_head


def render() -> None:
    """Draw the list, or the article that the address names."""
    actor = current_actor()
    import_panel.settle()
    try:
        slug = current_project_slug()
    except NotFoundError:
        _nothing(actor, slug=None, may_import=actor.is_admin)
        return
    with read_session() as session:
        project_id = projects.find(session, actor=actor, slug=slug).id
    article = st.query_params.get("article")
    if article is None:
        _list(actor, slug=slug, may_import=actor.may(Permission.IMPORT_ARTICLES, project_id))
        return
    may_edit = actor.may(Permission.EDIT_ARTICLES, project_id)
    try:
        article_page.open_article(actor, slug=slug, article=article, may_edit=may_edit)
    except NotFoundError as error:
        st.title("No such article")
        st.text(str(error))
        st.link_button("All articles", "/articles")


def _list(actor: Actor, *, slug: str, may_import: bool) -> None:
    search, order, page = article_list.asked()
    try:
        with read_session() as session:
            found = articles.listing(
                session, actor=actor, slug=slug, search=search, order=order, page=page
            )
    except WorkbenchError as error:
        st.warning(str(error))
        return
    if not found.total and not search:
        _nothing(actor, slug=slug, may_import=may_import)
        return
    is_open = may_import and import_panel.is_open()
    with page_head("Articles"):
        if may_import:
            words = "Close import" if is_open else "Import articles"
            kind: Literal["primary", "secondary"] = "secondary" if is_open else "primary"
            st.button(words, type=kind, key="import-toggle", on_click=import_panel.toggle)
    if is_open:
        import_panel.panel(actor, slug=slug)
    article_list.choices()
    st.text(article_list.summary(found, page=page, search=search))
    if found.rows:
        article_list.table(found.rows, key=f"articles-{slug}-{order}-{page}-{search}")
        article_list.pages(found.total)


def _nothing(actor: Actor, *, slug: str | None, may_import: bool) -> None:
    st.title("Articles")
    if not may_import:
        st.text("There is no article yet. A manager imports them; they appear here by themselves.")
        return
    st.text(
        "This page holds the articles whose sentences are labelled. Import some as text files, "
        "or begin with nine samples: one invented story, told by nine outlets."
    )
    import_panel.panel(actor, slug=slug, offers_samples=True)
