"""A one-time link on the screen, to be copied now: it is kept no longer than it stands there."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import streamlit as st

from workbench.ui.imported import count

WIDTH = 640
KEPT = "one-time-link"


def show(token: str, *, words: str, until: datetime) -> None:
    """Draw a link with what it does and until when it works.

    Args:
        token: Its secret.
        words: What it does, as a sentence of our own.
        until: When it stops working.
    """
    place = urlsplit(str(st.context.url or ""))
    st.text(f"{words} It works until {moment(until)}. Give it to nobody else.")
    st.code(f"{place.scheme}://{place.netloc}/signin?token={token}", language=None, width=WIDTH)


def keep(token: str, *, words: str, until: datetime, on: str) -> None:
    """Have a link shown on a part of a page, and again as often as that is drawn anew."""
    st.session_state[f"{KEPT}-{on}"] = (token, words, until)


def kept(*, on: str) -> bool:
    """Show the link that is kept for a part of a page; whether there is one."""
    found = st.session_state.get(f"{KEPT}-{on}")
    if found is None:
        return False
    token, words, until = found
    show(token, words=words, until=until)
    return True


def forget(*, on: str) -> None:
    """The part of the page was left, or something else is done there."""
    st.session_state.pop(f"{KEPT}-{on}", None)


def moment(at: datetime) -> str:
    """25 November 2026, 07:20 UTC."""
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


def expiry(at: datetime, now: datetime) -> str:
    """How long something still works, and until which day."""
    left, day = at - now, f"on {at.day} {at:%B}"
    if left <= timedelta(0):
        return f"expired {day}"
    hours = left / timedelta(hours=1)
    if hours >= 36:
        return f"in {round(hours / 24)} days, {day}"
    if hours >= 1.5:
        return f"in {round(hours)} hours, {day}"
    return f"in {count(max(1, round(hours * 60)), 'minute')}, {day}"
