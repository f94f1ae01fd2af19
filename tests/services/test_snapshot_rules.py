"""What two snapshots were taken under is compared by their manifests."""

from dataclasses import replace

import pytest

from workbench.errors import InputError
from workbench.formats.manifest import MANIFEST, Manifest
from workbench.services.snapshot_rules import differences

CLAIM = {"key": "claim", "name": "Claim", "meaning": "Is it so?", "colour": "blue"}
DISPUTE = {"key": "dispute", "name": "Dispute", "meaning": "Who denies it?", "colour": "orange"}
DENIAL = DISPUTE | {"name": "Denial"}
FIRST = Manifest(
    project="wire",
    title="Wire",
    tool="workbench 1",
    record="record/1",
    splitters={},
    languages={},
    choices={"whose": "gold"},
    splits=None,
    label_sets=({"version": 1, "labels": [CLAIM, DISPUTE]},),
    guidelines=({"version": 1, "sha256": "00"},),
    counts={},
)


def with_versions(*label_sets):
    told = tuple({"version": n, "labels": list(faces)} for n, faces in enumerate(label_sets, 1))
    return replace(FIRST, label_sets=told)


@pytest.fixture
def compare(tmp_path):
    def compared(before, after):
        for name, manifest in (("a", before), ("b", after)):
            (tmp_path / name).mkdir()
            (tmp_path / name / MANIFEST).write_bytes(manifest.to_bytes())
        return list(differences(tmp_path / "a", tmp_path / "b"))

    return compared


def test_the_same_rules_differ_in_nothing(compare):
    assert compare(FIRST, replace(FIRST, tool="workbench 2", counts={"sentences": 3})) == []


def test_a_label_that_was_renamed_and_one_that_has_another_meaning_are_told(compare):
    other = CLAIM | {"meaning": "Can it be checked?"}
    assert compare(FIRST, with_versions([CLAIM, DISPUTE], [other, DENIAL])) == [
        (
            "label set",
            "version 1 -> version 2: Dispute renamed to Denial; Claim has another meaning",
        )
    ]


def test_a_label_that_was_renamed_and_retired_is_told_by_both_names(compare):
    after = with_versions([CLAIM, DISPUTE], [CLAIM, DENIAL], [CLAIM])
    assert compare(FIRST, after) == [
        (
            "label set",
            "version 1 -> version 3: Dispute, last called Denial, is no longer in force",
        )
    ]


def test_a_label_that_was_taken_up_again_is_no_new_one(compare):
    before = with_versions([CLAIM, DISPUTE], [CLAIM])
    after = with_versions([CLAIM, DISPUTE], [CLAIM], [CLAIM, DISPUTE])
    assert compare(before, after) == [
        ("label set", "version 2 -> version 3: Dispute taken up again")
    ]


def test_a_version_that_shows_in_no_label_is_told(compare):
    told = compare(FIRST, with_versions([CLAIM, DISPUTE], [CLAIM, DISPUTE]))
    assert told == [("label set", "version 1 -> version 2: the same labels, meanings and colours")]


def test_the_guideline_and_what_was_asked_for_are_told(compare):
    after = replace(
        FIRST,
        guidelines=(*FIRST.guidelines, {"version": 2, "sha256": "01"}),
        choices={"whose": "all", "labels": ["claim"]},
        splits={"shares": {"train": 0.8, "test": 0.2}, "seed": "1"},
    )
    assert compare(FIRST, after) == [
        ("guideline", "version 1 -> version 2"),
        ("asked for", "whose gold -> all"),
        ("asked for", "labels nothing -> claim"),
        ("split", "shares nothing -> train 0.8, test 0.2"),
        ("split", "seed nothing -> 1"),
    ]


def test_a_folder_that_is_no_snapshot_is_named(tmp_path):
    with pytest.raises(InputError, match="is no snapshot"):
        list(differences(tmp_path, tmp_path))
