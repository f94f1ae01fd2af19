"""Every format is loaded with the tool it is for; doccano and Prodigy by their own descriptions."""

import json
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from exported import LABELS, record
from exporting_formats import ABOUT, SPLITS, write

from tests.formats.tools import environment
from workbench.formats.about import LabelFace
from workbench.formats.card.agreement import label_agreement, masi, set_agreement
from workbench.formats.final_labels import LabelChoice
from workbench.formats.writers.spacy_symbols import SYMBOLS

POINTS = 4096
HOW_TO = Path(__file__).parents[3] / "docs" / "how-to" / "train-a-first-model.md"


def every_character():
    """Texts that hold every character there is."""
    for start in range(0, 0x110000, POINTS):
        text = "".join(map(chr, range(start, start + POINTS)))
        yield re.sub(r"[\ud800-\udfff]", "", text)


TEXTS = [text for text in every_character() if text]
EVERY = [record(text=text, id=f"a:{n}-{n + 1}") for n, text in enumerate(TEXTS)]
NONE = record(
    id="d:1-2",
    split="train",
    labels=(),
    label_source="none",
    votes=dict.fromkeys(LABELS, 0),
    n_annotations=0,
    annotations=(),
    check_worthiness=None,
)
SOME = [
    record(split="train", id="a:0-1"),
    record(split="validation", id="b:0-1", labels=("dispute",)),
    record(split="test", id="c:0-1", labels=(), annotation_labels=(), annotation_comment="=1+1"),
]


def test_the_lock_of_the_tools_belongs_to_what_is_asked():
    assert environment.MARK + environment.digest() in environment.LOCK.read_text()


def test_the_hub_folder_loads_with_its_splits_and_features(load, tmp_path):
    found = load("hf", write(tmp_path / "hf", "hf", *SOME, splits=SPLITS))
    default, decisions = found["default"], found["annotations"]
    assert list(default["rows"]) == list(decisions["rows"]) == list(SPLITS)
    names = "List(ClassLabel(names=['claim', 'attribution', 'dispute']))"
    assert default["features"]["labels"] == decisions["features"]["labels"] == names
    assert default["features"]["claim"] == "Value('bool')"
    rows = [rows[0] for rows in default["rows"].values()]
    assert [row["labels"] for row in rows] == [[0, 1], [2], []]
    assert [row["dispute"] for row in rows] == [False, True, False]
    assert rows[0]["article"]["outlet"] == "The Calvenna Courier"
    (decision,) = decisions["rows"]["test"]
    assert (decision["annotator"], decision["labels"], decision["comment"]) == ("A1", [], "=1+1")


def test_the_hub_folder_loads_where_a_split_is_empty(load, tmp_path):
    found = load("hf", write(tmp_path / "hf", "hf", SOME[0], NONE, splits=SPLITS))
    counts = {split: len(rows) for split, rows in found["default"]["rows"].items()}
    assert counts == {"train": 2}


def test_the_hub_folder_loads_without_any_decision(load, tmp_path):
    folder = write(tmp_path / "hf", "hf", NONE)
    assert not (folder / "annotations").exists()
    assert "annotations" not in [
        config["config_name"] for config in load("header", folder)["configs"]
    ]


def test_the_hub_folder_without_splits_is_all_in_train(load, tmp_path):
    found = load("hf", write(tmp_path / "hf", "hf", *EVERY))
    assert [row["text"] for row in found["default"]["rows"]["train"]] == TEXTS


def test_the_header_of_the_card_is_read_as_it_is_meant(load, tmp_path):
    found = load("header", write(tmp_path / "hf", "hf", *SOME, splits=SPLITS))
    assert [config["config_name"] for config in found["configs"]] == ["default", "annotations"]
    assert found["language"] == ["en"]
    assert "license" not in found
    labels = found["dataset_info"][0]["features"][4]
    names = {str(place): key for place, key in enumerate(LABELS)}
    assert labels == {"name": "labels", "list": {"class_label": {"names": names}}}


