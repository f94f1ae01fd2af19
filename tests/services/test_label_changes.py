"""What a label set may be, and how a change of it is told."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.services import label_changes
from workbench.services.label_changes import (
    PALETTE,
    RESERVED,
    Draft,
    LabelDraft,
    PresetDraft,
    changes,
    fault,
    in_words,
    key_for,
    made_stale,
)

ROOT = Path(__file__).parents[2]
MARKS = ROOT / "workbench" / "components" / "annotator"
CLAIM = LabelDraft("Claim", "Is it so?", "C", "blue", "claim")
QUOTE = LabelDraft("Quote", "Who says it?", "U", "violet", "quote")
BOTH = Draft((CLAIM, QUOTE), (PresetDraft("1", ("claim",)), PresetDraft("0", ())))


def with_claim(**given):
    values = {name: getattr(CLAIM, name) for name in ("name", "meaning", "shortcut", "colour")}
    return Draft((LabelDraft(**values | given, key="claim"), QUOTE), BOTH.presets)


def test_a_plain_set_has_no_fault():
    assert fault(BOTH) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": ""}, "letters"),
        ({"name": "*Claim*"}, "letters"),
        ({"name": "x" * 41}, "letters"),
        ({"name": "quote"}, "same name"),
        ({"meaning": ""}, "means"),
        ({"meaning": "x" * 301}, "means"),
        ({"shortcut": "U"}, "same key"),
        ({"shortcut": "N"}, "one letter"),
        ({"shortcut": "1"}, "one letter"),
        ({"shortcut": "É"}, "one letter"),
        ({"colour": "violet"}, "same colour"),
        ({"colour": "gray"}, "colour of Claim"),
    ],
)
def test_a_label_that_cannot_be_is_named_with_its_fault(given, said):
    assert said in (fault(with_claim(**given)) or "")


@pytest.mark.parametrize(
    "presets",
    [
        (PresetDraft("1", ("claim",)), PresetDraft("1", ("quote",))),
        (PresetDraft("1", ("claim",)), PresetDraft("2", ("claim",))),
        (PresetDraft("x", ("claim",)),),
        (PresetDraft("1", ("gone",)),),
    ],
)
def test_presets_that_cannot_be_are_refused(presets):
    assert fault(Draft(BOTH.labels, presets))


@pytest.mark.parametrize("n", [0, len(PALETTE) + 1])
def test_there_are_as_many_labels_as_colours_at_most(n):
    labels = [LabelDraft(f"L{i}", "?", "ABCDEH"[i], "blue", f"l{i}") for i in range(n)]
    assert "1 to 5 labels" in (fault(Draft(tuple(labels), ())) or "")


def test_names_in_any_script_are_names():
    assert fault(with_claim(name="Утверждение")) is None


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Vague source", (), "vague_source"),
        ("Größe", (), "grosse"),
        ("主張", (), "label"),
        ("Claim", ("claim",), "claim_2"),
        ("Claim", ("claim", "claim_2"), "claim_3"),
    ],
)
def test_a_key_is_made_of_the_name(name, taken, key):
    assert key_for(name, taken=taken) == key


@given(st.text(min_size=1, max_size=60), st.sets(st.sampled_from(["label", "label_2", "a"])))
def test_a_key_is_new_and_fits_its_column(name, taken):
    key = key_for(name, taken=taken)
    assert key not in taken
    assert re.fullmatch(r"[a-z0-9_]{1,40}", key)


def test_what_differs_is_told_by_kind_and_in_words():
    new = Draft(
        (LabelDraft("Quotation", "Who said it?", "U", "red", "quote"), CLAIM), BOTH.presets[:1]
    )
    found = changes(BOTH, new, merged={})
    assert found == {
        "renamed": {"quote": ["Quote", "Quotation"]},
        "meaning": ["quote"],
        "colour": ["quote"],
        "order": True,
        "presets": True,
    }
    assert in_words(found, {"quote": "Quotation"}) == [
        "Quote renamed to Quotation",
        "Quotation has another meaning",
        "Quotation has another colour",
        "Labels put in another order",
        "Presets changed",
    ]


def test_only_what_was_merged_retired_or_means_something_else_is_stale():
    merged = changes(BOTH, Draft((CLAIM,), BOTH.presets), merged={"quote": "claim"})
    retired = changes(BOTH, Draft((CLAIM,), BOTH.presets), merged={})
    meaning = changes(BOTH, with_claim(meaning="Else?"), merged={})
    wording = changes(BOTH, with_claim(meaning="Else?"), merged={}, wording_only=True)
    renamed = changes(BOTH, with_claim(name="Else"), merged={})
    assert [made_stale(each) for each in (merged, retired, meaning, wording, renamed)] == [
        {"quote": "merged"},
        {"quote": "retired"},
        {"claim": "meaning"},
        {},
        {},
    ]


def test_nothing_changed_is_nothing():
    assert changes(BOTH, BOTH, merged={}) == {}


def test_no_label_takes_a_key_that_the_annotate_page_uses():
    fixed = set(re.findall(r"^  ([a-z]): \{ act", (MARKS / "keys.js").read_text(), re.M))
    assert fixed
    assert {key.upper() for key in fixed} == RESERVED


def test_there_is_an_underline_for_each_colour():
    styles = re.search(r"STYLES = \[([^\]]+)\]", (MARKS / "marks.js").read_text())
    assert len(styles.group(1).split(",")) == len(label_changes.PALETTE)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_offered_can_be_read_on_paper_and_on_its_own_ground(theme, colour):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())["theme"][theme]
    text = config[f"{colour}TextColor"]
    assert contrast(text, config["backgroundColor"]) >= 7
    assert contrast(text, config[f"{colour}BackgroundColor"]) >= 4.5
