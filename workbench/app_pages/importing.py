"""Import: files looked at and brought in, and every import so far with its report."""

from pathlib import Path

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import articles, projects
from workbench.services.permissions import Actor, Permission
from workbench.ui import address, import_list, import_panel, import_report
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.ways import way
from workbench.whole_numbers import whole

NO_NUMBER = "What the address asks for is no number of an import."
STYLE = Path(import_panel.__file__).parent / "import_page.css"


def render() -> None:
    """Draw the way in and the imports so far, or the import that the address names."""
    actor = current_actor()
    st.html(STYLE)
    try:
        slug: str | None = current_project_slug()
    except NotFoundError:
        slug = None
    if not _may_import(actor, slug):
        st.title("Import", anchor=False)
        st.text("A manager imports articles. They appear on the Articles page by themselves.")
        way("Go to articles", "articles", key="import-articles", kind="secondary")
        return
    asked = st.query_params.get(import_panel.OPENED, "")
    if slug is not None and asked:
        _report(actor, slug=slug, asked=asked)
        return
    st.title("Import articles", anchor=False)
    is_empty = slug is None or _is_empty(actor, slug)
    if is_empty:
        st.text(
            "Drop the newsroom's files: text, web pages, spreadsheets, Word, PDF, whole archives. "
            "Or begin with nine samples: one invented story, told by nine outlets."
        )
    import_panel.panel(actor, slug=slug, offers_samples=is_empty)
    if slug is not None:
        import_list.earlier(actor, slug=slug)


def _may_import(actor: Actor, slug: str | None) -> bool:
    if slug is None:
        return actor.is_admin
    with read_session() as session:
        project_id = projects.find(session, actor=actor, slug=slug).id
    return actor.may(Permission.IMPORT_ARTICLES, project_id)


def _is_empty(actor: Actor, slug: str) -> bool:
    with read_session() as session:
        return not articles.listing(session, actor=actor, slug=slug).total


def _report(actor: Actor, *, slug: str, asked: str) -> None:
    try:
        number = whole(asked)
        if number is None:
            raise NotFoundError(NO_NUMBER)
        import_report.report(actor, slug=slug, wanted=number)
    except WorkbenchError as error:
        st.title("No such import", anchor=False)
        st.text(str(error))
        if st.button("All imports", key="import-all"):
            address.show()
            st.rerun()
