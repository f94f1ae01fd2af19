"""The labels of a set as fields to fill in."""

from collections.abc import Sequence

import streamlit as st

from workbench.services import label_edits
from workbench.services.label_changes import (
    LONGEST_MEANING,
    LONGEST_NAME,
    PALETTE,
    RESERVED,
    LabelDraft,
)
from workbench.services.label_sets import LabelSetVersion
from workbench.services.versions import LONGEST_NOTE
from workbench.ui.label_acts import act
from workbench.ui.label_marks import mark

LETTERS = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in RESERVED]
WIDTH = 960
WHY = "Why? Reviewers read it in the history."


def editor(slug: str, version: LabelSetVersion, *, may_edit: bool) -> None:
    """Every label with its mark; fields for whoever may change them, words for others."""
    if not may_edit:
        for place, label in enumerate(version.draft.labels):
            mark(place, label.name, label.colour)
            st.text(f"{label.meaning} Key {label.shortcut}.")
        return
    name = f"{slug}-{version.version}"  # fields of another version are other fields
    with st.form(f"labels-{name}", border=False, width=WIDTH):
        n = len(version.draft.labels)
        drafts = [_fields(label, i, name, n) for i, label in enumerate(version.draft.labels)]
        wording = st.checkbox(
            "A changed meaning only says the same in other words: nobody has to look again",
            key=f"wording-{name}",
        )
        note = st.text_input(WHY, max_chars=LONGEST_NOTE, key=f"labels-why-{name}")
        asked = st.form_submit_button("Save as a new version", type="primary")
    if asked:
        labels = [draft for _, draft in sorted(drafts, key=lambda each: each[0])]
        change = label_edits.edit(labels, wording_only=wording)
        act(change, slug, base_version=version.version, note=note)
        st.rerun()


def _fields(label: LabelDraft, i: int, name: str, n: int) -> tuple[tuple[int, int], LabelDraft]:
    """The fields of a label: where it is to stand, and what it is to be."""
    key = f"{name}-{label.key}"
    with st.container(border=True, key=f"label-{key}"):
        mark(i, label.name, label.colour)
        left, letter, colour, place = st.columns([4, 2, 2, 2])
        called = left.text_input("Name", label.name, max_chars=LONGEST_NAME, key=f"name-{key}")
        shortcut = letter.selectbox(
            "Key", LETTERS, index=at(LETTERS, label.shortcut), key=f"key-{key}"
        )
        hue = colour.selectbox("Colour", PALETTE, index=at(PALETTE, label.colour), key=f"hue-{key}")
        to = place.selectbox("Place", range(1, n + 1), index=i, key=f"place-{key}")
        meaning = st.text_area(
            "The one-line test that decides it",
            label.meaning,
            max_chars=LONGEST_MEANING,
            height=68,
            key=f"meaning-{key}",
        )
    # What is moved up stands before what was there, what is moved down after it.
    moved = 0 if to < i + 1 else 2 if to > i + 1 else 1
    return (to, moved), LabelDraft(called, meaning, shortcut, hue, label.key)


def at(options: Sequence[str], value: str) -> int:
    """The place of a value among the options; the first where it is none of them."""
    return options.index(value) if value in options else 0
