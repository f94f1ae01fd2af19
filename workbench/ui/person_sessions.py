"""Where a person is signed in, for whoever manages people: seen, and ended."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.accounts import OwnSession, Person
from workbench.ui.context import current_actor, now, read_session
from workbench.ui.imported import count
from workbench.ui.once import once

Change = Callable[..., object]


def sessions(person: Person, act: Callable[..., None]) -> None:
    """The person's live sessions, each with a way to end it.

    Args:
        person: Whose.
        act: What makes a change on a click: takes the service's act, the name, and its values.
    """
    try:
        actor = current_actor()
        with read_session() as session:
            found = accounts.sessions_of(session, actor=actor, name=person.name, now=now(session))
    except WorkbenchError as error:
        st.text(str(error))
        return
    if not found:
        st.text("Signed in nowhere.")
        return
    with st.expander(f"Signed in at {count(len(found), 'place')}"):
        for each in found:
            words, button = st.columns([4, 1], vertical_alignment="center")
            words.text(_words(each))
            _button(
                button,
                "End",
                person,
                act,
                accounts.end_session_of,
                f"{each.id}",
                session_id=each.id,
            )
        if len(found) > 1:
            _button(st.container(), "End all of them", person, act, accounts.end_sessions_of, "all")
        st.text("What is not sent yet stays on the device, and is sent after signing in again.")


def _words(found: OwnSession) -> str:
    here = ", here" if found.is_current else ""
    seen = f"last seen {found.last_seen_at:%Y-%m-%d %H:%M} UTC"
    return f"{found.browser or 'A browser'}, {seen}{here}"


def _button(
    place: DeltaGenerator,
    label: str,
    person: Person,
    act: Callable[..., None],
    change: Change,
    which: str,
    **values: int,
) -> None:
    place.button(
        label,
        key=f"end-{person.public_id}-{which}",
        on_click=once(act),
        args=(change, person.name),
        kwargs=values,
    )