def test_croissant_is_valid_and_its_records_can_be_read(load, tmp_path):
    found = load("croissant", write(tmp_path / "hf", "hf", *SOME, NONE, splits=SPLITS))
    assert found["errors"] == []
    assert "croissant/1.1" in found["conforms_to"]
    assert found["platform"] == ["workbench 0.1.0"]
    (row,) = found["rows"]["data-validation-00000-of-00001"]
    assert (row["text"], row["labels"], row["dispute"]) == (SOME[1].text, [2], True)
    _, unlabelled = found["rows"]["data-train-00000-of-00001"]
    assert (unlabelled["check_worthiness"], unlabelled["labels"]) == (None, [])


def test_croissant_finds_every_character_in_the_files(load, tmp_path):
    found = load("croissant", write(tmp_path / "hf", "hf", *EVERY))
    assert [row["text"] for row in found["rows"]["data-train-00000-of-00001"]] == TEXTS


def test_a_doc_bin_gives_every_text_with_all_cats(load, tmp_path):
    found = load("spacy", write(tmp_path / "spacy", "spacy", *SOME, splits=SPLITS))
    assert list(found) == ["dev", "test", "train"]
    assert found["dev"]["cats"] == [{"claim": 0.0, "attribution": 0.0, "dispute": 1.0}]
    assert found["test"]["ids"] == ["c:0-1"]


def test_a_doc_bin_gives_every_character(load, tmp_path):
    # Every sign is a word of its own to spaCy, which is slow: of the first two planes all, of the
    # others one text each.
    some = [*EVERY[:32], *EVERY[32::16]]
    found = load("spacy", write(tmp_path / "spacy", "spacy", *some))
    assert found["calvenna"]["texts"] == [one.text for one in some]
    assert found["calvenna"]["trained_on"] == found["calvenna"]["texts"]


def test_a_doc_bin_gives_the_words_that_spacy_numbers_itself(load, tmp_path):
    assert load("spacy_symbols", tmp_path) == SYMBOLS
    words = [record(text=word) for word in SYMBOLS]
    found = load("spacy", write(tmp_path / "spacy", "spacy", *words))
    assert found["calvenna"]["texts"] == list(SYMBOLS)


def test_spacy_trains_on_a_doc_bin(load, tmp_path):
    folder = write(tmp_path / "spacy", "spacy", *SOME, splits=SPLITS)
    found = load("train_spacy", folder)
    assert sorted(found["labels"]) == found["scores"] == sorted(LABELS)


def test_label_studio_finds_its_tasks_valid_and_converts_them(load, tmp_path):
    found = load("labelstudio", write(tmp_path / "ls", "labelstudio", *SOME))
    assert set(found["valid"]) == {True}
    final, given = found["rows"][:2]
    assert final["labels"] == given["labels"] == {"choices": ["attribution", "claim"]}


def test_names_and_meanings_of_labels_may_hold_anything(load, tmp_path):
    odd = LabelFace("claim", 'A "claim" & <more>', "One\x01\nline's\u2028end: [x] - #y")
    about = replace(ABOUT, title=odd.meaning, labels=(odd, *ABOUT.labels[1:]))
    ls = load("labelstudio", write(tmp_path / "ls", "labelstudio", *SOME, about=about))
    assert set(ls["valid"]) == {True}
    folder = write(tmp_path / "hf", "hf", *SOME, about=about)
    assert load("header", folder)["pretty_name"] == odd.meaning
    assert load("croissant", folder)["errors"] == []


def test_label_studio_finds_every_character(load, tmp_path):
    assert load("labelstudio", write(tmp_path / "ls", "labelstudio", *EVERY))["texts"] == TEXTS


def test_argilla_takes_the_settings_and_every_record(load, tmp_path):
    found = load("argilla", write(tmp_path / "argilla", "argilla", *SOME))
    assert found["name"] == "workbench-calvenna"
    assert found["questions"] == ["labels", "check_worthiness", "comment"]
    sent = found["sent"][2]
    (response,) = sent["responses"]
    assert response["values"]["labels"]["value"] == ["none"]
    assert response["status"] == "submitted"
    assert found["metadata"][2]["sentence_id"] == "c:0-1"


