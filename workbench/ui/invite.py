"""Inviting somebody: a role and projects go in, a one-time link comes out."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.services import accounts, links, projects
from workbench.services.permissions import GRANTS, Actor, Permission, Role
from workbench.ui import one_time_link
from workbench.ui.context import now, open_session, read_session
from workbench.ui.one_time_link import WIDTH
from workbench.ui.places import EVERY_PROJECT

IS_OPEN = "people-invite"
JOINS = "This link brings one person in, once."


def may_invite(actor: Actor) -> bool:
    """Whether the actor invites people into any project."""
    return any(actor.may(Permission.INVITE_PEOPLE, each) for each in (None, *actor.roles))


def button(place: DeltaGenerator) -> None:
    """The page's main act."""
    is_open = bool(st.session_state.get(IS_OPEN))
    place.button(
        "Close the invitation" if is_open else "Invite somebody",
        type="secondary" if is_open else "primary",
        key="people-invite-toggle",
        on_click=_toggle,
    )


def panel(actor: Actor) -> None:
    """The form, while it is open."""
    if not st.session_state.get(IS_OPEN):
        return
    with read_session() as session:
        views = projects.listed(session, actor=actor)
    slugs = [view.slug for view in views if actor.may(Permission.INVITE_PEOPLE, view.id)]
    with st.form("invite", width=WIDTH):
        name = st.text_input("Name, if you know it", max_chars=60)
        granted = GRANTS[Role.ADMIN if actor.is_admin else Role.MANAGER]
        role = st.selectbox("Role", [str(each) for each in Role if each in granted])
        chosen = _projects(actor, slugs)
        st.text("They may change the name, and set a password if they like.")
        asked = st.form_submit_button("Make an invitation link", type="primary")
    if not asked:
        return
    is_admin = role == Role.ADMIN  # one of the whole installation, whatever is chosen
    try:
        with open_session() as session:
            at = now(session)
            token = accounts.invite(
                session,
                actor=actor,
                name=name,
                role=role,
                project_slugs=[]
                if is_admin
                else [each for each in chosen if each != EVERY_PROJECT],
                everywhere=not is_admin and EVERY_PROJECT in chosen,
                now=at,
            )
    except WorkbenchError as error:
        st.warning(str(error), width=WIDTH)
        return
    one_time_link.show(token, words=JOINS, until=at + links.LINK_LIFE)


def _projects(actor: Actor, slugs: Sequence[str]) -> list[str]:
    """Where to: the only one there is, else a choice, which an admin makes also for all of them."""
    if not slugs:
        st.text(f"There is no open project: they come into {EVERY_PROJECT}.")
        return []
    if len(slugs) == 1:
        st.text(f"Into {slugs[0]}, and into no project that is made later.")
        return list(slugs)
    offered = [*slugs, EVERY_PROJECT] if actor.is_admin else list(slugs)
    return list(st.multiselect("Projects", offered, placeholder="Choose one or more"))


def _toggle() -> None:
    st.session_state[IS_OPEN] = not st.session_state.get(IS_OPEN)
