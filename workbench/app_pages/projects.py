"""Projects: which there are, how far each is, and what is done to one as a whole."""

from collections.abc import Sequence

import streamlit as st

from workbench.services import project_acts
from workbench.services.permissions import Permission
from workbench.services.project_acts import ProjectLine
from workbench.ui import choosing, new_project, outcomes, project_panel
from workbench.ui.context import current_actor, read_session
from workbench.ui.frame import page_head
from workbench.ui.imported import count
from workbench.ui.shares import percent, share_column

MANY = 5


def render() -> None:
    """Draw the list; a row opens what may be done to its project."""
    actor = current_actor()
    may_create = actor.may(Permission.MANAGE_INSTALLATION)
    head = page_head("Projects")
    if may_create:
        new_project.button(head)
        new_project.panel()  # acts before the list is read, so that it shows what was made
    search = str(st.session_state.get("projects-search", ""))
    with read_session() as session:
        lines = project_acts.overview(session, actor=actor, search=search)
    if not lines and not search:
        _nothing(may_create=may_create)
        return
    if len(lines) > MANY or search:
        st.text_input("Search by name", key="projects-search", type="search", width=360)
    if not lines:
        outcomes.say(on=project_panel.PAGE)
        st.text("No project has all of these words in its name. Clear the search to see all.")
        return
    chosen = _table(lines)
    outcomes.say(on=project_panel.PAGE)
    if chosen is None:
        st.text("Choose a row to open its project or to see what can be done with it.")
    else:
        project_panel.panel(chosen)


def _nothing(*, may_create: bool) -> None:
    if may_create:
        st.text(
            "A project holds articles, a label set, a guideline and people. "
            "Make the first one here, or import an article: that makes one too."
        )
    else:
        st.text("You are in no project yet. A manager adds you; it appears here by itself.")


def _table(lines: Sequence[ProjectLine]) -> ProjectLine | None:
    """The list; a click on a row chooses the project."""
    sees = any(line.may_archive for line in lines)
    st.text(count(len(lines), "project"))
    columns: dict[str, Sequence[object]] = {
        "Name": [line.name for line in lines],
        "Short name": [line.slug for line in lines],
        "Articles": [line.n_articles for line in lines],
        "Sentences": [line.n_queued for line in lines],
        "Done by you": [percent(line.n_own, line.n_queued) for line in lines],
        "Your role": [line.role for line in lines],
    }
    if sees:
        columns["People"] = [line.n_people if line.may_archive else None for line in lines]
        columns["Decisions"] = [line.n_decided if line.may_archive else None for line in lines]
    columns["State"] = ["archived" if line.archived_at else "open" for line in lines]
    row = choosing.one(
        columns,
        key="projects",
        ids=[line.slug for line in lines],
        mode=choosing.ROW,
        hide_index=True,
        placeholder="–",
        alt="Projects, one a row",
        column_config={
            "Done by you": share_column(),
        },
    )
    return None if row is None else lines[row]