def test_argilla_finds_every_character(load, tmp_path):
    assert load("argilla", write(tmp_path / "argilla", "argilla", *EVERY))["texts"] == TEXTS


def test_pandas_finds_every_character_in_parquet_and_tables(tmp_path):
    folder = write(tmp_path / "out", "parquet", *EVERY)
    assert pd.read_parquet(folder / "calvenna.parquet")["text"].tolist() == TEXTS
    write(folder, "annotations", *EVERY)
    plain = {"dtype": str, "keep_default_na": False}
    assert pd.read_csv(folder / "calvenna.csv", **plain)["text"].tolist() == TEXTS


def test_prodigy_tasks_are_as_its_choice_interface_writes_them(tmp_path):
    folder = write(tmp_path / "out", "prodigy", *SOME, whose=LabelChoice.ALL)
    for line in (folder / "calvenna.jsonl").read_bytes().splitlines():
        task = json.loads(line)
        assert isinstance(task["text"], str)
        assert {tuple(sorted(option)) for option in task["options"]} == {("id", "text")}
        assert set(task["accept"]) <= {option["id"] for option in task["options"]}
        assert task["answer"] in ("accept", "reject", "ignore")
        assert task["_view_id"] == "choice"
        assert task["_session_id"] == task["_annotator_id"]
        assert all(-(2**31) <= task[f"_{kind}_hash"] < 2**31 for kind in ("input", "task"))
        assert isinstance(task["_timestamp"], int)


def test_doccano_lines_are_as_its_import_of_jsonl_takes_them(tmp_path):
    folder = write(tmp_path / "out", "doccano", *SOME)
    for line in (folder / "calvenna.jsonl").read_bytes().splitlines():
        example = json.loads(line)
        assert isinstance(example["text"], str)
        assert all(isinstance(label, str) for label in example["label"])
        assert all(isinstance(comment, str) for comment in example["Comments"])
        rest = {name: said for name, said in example.items() if name not in ("label", "Comments")}
        assert not [said for said in rest.values() if isinstance(said, list | dict)]


def test_agreement_is_what_a_library_of_its_own_computes(load, tmp_path):
    sets = [(), ("claim",), ("attribution", "claim"), ("dispute",)]
    counts = np.array(
        [[[(u * 7 + v * s + u % s) % 3 for v in range(4)] for u in range(40)] for s in range(1, 6)]
    )
    distances = [[masi(one, other) for other in sets] for one in sets]
    asked = {"counts": counts.tolist(), "distances": distances}
    (tmp_path / "asked.json").write_text(json.dumps(asked))
    expected = iter(load("krippendorff", tmp_path))
    for one in counts:
        units = ([sets[v] for v, n in enumerate(row) for _ in range(n)] for row in one.tolist())
        patterns = Counter(tuple(unit) for unit in units)
        named = Counter(
            {tuple((f"{sets.index(given)}",) for given in p): n for p, n in patterns.items()}
        )
        assert _nominal(named) == pytest.approx(next(expected))
        assert set_agreement(patterns).alpha == pytest.approx(next(expected))


def test_the_first_model_of_the_how_to_is_trained(load, tmp_path):
    (script,) = re.findall(r"```python\n(.*?)```", HOW_TO.read_text(), re.S)
    words = {"claim": "boats left", "attribution": "he said", "dispute": "that is false"}
    some = [
        record(
            text=f"{word} {n}.",
            labels=(label,) if n % 2 else (),
            split="test" if n % 5 == 0 else "train",
        )
        for label, word in words.items()
        for n in range(20)
    ]
    folder = write(tmp_path / "out", "parquet", *some, splits=("train", "test"))
    (folder / "train.py").write_text(script)
    assert load("scikit", folder) == {"labels": list(LABELS), "n": 12}


def _nominal(patterns):
    """MASI between sets of one label each is nominal: equal or not."""
    return set_agreement(patterns).alpha


def test_a_label_of_its_own_is_nominal_agreement():
    found = Counter({(("claim",), ()): 3, (("claim",), ("claim",)): 5, ((), ()): 8})
    assert label_agreement(found, "claim").alpha == set_agreement(found).alpha
