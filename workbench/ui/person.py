"""One person on the screen: their link, role, and whether they may come in."""

from collections.abc import Callable
from datetime import timedelta

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.accounts import Person
from workbench.services.links import LINK_LIFE
from workbench.services.permissions import Actor, Permission, Role
from workbench.services.resets import RESET_LIFE
from workbench.ui import one_time_link, outcomes, person_parts, person_sessions
from workbench.ui.context import current_actor, now, open_session, read_session
from workbench.ui.imported import count
from workbench.ui.once import once
from workbench.ui.one_time_link import WIDTH
from workbench.ui.places import EVERY_PROJECT, choose_place, chosen_place

PAGE = "people"
PLACE_WIDTH = 270  # "also later ones" has to be read on a phone, too
DONE = {
    "set_role": "{name} is {role} in {where} now.",
    "disable": "The account of {name} is disabled: they are signed out everywhere.",
    "enable": "The account of {name} is enabled again.",
    "remove": "{name} is not in {where} any more.",
    "bring_back": "{name} is in {where} again.",
    "end_session_of": "{name} is signed out there.",
    "end_sessions_of": "{name} is signed out everywhere.",
}


def panel(actor: Actor, person: Person) -> None:
    """Everything that the actor may do with an account: an admin all of it."""
    with st.container(border=True, width=WIDTH):
        st.text(person.name)
        if person.disabled_at is not None:
            st.text("This account is disabled. All that the person decided is kept.")
            if actor.may(Permission.MANAGE_PEOPLE):
                _button("Enable the account", person, accounts.enable)
            return
        if not actor.may(Permission.MANAGE_PEOPLE):
            person_parts.parts(actor, person, _act)
            _links(actor, person)
            return
        _role(actor, person)
        person_parts.parts(actor, person, _act)
        _links(actor, person)
        _disable(person)
        person_sessions.sessions(person, _act)


def _links(actor: Actor, person: Person) -> None:
    """A way in for whoever has none at hand."""
    with read_session() as session:
        may_reset = accounts.may_reset(session, actor=actor, name=person.name)
    row = st.container(horizontal=True)
    if actor.may(Permission.MANAGE_PEOPLE) and row.button(
        "Make a sign-in link", key=f"link-{person.public_id}"
    ):
        _show(actor, person, accounts.link, "This link signs the person in, once.", LINK_LIFE)
    if may_reset and row.button("Make a link to a new password", key=f"reset-{person.public_id}"):
        words = "This link lets the person choose a new password, once; other sessions end."
        _show(actor, person, accounts.reset_link, words, RESET_LIFE)


def _show(
    actor: Actor, person: Person, make: Callable[..., str], words: str, life: timedelta
) -> None:
    try:
        with open_session() as session:
            at = now(session)
            token = make(session, actor=actor, name=person.name, now=at)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    one_time_link.show(token, words=words, until=at + life)


def _role(actor: Actor, person: Person) -> None:
    index = accounts.ROLES.index(person.role) if person.role in accounts.ROLES else 0
    present = {part.project_slug: part.role for part in person.parts if not part.is_removed}
    everywhere = str(Role.ADMIN) if person.is_admin else person.joins_as
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        role = st.selectbox("Role", accounts.ROLES, index=index, key=f"role-{person.public_id}")
        first = EVERY_PROJECT if everywhere else next(iter(present), None)
        place = choose_place(
            actor, key=f"project-{person.public_id}", first=first, width=PLACE_WIDTH
        )
        if person.is_admin or role == Role.ADMIN:
            place = None  # an admin is one of the whole installation, or of none of it
        is_so = role == person.role == everywhere if place is None else present.get(place) == role
        st.button(
            "Change the role",
            key=f"set_role-{person.public_id}",
            disabled=is_so,
            on_click=once(_change_role),
            args=(person,),
        )
    if person.joins_as is not None and not person.is_admin:
        st.text(f"Comes into every project that is made later, as {person.joins_as}.")
    st.text("Who may do more than before has to sign in again.")


def _change_role(person: Person) -> None:
    # Role and place as they are at the click: they may have been chosen in the same moment.
    role = str(st.session_state[f"role-{person.public_id}"])
    place = chosen_place(f"project-{person.public_id}")
    if person.is_admin or role == Role.ADMIN:
        place = None
    _act(accounts.set_role, person.name, role=role, project_slug=place)


def _disable(person: Person) -> None:
    with st.popover("Disable the account"):
        st.text(
            "The person is signed out everywhere at once.\n"
            f"What they decided stays as it is: {count(person.n_done, 'sentence')}.\n"
            "You can enable the account again at any time."
        )
        _button("Disable now", person, accounts.disable)


def _button(
    label: str,
    person: Person,
    change: Callable[..., None],
) -> None:
    st.button(
        label,
        key=f"{change.__name__}-{person.public_id}",
        on_click=once(_act),
        args=(change, person.name),
    )


def _act(change: Callable[..., object], name: str, **values: str | int | None) -> None:
    # A click's own values, not those on the screen by now; the actor is read again.
    try:
        actor = current_actor()
        with open_session() as session:
            change(session, actor=actor, name=name, now=now(session), **values)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
        return
    where = values.get("project_slug") or EVERY_PROJECT
    told = DONE[change.__name__].format(name=name, role=values.get("role"), where=where)
    outcomes.done(told, on=PAGE)
