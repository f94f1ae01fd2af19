import re
from dataclasses import FrozenInstanceError

import pytest

from workbench.defaults import guideline_text, label_set

LABELS = label_set().labels
PRESETS = label_set().presets


def section(name):
    """The text under a second-level heading of the guideline, without the heading."""
    return dict(part.split("\n\n", 1) for part in guideline_text().split("\n## ")[1:])[name]


def test_the_labels_are_claim_attribution_and_dispute_in_their_order():
    assert [label.key for label in LABELS] == ["claim", "attribution", "dispute"]
    assert [label.position for label in LABELS] == [1, 2, 3]


@pytest.mark.parametrize("field", ["key", "name", "meaning", "shortcut", "colour", "position"])
def test_no_two_labels_share_a(field):
    assert len({getattr(label, field) for label in LABELS}) == len(LABELS)


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.key)
def test_a_label_is_toggled_by_the_first_letter_of_its_name(label):
    assert label.shortcut == label.name[0]


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_names_known_labels_once_each(preset):
    assert set(preset.labels) <= {label.key for label in LABELS}
    assert len(set(preset.labels)) == len(preset.labels)


def test_every_preset_has_a_digit_of_its_own():
    keys = [preset.key for preset in PRESETS]
    assert all(re.fullmatch(r"\d", key) for key in keys)
    assert len(set(keys)) == len(keys)


def test_no_two_presets_give_the_same_labels():
    assert len({frozenset(preset.labels) for preset in PRESETS}) == len(PRESETS)


def test_zero_is_an_explicit_none():
    assert [preset.key for preset in PRESETS if not preset.labels] == ["0"]


def test_defaults_cannot_be_changed_by_a_caller():
    with pytest.raises(FrozenInstanceError):
        LABELS[0].name = "Statement"


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.key)
def test_the_guideline_section_of_a_label_starts_with_its_one_line_test(label):
    assert label.meaning.endswith("?")
    assert section(label.name).startswith(f"**{label.meaning}**\n")


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.key)
def test_the_guideline_gives_examples_for_and_against_a_label(label):
    assert re.search(r"^Yes:\n\n(- .+\n){4,}", section(label.name), re.MULTILINE)
    assert re.search(r"^No:\n\n(- .+\n){3,}", section(label.name), re.MULTILINE)


def test_the_guideline_asks_for_the_kind_first():
    headings = re.findall(r"^## (.+)$", guideline_text(), re.MULTILINE)
    assert headings[0] == "Kind first"


@pytest.mark.parametrize("name", ["When unsure", "Check-worthiness"])
def test_the_guideline_has_a_section_on(name):
    assert section(name)
