"""The labels of a set as fields to fill in, and the ways to add, merge and retire one."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import label_edits, label_sets
from workbench.services.label_changes import (
    LONGEST_MEANING,
    LONGEST_NAME,
    PALETTE,
    RESERVED,
    LabelDraft,
)
from workbench.services.label_sets import LabelSetVersion
from workbench.services.versions import LONGEST_NOTE
from workbench.ui.context import current_actor, read_session
from workbench.ui.imported import count
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
        values = {"base_version": version.version, "labels": labels, "note": note}
        act(label_edits.edit, slug, wording_only=wording, **values)
        st.rerun()
    with st.container(horizontal=True, key="label-ways"):
        if len(version.draft.labels) < len(PALETTE):
            _add(slug, version, name)
        if len(version.draft.labels) > 1:
            _go(slug, version, name)


def _fields(label: LabelDraft, i: int, name: str, n: int) -> tuple[tuple[int, int], LabelDraft]:
    """The fields of a label: where it is to stand, and what it is to be."""
    key = f"{name}-{label.key}"
    with st.container(border=True, key=f"label-{key}"):
        mark(i, label.name, label.colour)
        left, letter, colour, place = st.columns([4, 2, 2, 2])
        called = left.text_input("Name", label.name, max_chars=LONGEST_NAME, key=f"name-{key}")
        shortcut = letter.selectbox(
            "Key", LETTERS, index=_at(LETTERS, label.shortcut), key=f"key-{key}"
        )
        hue = colour.selectbox(
            "Colour", PALETTE, index=_at(PALETTE, label.colour), key=f"hue-{key}"
        )
        at = place.selectbox("Place", range(1, n + 1), index=i, key=f"place-{key}")
        meaning = st.text_area(
            "The one-line test that decides it",
            label.meaning,
            max_chars=LONGEST_MEANING,
            height=68,
            key=f"meaning-{key}",
        )
    # What is moved up stands before what was there, what is moved down after it.
    moved = 0 if at < i + 1 else 2 if at > i + 1 else 1
    return (at, moved), LabelDraft(called, meaning, shortcut, hue, label.key)


def _at(options: Sequence[str], value: str) -> int:
    return options.index(value) if value in options else 0


def _add(slug: str, version: LabelSetVersion, name: str) -> None:
    with st.popover("Add a label"), st.form(f"add-{name}", border=False):
        taken = {label.colour for label in version.draft.labels}
        used = {label.shortcut for label in version.draft.labels}
        called = st.text_input("Name", max_chars=LONGEST_NAME)
        letter = st.selectbox("Key", [each for each in LETTERS if each not in used])
        hue = st.selectbox("Colour", [each for each in PALETTE if each not in taken])
        meaning = st.text_area("The one-line test that decides it", max_chars=LONGEST_MEANING)
        note = st.text_input(WHY, max_chars=LONGEST_NOTE)
        asked = st.form_submit_button("Add it as a new version", type="primary")
    if asked:
        new = LabelDraft(called, meaning, letter or "", hue or "")
        act(label_edits.add, slug, base_version=version.version, label=new, note=note)
        st.rerun()


def _go(slug: str, version: LabelSetVersion, name: str) -> None:
    """Merge a label into another, or retire it, with what stands under it in numbers."""
    names = {label.key: label.name for label in version.draft.labels}
    with st.popover("Merge or retire a label"):
        gone = st.selectbox("Label", names, format_func=names.__getitem__, key=f"gone-{name}")
        rest = [key for key in names if key != gone]
        into = st.selectbox(
            "It goes on in",
            [None, *rest],
            format_func=lambda key: names[key] if key else "nothing: retire it",
            key=f"into-{name}-{gone}",
        )
        st.text(_told(slug, gone))
        note = st.text_input(WHY, max_chars=LONGEST_NOTE, key=f"gone-why-{name}")
        words = f"Merge it into {names[into]}" if into else "Retire it"
        if st.button(words, key=f"go-{name}"):
            values = {"base_version": version.version, "key": gone, "note": note}
            if into:
                act(label_edits.merge, slug, into=into, **values)
            else:
                act(label_edits.retire, slug, **values)
            st.rerun()


def _told(slug: str, key: str) -> str:
    try:
        actor = current_actor()
        with read_session() as session:
            found = label_sets.impact(session, actor=actor, slug=slug, key=key)
    except WorkbenchError as error:
        return str(error)
    if not found.n_annotations:
        return "Nobody has given this label yet."
    return (
        f"{count(found.n_annotations, 'answer')} of {count(found.n_reviewers, 'reviewer')} give "
        "this label. They stay as they are, and their reviewers are asked to look again."
    )
