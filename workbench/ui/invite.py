"""Inviting somebody: a role and projects go in, a one-time link comes out."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.services import accounts, links, projects
from workbench.services.permissions import GRANTS, Actor, Permission, Role
from workbench.ui import once, one_time_link
from workbench.ui.context import now, open_session, read_session
from workbench.ui.one_time_link import WIDTH
from workbench.ui.places import EVERY_PROJECT

IS_OPEN, NAME = "people-invite", "people-invite-name"
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
        key=f"people-invite-toggle-{is_open}",  # a second press of it closes nothing
        on_click=_set_open,
        args=(not is_open,),
    )


def panel(actor: Actor) -> None:
    """The form, while it is open."""
    if not st.session_state.get(IS_OPEN):
        return
    with read_session() as session:
        views = projects.listed(session, actor=actor)
    slugs = [view.slug for view in views if actor.may(Permission.INVITE_PEOPLE, view.id)]
    if NAME not in st.session_state:  # the form was not on the screen before
        one_time_link.forget(on=IS_OPEN)
    turn = once.turn(IS_OPEN)
    with st.form("invite", width=WIDTH):
        name = st.text_input("Name, if you know it", max_chars=60, key=NAME)
        granted = GRANTS[Role.ADMIN if actor.is_admin else Role.MANAGER]
        role = st.selectbox("Role", [str(each) for each in Role if each in granted])
        chosen = _projects(actor, slugs)
        st.text("They may change the name, and set a password if they like.")
        asked = st.form_submit_button("Make an invitation link", type="primary", key=turn.key)
    if not asked:
        one_time_link.kept(on=IS_OPEN)
        return
    try:
        with once.taking(turn) as is_first:
            if is_first:
                _make(actor, name=name, role=role, chosen=chosen)
    except WorkbenchError as error:
        st.warning(str(error), width=WIDTH)
        return
    st.rerun()


def _make(actor: Actor, *, name: str, role: str, chosen: Sequence[str]) -> None:
    is_admin = role == Role.ADMIN  # one of the whole installation, whatever is chosen
    slugs = [each for each in chosen if each != EVERY_PROJECT and not is_admin]
    with open_session() as session:
        at = now(session)
        token = accounts.invite(
            session,
            actor=actor,
            name=name,
            role=role,
            project_slugs=slugs,
            everywhere=not is_admin and EVERY_PROJECT in chosen,
            now=at,
        )
    one_time_link.keep(token, words=JOINS, until=at + links.LINK_LIFE, on=IS_OPEN)


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


def _set_open(is_open: bool) -> None:
    st.session_state[IS_OPEN] = is_open
