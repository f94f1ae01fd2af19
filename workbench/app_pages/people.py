"""People: who is here, what they may do, and how they get in."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.accounts import Person
from workbench.services.permissions import Actor, Permission
from workbench.ui import person as person_ui
from workbench.ui.context import current_actor, now, open_session, read_session


def render() -> None:
    """Draw the list; an admin also adds, changes and disables."""
    actor = current_actor()
    may_manage = actor.may(Permission.MANAGE_PEOPLE)
    st.title("People")
    if may_manage:
        _add(actor)
    search = st.text_input("Search by name", key="people-search")
    try:
        with read_session() as session:
            people = accounts.people(session, actor=actor, search=search)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    if not people:
        st.text("Nobody has such a name. Clear the search to see everybody.")
        return
    if len(people) == 1 and not search:
        st.text("You are the only one here. Where two people label, you see where they differ.")
    chosen = _table(people)
    if not may_manage:
        return
    if chosen is None:
        st.text("Choose a row to change a role, make a sign-in link, or disable an account.")
        return
    person_ui.panel(actor, chosen)


def _add(actor: Actor) -> None:
    with st.expander("Add a person", icon=":material/person_add:"):
        with st.form("add-person", border=False, enter_to_submit=True):
            name = st.text_input("Name", max_chars=60)
            role = st.selectbox("Role", accounts.ROLES)
            project = person_ui.choose_project(actor, key="add-project")
            asked = st.form_submit_button("Add and make a sign-in link", type="primary")
        if not asked:
            return
        try:
            with open_session() as session:
                at = now(session)
                accounts.add(
                    session, actor=actor, name=name, role=role, project_slug=project, now=at
                )
                token = accounts.link(session, actor=actor, name=name, now=at)
        except WorkbenchError as error:
            st.warning(str(error))
            return
        person_ui.show_link(token)


def _table(people: Sequence[Person]) -> Person | None:
    """The list; a click on a row chooses the person."""
    picked = st.dataframe(
        {
            "Name": [person.name for person in people],
            "Role": [person.role for person in people],
            "Decided": [person.n_done for person in people],
            "Last seen": [person.last_seen_at for person in people],
            "Signs in by": ["password" if person.has_password else "link" for person in people],
            "State": ["disabled" if person.disabled_at else "active" for person in people],
        },
        key="people-table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            "Decided": st.column_config.NumberColumn(help="Sentences decided"),
            "Last seen": st.column_config.DatetimeColumn(format="distance"),
        },
    )
    rows = picked.selection.rows
    return people[rows[0]] if rows and rows[0] < len(people) else None
