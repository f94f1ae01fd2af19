"""People: who is here, what they may do, and how they get in."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.accounts import Person
from workbench.services.permissions import Actor, Permission
from workbench.ui import add_person, choosing, invitation_list, invite, outcomes
from workbench.ui import person as person_panel
from workbench.ui.context import current_actor, read_session
from workbench.ui.frame import page_head
from workbench.ui.imported import count


def render() -> None:
    """Draw the list; a manager also invites and removes, an admin does everything else too."""
    actor = current_actor()
    _acts(actor)  # before the list is read, so that it shows who was added
    search = str(st.session_state.get("people-search", ""))
    try:
        with read_session() as session:
            people = accounts.people(session, actor=actor, search=search)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    may_invite = invite.may_invite(actor)
    n_waiting = invitation_list.n_waiting(actor) if may_invite else 0
    if len(people) > 1 or n_waiting or search:
        st.text_input("Search by name", key="people-search", width=360)
    if len(people) == 1 and not search:
        waiting = f" {count(n_waiting, 'invitation waits', 'invitations wait')}, see below."
        st.text(f"You are the only one here.{waiting if n_waiting else ''}")
    if people:
        chosen = _table(people)
        outcomes.say(on=person_panel.PAGE)
        if may_invite and chosen is not None:
            person_panel.panel(actor, chosen)
        elif may_invite:
            st.text("Click a person to see what you can do for them.")
    else:
        outcomes.say(on=person_panel.PAGE)
        st.text("Nobody has such a name. Clear the search to see everybody.")
    if may_invite:
        invitation_list.section(actor, search=search)


def _acts(actor: Actor) -> None:
    row = page_head("People").container(horizontal=True, width="content")
    if actor.may(Permission.MANAGE_PEOPLE):
        add_person.button(row)
    if invite.may_invite(actor):
        invite.button(row)
        invite.panel(actor)
    if actor.may(Permission.MANAGE_PEOPLE):
        add_person.panel(actor)


def _table(people: Sequence[Person]) -> Person | None:
    """The list; a click on a row chooses the person."""
    st.text(count(len(people), "person", "people"))
    row = choosing.one(
        {
            "Name": [person.name for person in people],
            "Role": [person.role for person in people],
            "Decided": [person.n_done for person in people],
            "Last seen": [person.last_seen_at for person in people],
            "Signs in by": ["password" if person.has_password else "link" for person in people],
            "State": [_state(person) for person in people],
        },
        key="people",
        ids=[person.public_id for person in people],
        mode=choosing.CELL,
        hide_index=True,
        placeholder="never",
        column_config={
            "Decided": st.column_config.NumberColumn(help="Sentences decided"),
            "Last seen": st.column_config.DatetimeColumn(format="distance"),
        },
    )
    return None if row is None else people[row]


def _state(person: Person) -> str:
    if person.disabled_at is not None:
        return "disabled"
    return "removed" if person.is_removed else "active"
