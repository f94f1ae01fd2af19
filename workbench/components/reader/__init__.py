"""The reader: one article whole, with its kinds and the actor's own labels.

Its scripts and sheets take the labels' colours and marks from the annotator's, so that a mark
looks the same on both screens: the annotator has to be registered wherever the reader is drawn.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import streamlit as st

from workbench.components.annotator import LabelData, MineData, SegmentData

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


@dataclass(frozen=True, slots=True)
class ChangeData:
    """What a manager asked for.

    Attributes:
        id: What the answer names.
        act: One of `ACTS`.
        sentence: Which segment; empty when the last change is to be taken back.
        kind: Its new kind.
        queued: Whether reviewers are to be asked about it.
        at: The code point of the text that the second part of a split begins at.
    """

    id: str
    act: str
    sentence: str
    kind: str
    queued: bool
    at: int


ACTS = ("set_kind", "set_kind_of_reason", "split", "merge_with_next", "take_back")


_mount = st.components.v2.component(
    "workbench.reader",
    html=(Path(__file__).parent / "component.html").read_text(encoding="utf-8"),
    css="component.css",
    js="component.js",
)


def reader(data: ReaderData, *, key: str) -> ChangeData | None:
    """Draw the article; gives the change that was just asked for, once."""
    result = _mount(key=key, data=data, on_change_change=_ignore)
    return _change(result.get("change"))


def _ignore() -> None:
    """The page looks at the result itself; without a callback there would be none."""


def _change(sent: object) -> ChangeData | None:
    if not isinstance(sent, dict):
        return None
    at = sent.get("at")
    change = ChangeData(
        id=str(sent.get("id", ""))[:40],
        act=str(sent.get("act", "")),
        sentence=str(sent.get("sentence", ""))[:80],
        kind=str(sent.get("kind", ""))[:20],
        queued=sent.get("queued") is True,
        at=int(at) if isinstance(at, int | float) else -1,
    )
    is_whole = change.id and change.act in ACTS
    return change if is_whole and (change.sentence or change.act == "take_back") else None
