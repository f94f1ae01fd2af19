"""Articles: what is in the project, one article whole, and the way in for more."""

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import articles, projects
from workbench.services.permissions import Actor, Permission
from workbench.ui import article_list, article_page
from workbench.ui.address import link
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.frame import page_head
from workbench.ui.ways import way


def render() -> None:
    """Draw the list, or the article that the address names."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError:
        _nothing(may_import=actor.is_admin)
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
        st.link_button("All articles", link("/articles"))


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
        _nothing(may_import=may_import)
        return
    with page_head("Articles"):
        if may_import:
            way("Import articles", "import", key="articles-import")
    article_list.choices()
    st.text(article_list.summary(found, page=page, search=search))
    if found.rows:
        article_list.table(found.rows, key=f"articles-{slug}-{order}-{page}-{search}")
        article_list.pages(found.total)


def _nothing(*, may_import: bool) -> None:
    st.title("Articles")
    if not may_import:
        st.text("There is no article yet. A manager imports them; they appear here by themselves.")
        return
    st.text("This page holds the articles whose sentences are labelled. Import some to begin.")
    way("Import articles", "import", key="articles-import")
