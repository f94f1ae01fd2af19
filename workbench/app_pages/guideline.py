"""Guideline: the written instructions in force, read at leisure, written, and compared."""

import streamlit as st

from workbench.errors import NotFoundError
from workbench.services import guidelines, projects
from workbench.services.differences import difference
from workbench.services.guidelines import GuidelineVersion
from workbench.services.permissions import Permission
from workbench.ui import guideline_editor, versions
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles

WHAT_FOR = "This page holds the written instructions of a project."


def render() -> None:
    """Show the guideline of the project; managers write it, so its Markdown is shown as such."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Guideline")
        return
    with read_session() as session:
        project = projects.view(session, actor=actor, slug=slug)
        history = guidelines.history(session, actor=actor, slug=slug)
    may_write = actor.may(Permission.MANAGE_PROJECT, project.id)
    guideline_editor.outcome()
    versions.style()
    names = ["Read", *(["Write"] if may_write else []), *(["History"] if len(history) > 1 else [])]
    if len(names) == 1:
        _read(history[0])
        return
    sides = dict(zip(names, st.tabs(names), strict=True))
    with sides["Read"]:
        _read(history[0])
    if "Write" in sides:
        with sides["Write"]:
            guideline_editor.editor(slug, history)
    if "History" in sides:
        with sides["History"]:
            _history(slug, history, may_write=may_write)


def _read(version: GuidelineVersion) -> None:
    with st.container(key="prose"):
        st.markdown(version.text)
        st.caption(f"Guideline version {version.version}")


def _history(slug: str, history: list[GuidelineVersion], *, may_write: bool) -> None:
    by_number = {each.version: each for each in history}
    chosen = st.selectbox(
        "Version",
        by_number,
        format_func=lambda number: _head(by_number[number]),
        key=f"guideline-version-{slug}",
    )
    version = by_number[chosen]
    before = by_number.get(chosen - 1)
    if before is None:
        st.text("The first version: there is none before it to compare with.")
    else:
        st.text(f"What differs from version {before.version}:")
        versions.difference(difference(before.text, version.text))
    if may_write and version is not history[0]:
        guideline_editor.restore(slug, version, newest=history[0].version)
    with st.expander("The whole of this version"), st.container(key="prose-old"):
        st.markdown(version.text)


def _head(version: GuidelineVersion) -> str:
    return versions.head(version.version, version.made_by, version.created_at, version.note)
