"""Adding a person: their name and role go in, a one-time link comes out."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.services import accounts, links
from workbench.services.permissions import Actor, Role
from workbench.ui import once, one_time_link
from workbench.ui.context import now, open_session
from workbench.ui.one_time_link import WIDTH
from workbench.ui.places import choose_place

IS_OPEN, NAME = "people-add", "people-add-name"


def button(place: DeltaGenerator) -> None:
    """Beside the main act: for whom there has to be an account before they come."""
    is_open = bool(st.session_state.get(IS_OPEN))
    place.button(
        "Close" if is_open else "Add a person",
        key=f"people-toggle-{is_open}",  # a second press of it closes nothing
        on_click=_set_open,
        args=(not is_open,),
    )


def panel(actor: Actor) -> None:
    """The form, while it is open."""
    if not st.session_state.get(IS_OPEN):
        return
    if NAME not in st.session_state:  # the form was not on the screen before
        one_time_link.forget(on=IS_OPEN)
    turn = once.turn(IS_OPEN)
    with st.form("add-person", width=WIDTH):
        name = st.text_input("Name", max_chars=60, key=NAME)
        role = st.selectbox("Role", accounts.ROLES)
        project = choose_place(actor, key="add-project")
        st.text("An admin is in every project, whatever is chosen here.")
        asked = st.form_submit_button("Add and make a sign-in link", type="primary", key=turn.key)
    if not asked:
        one_time_link.kept(on=IS_OPEN)
        return
    place = None if role == Role.ADMIN else project
    try:
        with once.taking(turn) as is_first:
            if is_first:
                _add(actor, name=name, role=role, place=place)
    except WorkbenchError as error:
        st.warning(str(error), width=WIDTH)
        return
    st.rerun()


def _add(actor: Actor, *, name: str, role: str, place: str | None) -> None:
    with open_session() as session:
        at = now(session)
        accounts.add(session, actor=actor, name=name, role=role, project_slug=place, now=at)
        token = accounts.link(session, actor=actor, name=name, now=at)
    words = "This link signs the person in, once."
    one_time_link.keep(token, words=words, until=at + links.LINK_LIFE, on=IS_OPEN)


def _set_open(is_open: bool) -> None:
    st.session_state[IS_OPEN] = is_open
