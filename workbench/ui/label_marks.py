"""Labels with their colour and mark, beside a number: the same as on the annotate page."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st

from workbench.services.exporting import LabelCount
from workbench.ui.imported import count

STYLE = Path(__file__).parent / "label_marks.css"
MARKS = ("solid", "dotted", "wavy", "dashed", "double")
COLOURS = {"blue", "violet", "orange", "green", "red", "yellow", "gray"}
PLAIN = re.compile(r"[A-Za-z0-9 ]+")


def label_counts(labels: Sequence[LabelCount], *, n_none: int, key: str = "now") -> None:
    """A line of labels, each with the sentences that have it; an explicit none at the end.

    `key` tells apart two such lines on one page.
    """
    st.html(STYLE)
    with st.container(key=f"label-counts-{key}", horizontal=True):
        for place, label in enumerate(labels):
            mark = MARKS[place % len(MARKS)]
            with st.container(key=f"mark-{mark}-{place}-{key}", width="content"):
                _counted(label)
        with st.container(key=f"mark-none-{key}", width="content"):
            _named("None", "gray", count(n_none, "sentence"))


def mark(place: int, name: str, colour: str) -> None:
    """A label's name in its colour, with the underline of its place in the set."""
    st.html(STYLE)
    with st.container(key=f"mark-{MARKS[place % len(MARKS)]}-{place}", width="content"):
        if PLAIN.fullmatch(name) and colour in COLOURS:
            st.markdown(f":{colour}[{name}]")
        else:
            st.text(name)


def marked(place: int, name: str, colour: str) -> str:
    """A label's name as HTML, in its colour, with the underline of its place in the set."""
    shown = colour if colour in COLOURS else "gray"
    mark = MARKS[place % len(MARKS)]
    return f'<span class="wb-mark wb-mark-{mark} wb-{shown}">{escape(name)}</span>'


def colour_of(label: LabelCount) -> str:
    """The colour to show a label in; one that is no longer given has left its own to others."""
    return label.colour if label.is_in_force else "gray"


def _counted(label: LabelCount) -> None:
    words = count(label.n_sentences, "sentence")
    gone = "" if label.is_in_force else ", no longer given"
    _named(label.name, colour_of(label), f"{words}{gone}")


def _named(name: str, colour: str, words: str) -> None:
    # A name that markdown could take for something else is shown without its colour.
    if PLAIN.fullmatch(name) and colour in COLOURS:
        st.markdown(f":{colour}[{name}] {words}")
    else:
        st.text(f"{name} {words}")
