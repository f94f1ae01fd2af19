"""The invitations that wait: who, where to, until when; sent again, or taken back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import accounts, links
from workbench.services.accounts import Invitation
from workbench.services.permissions import Actor
from workbench.ui import choosing, one_time_link, outcomes
from workbench.ui.context import current_actor, now, open_session, read_session
from workbench.ui.imported import count
from workbench.ui.invite import JOINS
from workbench.ui.once import once
from workbench.ui.one_time_link import WIDTH
from workbench.ui.places import EVERY_PROJECT

Made = TypeVar("Made")
LINK, PAGE = "invitations-link", "invitations"
NOT_GIVEN = "(not given)"


def section(actor: Actor, *, search: str) -> None:
    """Every invitation that the actor could have made and nobody has taken."""
    with read_session() as session:
        at = now(session)
        found = accounts.invitations(session, actor=actor, now=at, search=search)
    renewed = st.session_state.pop(LINK, None)
    if not found:
        outcomes.say(on=PAGE)
        return
    st.header("Invitations that wait", anchor=False)
    if renewed:
        token, until = renewed
        one_time_link.show(token, words=f"{JOINS} The old link works no more.", until=until)
    chosen = _table(found, at)
    outcomes.say(on=PAGE)
    if chosen is not None:
        _panel(chosen, at)
    elif not renewed:
        st.text("Click an invitation to send it again or to take it back.")


def n_waiting(actor: Actor) -> int:
    """How many of them can still be taken."""
    with read_session() as session:
        found = accounts.invitations(session, actor=actor, now=now(session))
    return sum(not each.is_expired for each in found)


def _table(found: Sequence[Invitation], at: datetime) -> Invitation | None:
    st.text(count(len(found), "invitation"))
    row = choosing.one(
        {
            "Name": [each.name or NOT_GIVEN for each in found],
            "Role": [each.role for each in found],
            "Projects": [_places(each) for each in found],
            "Made by": [each.made_by for each in found],
            "Expires": [one_time_link.expiry(each.expires_at, at) for each in found],
        },
        key="invitations",
        ids=[str(each.id) for each in found],
        mode=choosing.CELL,
        hide_index=True,
        placeholder="never",
    )
    return None if row is None else found[row]


def _panel(chosen: Invitation, at: datetime) -> None:
    with st.container(border=True, width=WIDTH):
        st.text(chosen.name or "Somebody whose name is not given")
        expires = one_time_link.expiry(chosen.expires_at, at)
        ends = expires if chosen.is_expired else f"expires {expires}"
        st.text(f"{chosen.role} in {_places(chosen)}, invited by {chosen.made_by}; {ends}.")
        row = st.container(horizontal=True)
        row.button(
            "Make a new link", key=f"renew-{chosen.id}", on_click=once(_renew), args=(chosen,)
        )
        with row.popover("Take back"):
            st.text("Its link lets nobody in any more. You can invite again at any time.")
            st.button(
                "Take back now",
                key=f"revoke-{chosen.id}",
                on_click=once(_revoke),
                args=(chosen,),
            )


def _places(found: Invitation) -> str:
    return ", ".join(found.projects) or EVERY_PROJECT


def _renew(chosen: Invitation) -> None:
    made = _act(accounts.renew_invitation, chosen.id)
    if made is not None:
        token, at = made
        st.session_state[LINK] = (token, at + links.LINK_LIFE)


def _revoke(chosen: Invitation) -> None:
    if _act(accounts.revoke_invitation, chosen.id) is not None:
        whom = f"of {chosen.name}" if chosen.name else f"for one {chosen.role}"
        outcomes.done(f"The invitation {whom} is taken back: its link lets nobody in.", on=PAGE)


def _act(act: Callable[..., Made], invitation_id: int) -> tuple[Made, datetime] | None:
    # A click's own invitation, not the one on the screen by now; the actor is read again.
    try:
        actor = current_actor()
        with open_session() as session:
            at = now(session)
            return act(session, actor=actor, invitation_id=invitation_id, now=at), at
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
        return None
