"""People: who is here, what they may do, and how they get in."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.accounts import Person
from workbench.services.permissions import Permission
from workbench.ui import add_person
from workbench.ui import person as person_panel
from workbench.ui.context import current_actor, read_session
from workbench.ui.frame import page_head
from workbench.ui.imported import count


def render() -> None:
    """Draw the list; an admin also adds, changes and disables."""
    actor = current_actor()
    may_manage = actor.may(Permission.MANAGE_PEOPLE)
    head = page_head("People")
    if may_manage:
        add_person.button(head)
        add_person.panel(actor)  # acts before the list is read, so that it shows who was added
    search = str(st.session_state.get("people-search", ""))
    try:
        with read_session() as session:
            people = accounts.people(session, actor=actor, search=search)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    if len(people) > 1 or search:
        st.text_input("Search by name", key="people-search", width=360)
    else:
        st.text("You are the only one here. Where two people label, you see where they differ.")
    if not people:
        st.text("Nobody has such a name. Clear the search to see everybody.")
        return
    chosen = _table(people, search=search)
    if may_manage and chosen is not None:
        person_panel.panel(actor, chosen)
    elif may_manage:
        st.text("Click a person to make a sign-in link, change a role, or disable an account.")


def _table(people: Sequence[Person], *, search: str) -> Person | None:
    """The list; a click on a row chooses the person."""
    st.text(count(len(people), "person", "people"))
    picked = st.dataframe(
        {
            "Name": [person.name for person in people],
            "Role": [person.role for person in people],
            "Decided": [person.n_done for person in people],
            "Last seen": [person.last_seen_at for person in people],
            "Signs in by": ["password" if person.has_password else "link" for person in people],
            "State": ["disabled" if person.disabled_at else "active" for person in people],
        },
        key=f"people-{search}",  # rows move with the search, and the choice must not
        hide_index=True,
        placeholder="never",
        on_select="rerun",
        selection_mode="single-cell",
        column_config={
            "Decided": st.column_config.NumberColumn(help="Sentences decided"),
            "Last seen": st.column_config.DatetimeColumn(format="distance"),
        },
    )
    rows = [row for row, _ in picked.selection.cells]
    return people[rows[0]] if rows and rows[0] < len(people) else None
