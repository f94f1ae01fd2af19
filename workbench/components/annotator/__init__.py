"""The annotator: the browser component in which a reviewer labels sentences.

Python hands over a window of sentences with their articles and is done. Decisions travel by
`POST /api/ops`, never through a rerun.
"""

from pathlib import Path
from typing import Any, Literal, NotRequired, TypedDict

import streamlit as st

__all__ = [
    "AnnotatorData",
    "ArticleData",
    "CopiesData",
    "GivenData",
    "GuidelineData",
    "ItemData",
    "LabelData",
    "MentionData",
    "MineData",
    "PresetData",
    "ProgressData",
    "RecentData",
    "ReplyData",
    "SegmentData",
    "TalkData",
    "ThreadData",
    "VersionData",
    "annotator",
]

Gap = Literal["paragraph", "line", "space", "none"]
Status = Literal["open", "labelled", "skipped"]


class LabelData(TypedDict):
    """A label; `meaning` is the one-line test shown on its button."""

    key: str
    name: str
    meaning: str
    shortcut: str
    colour: str


class PresetData(TypedDict):
    """A combination on one digit key; no labels is an explicit none."""

    key: str
    labels: list[str]


class GuidelineData(TypedDict):
    """The guideline's sections, by label key or title, as their Markdown source."""

    version: int
    sections: dict[str, str]


class VersionData(TypedDict):
    """Under which versions this window was made."""

    label_set: int
    guideline: int


class MentionData(TypedDict):
    """The part of a sentence that a comment is about, in code points from its start."""

    start: int
    end: int


class MineData(TypedDict):
    """The reviewer's own answer for a sentence as the server holds it."""

    version: int
    status: Status
    labels: list[str]
    check_worthiness: int | None
    comment: str | None
    flagged: bool
    reason: str | None
    mention: NotRequired[MentionData]


class SegmentData(TypedDict):
    """A piece of an article; `gap` is the white space before it.

    `group` is the number of a quotation that runs over several pieces; there `speaker` is the id
    of the piece that says whose words they are.
    """

    id: str
    text: str
    kind: str
    queued: bool
    gap: Gap
    group: int | None
    speaker: NotRequired[str | None]
    mine: MineData | None


class ReplyData(TypedDict):
    """What was said about a sentence; `by` is empty where the reviewer said it."""

    text: str
    section: str
    by: str
    at: str
    is_new: bool


class ThreadData(TypedDict):
    """How a question of the reviewer's stands, and what was said, in order."""

    state: str
    remarks: list[ReplyData]


class TalkData(TypedDict):
    """How many replies are new, and what was said about sentences, by their ids."""

    n_new: int
    threads: dict[str, ThreadData]


class ArticleData(TypedDict):
    """An article with all its segments in order."""

    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    source: str
    segments: list[SegmentData]


class GivenData(TypedDict):
    """What the reviewer gave a copy of a sentence, which, and in which article."""

    id: str
    labels: list[str]
    article_title: str


class CopiesData(TypedDict):
    """How many copies a sentence has, and which; `mine` is the one the reviewer labelled last."""

    n: int
    mine: GivenData | None
    sentences: list[str]


class ItemData(TypedDict):
    """A sentence in the reviewer's line.

    Where it was leased, `fence` tells this holding of it from others, and `why` says in words why
    it is shown.
    """

    id: str
    article: str
    version: int
    kind: str
    mine: MineData | None
    copies: CopiesData | None
    fence: NotRequired[int]
    why: NotRequired[str]


class ProgressData(TypedDict):
    """How far this reviewer is; the pace is None until it can be told.

    Where sentences are leased and none is left, the last two say where the rest is.
    """

    done: int
    left: int
    seconds_per_sentence: float | None
    with_others: NotRequired[int]
    not_for_you: NotRequired[int]


class RecentData(TypedDict):
    """One of the reviewer's last acts that stand, with the answer before it.

    `together` is an id that all acts of one press share.
    """

    op_id: str
    sentence: str
    act: str
    old: dict[str, Any] | None
    together: str | None


class AnnotatorData(TypedDict):
    """Everything the component needs at mount; a rerun may send it again."""

    project: str
    reviewer: str
    url: str
    labels: list[LabelData]
    presets: list[PresetData]
    guideline: GuidelineData
    version: VersionData
    shortcuts: bool
    window: list[ItemData]
    articles: dict[str, ArticleData]
    progress: ProgressData
    cursor: str
    start: str | None
    again: list[str]
    recent: list[RecentData]
    talk: TalkData
    lease_seconds: int | None


_mount = st.components.v2.component(
    "workbench.annotator",
    html=(Path(__file__).parent / "component.html").read_text(encoding="utf-8"),
    css="component.css",
    js="component.js",
)


def annotator(data: AnnotatorData, *, key: str) -> None:
    """Draw the annotator; it fills the window below whatever stands above it."""
    _mount(key=key, data=data)
