"""The reader: one article whole, with its kinds and the actor's own labels.

Its scripts and sheets take the labels' colours and marks from the annotator's, so that a mark
looks the same on both screens: the annotator has to be registered wherever the reader is drawn.
"""

from pathlib import Path
from typing import TypedDict

import streamlit as st

from workbench.components.annotator import LabelData, MineData, SegmentData
from workbench.components.changes import ChangeData as ChangeData
from workbench.components.changes import change_of

__all__ = [
    "ACTS",
    "AckData",
    "ChangeData",
    "FormerData",
    "KindData",
    "PartData",
    "ReaderData",
    "reader",
]


class FormerData(TypedDict):
    """A labelled sentence that was split or merged since, and how many have answered for it."""

    id: str
    text: str
    n_labelled: int
    mine: MineData | None


class PartData(SegmentData):
    """A segment, with why it was set apart and what stood there before."""

    reason: str
    stale: list[FormerData]


class KindData(TypedDict):
    """A kind to choose from."""

    key: str
    name: str
    queued: bool


class AckData(TypedDict):
    """The answer to a change: an empty error says that it was stored; `chosen` what to show."""

    id: str
    error: str
    chosen: str


class ReaderData(TypedDict):
    """Everything the component needs; a rerun sends it again."""

    article: str
    language: str
    start: str
    n_queued: int
    n_done: int
    labels: list[LabelData]
    kinds: list[KindData]
    segments: list[PartData]
    editable: bool
    last_change: str
    ack: AckData | None


_mount = st.components.v2.component(
    "workbench.reader",
    html=(Path(__file__).parent / "component.html").read_text(encoding="utf-8"),
    css="component.css",
    js="component.js",
)


def reader(data: ReaderData, *, key: str) -> ChangeData | None:
    """Draw the article; gives the change that was just asked for, once."""
    result = _mount(key=key, data=data, on_change_change=_ignore)
    return change_of(result.get("change"))


def _ignore() -> None:
    """The page looks at the result itself; without a callback there would be none."""
