"""The reader: one article whole, with its kinds and the actor's own labels.

Its scripts and sheets take the labels' colours and marks from the annotator's, so that a mark
looks the same on both screens: the annotator has to be registered wherever the reader is drawn.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import streamlit as st

from workbench.components.annotator import LabelData, SegmentData

__all__ = ["AckData", "ChangeData", "KindData", "PartData", "ReaderData", "reader"]


class PartData(SegmentData):
    """A segment, with why it was set apart."""

    reason: str


class KindData(TypedDict):
    """A kind to choose from."""

    key: str
    name: str
    queued: bool


class AckData(TypedDict):
    """The answer to a change: an empty error says that it was stored."""

    id: str
    error: str


class ReaderData(TypedDict):
    """Everything the component needs; a rerun sends it again."""

    article: str
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
        sentence: Which segment; empty when the last change is to be taken back.
        kind: Its new kind.
        queued: Whether reviewers are to be asked about it.
        is_for_all: Whether every segment set apart for the same reason is meant.
        is_taking_back: Whether the last change is to be undone.
    """

    id: str
    sentence: str
    kind: str
    queued: bool
    is_for_all: bool
    is_taking_back: bool


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
    change = ChangeData(
        id=str(sent.get("id", ""))[:40],
        sentence=str(sent.get("sentence", ""))[:80],
        kind=str(sent.get("kind", ""))[:20],
        queued=sent.get("queued") is True,
        is_for_all=sent.get("all") is True,
        is_taking_back=sent.get("takeBack") is True,
    )
    return change if change.id and (change.sentence or change.is_taking_back) else None
