"""Adding a person: their name and role go in, a one-time link comes out."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.services import accounts, links
from workbench.services.permissions import Actor, Role
from workbench.ui import one_time_link
from workbench.ui.context import now, open_session
from workbench.ui.one_time_link import WIDTH
from workbench.ui.places import choose_place

IS_OPEN = "people-add"


def button(place: DeltaGenerator) -> None:
    """Beside the main act: for whom there has to be an account before they come."""
    is_open = bool(st.session_state.get(IS_OPEN))
    place.button(
        "Close" if is_open else "Add a person",
        key="people-toggle",
        on_click=_toggle,
    )


def panel(actor: Actor) -> None:
    """The form, while it is open."""
    if not st.session_state.get(IS_OPEN):
        return
    with st.form("add-person", width=WIDTH):
        name = st.text_input("Name", max_chars=60)
        role = st.selectbox("Role", accounts.ROLES)
        project = choose_place(actor, key="add-project")
        st.text("An admin is in every project, whatever is chosen here.")
        asked = st.form_submit_button("Add and make a sign-in link", type="primary")
    if not asked:
        return
    place = None if role == Role.ADMIN else project
    try:
        with open_session() as session:
            at = now(session)
            accounts.add(session, actor=actor, name=name, role=role, project_slug=place, now=at)
            token = accounts.link(session, actor=actor, name=name, now=at)
    except WorkbenchError as error:
        st.warning(str(error), width=WIDTH)
        return
    words = "This link signs the person in, once."
    one_time_link.show(token, words=words, until=at + links.LINK_LIFE)


def _toggle() -> None:
    st.session_state[IS_OPEN] = not st.session_state.get(IS_OPEN)
