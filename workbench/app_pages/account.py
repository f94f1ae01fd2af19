"""Account: one's own password, identities and sessions, and the way out."""

from pathlib import Path

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import accounts, attempts, passwords
from workbench.services.accounts import OwnSession
from workbench.services.permissions import Actor
from workbench.settings import settings
from workbench.ui import once, outcomes, own_identities
from workbench.ui.context import current_actor, now, open_session, read_session
from workbench.ui.frame import page_head

SIGN_OUT = Path(__file__).parent / "sign_out_form.html"
PASSWORD, SESSIONS = "account-password", "account-sessions"
WIDTH = 560


def render() -> None:
    """Draw the account of whoever looks."""
    actor = current_actor()
    with read_session() as session:
        has_password = accounts.has_password(session, actor=actor)
        own = accounts.sessions(session, actor=actor, now=now(session))
    page_head("Account").html(SIGN_OUT, width="content")
    st.text(actor.name)
    with st.container(width=WIDTH):
        if settings().proxy is None:
            _password(actor, has_password=has_password)
            own_identities.panel(actor)
        else:
            st.text("The proxy in front of the workbench signs you in: there is no password here.")
        _sessions(own)


def _password(actor: Actor, *, has_password: bool) -> None:
    st.header("Password", anchor=False)
    outcomes.say(on=PASSWORD)
    if not has_password:
        st.text("You have no password. With one you can come in without a link.")
    turn = once.turn("password")  # the form of the next one is another, and so empty
    with st.form(f"password-{actor.public_id}-{turn.n}", clear_on_submit=True):
        old = st.text_input("Old password", type="password") if has_password else ""
        new = st.text_input("New password", type="password")
        st.text(f"{passwords.SHORTEST} to {passwords.LONGEST} characters; a few words do well.")
        asked = st.form_submit_button("Change the password" if has_password else "Set a password")
    if not asked:
        return
    try:
        with once.taking(turn) as is_first:
            if is_first:
                _set_password(actor, old=old if has_password else None, new=new)
                done = "The password is set. You were signed out everywhere else."
                outcomes.done(done, on=PASSWORD)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    st.rerun()


def _set_password(actor: Actor, *, old: str | None, new: str) -> None:
    hashed = passwords.hashed(new, name=actor.name)
    proof = None
    if old is not None:  # hashes are made between transactions: they take long
        with open_session() as session:
            attempt = attempts.begin(
                session, name=actor.name, address=actor.address, now=now(session)
            )
        proof = passwords.prove(attempt, old)
    with open_session() as session:
        accounts.set_password(session, actor=actor, new=hashed, proof=proof, now=now(session))


def _sessions(own: list[OwnSession]) -> None:
    st.header("Where you are signed in", anchor=False)
    outcomes.say(on=SESSIONS)
    for each in own:
        words, act = st.columns([4, 1], vertical_alignment="center")
        seen = (
            "now, here" if each.is_current else f"last seen {each.last_seen_at:%Y-%m-%d %H:%M} UTC"
        )
        words.text(f"{each.browser or 'A browser'}, {seen}")
        if not each.is_current:
            act.button("End", key=f"end-{each.id}", on_click=once.once(_end), args=(each.id,))
    if len(own) > 1:
        st.button("End all others", key="end-others", on_click=once.once(_end), args=(None,))


def _end(session_id: int | None) -> None:
    try:
        actor = current_actor()
        with open_session() as session:
            at = now(session)
            if session_id is None:
                accounts.end_other_sessions(session, actor=actor, now=at)
            else:
                accounts.end_session(session, actor=actor, session_id=session_id, now=at)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=SESSIONS)
