"""Acts that are done once, however early and however often their button is pressed.

What was done is on the screen a while after the press, on a slow connection some seconds; until
then the button stands there as it was, and a second press of it is on its way.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import ParamSpec

import streamlit as st

Given = ParamSpec("Given")
_guard = Lock()


def once(act: Callable[Given, None]) -> Callable[Given, None]:
    """A callback for a button as it is drawn now: of several presses of it the first one counts.

    Where a press comes before the page is drawn anew, Streamlit calls what it was given before.
    """
    free = Lock()

    def first(*args: Given.args, **kwargs: Given.kwargs) -> None:
        if free.acquire(blocking=False):
            act(*args, **kwargs)

    return first


@dataclass(frozen=True, slots=True)
class Turn:
    """A button that makes something, until it has made it; the one that comes after is another."""

    name: str
    n: int

    @property
    def key(self) -> str:
        """What the button is called: a late press of one that is gone does nothing."""
        return f"{self.name}-{self.n}"


def turn(name: str) -> Turn:
    """The turn that the button of this name has now."""
    return Turn(name, int(st.session_state.get(f"turn-{name}", 0)))


@contextmanager
def taking(asked: Turn) -> Iterator[bool]:
    """Do in here what was asked for, if that is still to be done; an error leaves the turn.

    A second press is handled beside the first one, in a run of the page of its own: it waits here.
    """
    with _one_at_a_time():
        is_first = turn(asked.name) == asked
        yield is_first
        if is_first:
            st.session_state[f"turn-{asked.name}"] = asked.n + 1


def _one_at_a_time() -> Lock:
    """A lock of this tab's own."""
    with _guard:
        lock: Lock = st.session_state.setdefault("turn-lock", Lock())
    return lock
