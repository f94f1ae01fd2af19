"""The Croissant beside a snapshot: valid, and it leads to the sentences."""

import json

import pytest
from labelled import Labelled

from workbench.services.permissions import OPERATOR
from workbench.services.snapshot_taking import Wish, drafted


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_snapshots_croissant_is_valid_and_finds_its_sentences(load, session, now, tmp_path):
    labelled = Labelled(session, now)
    for number in range(4):
        labelled.write(f"It “rained” {number} times.", "=Then\u2028it snowed.")
        labelled.decide(0, ("claim", "attribution"))
        labelled.decide(1, ())
    who = {"actor": OPERATOR, "project_slug": labelled.project.slug, "home": tmp_path}
    with drafted(session, wish=Wish(), **who) as draft:
        found = load("croissant", draft.folder)
        lines = (draft.folder / "sentences.jsonl").read_text(encoding="utf-8").split("\n")

    assert found["errors"] == []
    [rows] = found["rows"].values()
    sentences = [json.loads(line) for line in lines if line]
    assert [row["text"] for row in rows] == [one["text"] for one in sentences]
    assert [row["split"] for row in rows] == [one["split"] for one in sentences]
