"""The presets of a label set: which digit gives which labels."""

from itertools import combinations

import streamlit as st

from workbench.services import label_edits
from workbench.services.label_changes import DIGITS, LabelDraft, PresetDraft
from workbench.services.label_sets import LabelSetVersion
from workbench.services.versions import LONGEST_NOTE
from workbench.ui.label_acts import act
from workbench.ui.label_editor import WHY, WIDTH

NOTHING, NO_LABEL = "no preset", "None of the labels"
Choice = tuple[str, ...] | None


def editor(slug: str, version: LabelSetVersion, *, may_edit: bool) -> None:
    """A choice for each digit; words for whoever may not change them."""
    labels = version.draft.labels
    given = {preset.key: _sorted(preset.labels, labels) for preset in version.draft.presets}
    st.text(
        "A digit saves its labels and goes on to the next sentence: one key for what is common."
    )
    if not may_edit:
        for digit in DIGITS:
            if digit in given:
                st.text(f"{digit}  {_words(given[digit], labels)}")
        return
    name = f"{slug}-{version.version}"
    with st.form(f"presets-{name}", border=False, width=WIDTH):
        choices = _choices(labels)
        # A row for every two, so that the digits follow each other for Tab and on a phone, too.
        places = [place for _ in DIGITS[::2] for place in st.columns(2)]
        chosen = {
            digit: place.selectbox(
                f"Key {digit}",
                choices,
                index=choices.index(given.get(digit)),
                format_func=lambda choice: _words(choice, labels),
                key=f"preset-{name}-{digit}",
            )
            for digit, place in zip(DIGITS, places, strict=True)
        }
        note = st.text_input(WHY, max_chars=LONGEST_NOTE, key=f"presets-why-{name}")
        asked = st.form_submit_button("Save as a new version", type="primary")
    if asked:
        presets = [
            PresetDraft(digit, tuple(sorted(choice)))
            for digit, choice in chosen.items()
            if choice is not None
        ]
        change = label_edits.set_presets(presets)
        act(change, slug, base_version=version.version, note=note)
        st.rerun()


def _choices(labels: tuple[LabelDraft, ...]) -> list[Choice]:
    keys = [label.key for label in labels]
    every = [each for n in range(1, len(keys) + 1) for each in combinations(keys, n)]
    return [None, (), *every]


def _sorted(given: tuple[str, ...], labels: tuple[LabelDraft, ...]) -> tuple[str, ...]:
    return tuple(label.key for label in labels if label.key in given)


def _words(choice: Choice, labels: tuple[LabelDraft, ...]) -> str:
    if choice is None:
        return NOTHING
    return " + ".join(label.name for label in labels if label.key in choice) or NO_LABEL
