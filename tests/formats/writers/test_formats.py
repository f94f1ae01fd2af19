import csv
import io
import json
import zipfile

import orjson
import pyarrow.parquet as pq
import pytest
from exported import LABELS, record
from exporting_formats import ABOUT, SPLITS, Records, download, folder, setting
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError, NotFoundError
from workbench.formats.final_labels import LabelChoice
from workbench.formats.records import SCHEMA
from workbench.formats.writers import FORMATS, Flavour, files, find, stream

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "a\rb",
    'say "so",\r\n',
    "\u2028\x85",
    "שלום 😀",
    "\x00\x01\x1b",
    "NA",
)
FOLDERS = [name for name, one in FORMATS.items() if one.is_folder]


def lines(data):
    return [json.loads(line) for line in data.split(b"\n") if line]


def rows(data, delimiter=","):
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter))


def table(data):
    return pq.read_table(io.BytesIO(data)).to_pylist()


def texts(name, *records, **given):
    """The texts that a plain reader of the format's files finds."""
    made = folder(name, *records, **given)
    match name:
        case "csv" | "annotations":
            return [row["text"] for data in made.values() for row in rows(data)]
        case "parquet":
            return [row["text"] for data in made.values() for row in table(data)]
        case "hf":
            found = [data for path, data in made.items() if path.startswith("data/")]
            return [row["text"] for data in found for row in table(data)]
        case "labelstudio":
            return [task["data"]["text"] for task in json.loads(made["tasks.json"])]
        case "argilla":
            return [one["fields"]["text"] for one in json.loads(made["records.json"])]
        case "webannotation":
            found = [line for data in made.values() for line in lines(data)]
            return [one["target"]["selector"][0]["exact"] for one in found]
        case _:
            return [line["text"] for data in made.values() for line in lines(data)]


WITH_TEXT = [name for name, one in FORMATS.items() if one.has_text and name != "spacy"]


@pytest.mark.parametrize("name", WITH_TEXT)
@given(text=TEXT)
def test_any_text_comes_back_equal(name, text):
    one = record(text=text, before=text, article_title=text, annotation_comment=text)
    assert texts(name, one, record()) == [text, record().text]


@pytest.mark.parametrize("name", WITH_TEXT)
def test_hostile_texts_come_back_equal(name):
    assert texts(name, *(record(text=text) for text in HOSTILE)) == list(HOSTILE)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records_give_the_same_bytes(name):
    some = [record(split=split, text=f"Boats {split}.") for split in SPLITS]
    assert download(name, *some, splits=SPLITS) == download(name, *some, splits=SPLITS)
    assert folder(name, *some, splits=SPLITS) == folder(name, *some, splits=SPLITS)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_download_of_a_folder_is_an_archive_of_its_files(name):
    archive = zipfile.ZipFile(io.BytesIO(download(name, record())))
    assert archive.testzip() is None
    assert {one: archive.read(one) for one in archive.namelist()} == folder(name, record())
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert find(name).suffix == "zip"


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in FOLDERS])
def test_a_single_file_is_one_for_each_split_in_a_folder(name):
    some = [record(split=split, id=split) for split in SPLITS]
    made = folder(name, *some, splits=SPLITS)
    called = ("train", "dev", "test") if name == "spacy" else SPLITS
    assert list(made) == [f"{split}.{FORMATS[name].suffix}" for split in called]
    assert made[next(iter(made))] == download(name, some[0])


@pytest.mark.parametrize("name", FORMATS)
def test_no_records_make_a_valid_file(name):
    assert isinstance(folder(name), dict)
    if name in WITH_TEXT:
        assert texts(name) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_describes_itself(name):
    one = FORMATS[name]
    assert (one.name, one.summary[-1]) == (name, ".")
    assert len(one.summary) <= 100
    assert "/" in one.content_type


@pytest.mark.parametrize("name", FORMATS)
def test_bytes_are_made_while_they_are_taken(name):
    source = Records(*(record(text="x" * 1000) for _ in range(30_000 if name == "spacy" else 200)))
    chunks = stream(FORMATS[name], setting(), source)
    assert source.n_read == 0
    next(chunks)
    assert source.n_read < 2 * len(source.records) or name == "hf"


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(NotFoundError, match="jsonl, csv, parquet, hf"):
        find("xlsx")


@pytest.mark.parametrize("name", FORMATS)
def test_spreadsheet_settings_go_with_tables_only(name):
    if name in ("csv", "annotations"):
        assert find(name, flavour=Flavour(excel=True)).is_table
        return
    with pytest.raises(InputError, match="csv or annotations"):
        find(name, flavour=Flavour(excel=True))


def test_the_native_formats_are_those_of_their_writers():
    data = download("jsonl", record())
    assert orjson.loads(data)["schema"] == SCHEMA
    assert download("csv", record()).startswith(b'"schema","id","text"')


def test_parquet_holds_the_record_and_a_column_for_each_label():
    (row,) = table(download("parquet", record()))
    native = lines(download("jsonl", record()))[0]
    held = {"claim": True, "attribution": True, "dispute": False}
    assert row == native | held


def test_parquet_is_written_in_row_groups():
    some = [record()] * 25_000
    file = pq.ParquetFile(io.BytesIO(download("parquet", *some)))
    assert (file.num_row_groups, file.metadata.num_rows) == (3, 25_000)


def test_the_long_table_has_a_row_for_each_decision():
    (row,) = rows(download("annotations", record(), record(annotations=())))
    assert row["annotator"] == "A1"
    assert row["labels"] == "attribution|claim"
    assert (row["claim"], row["dispute"], row["skipped"]) == ("true", "false", "false")
    (line,) = lines(download("annotations-jsonl", record()))
    assert line["labels"] == ["attribution", "claim"]


def test_the_long_table_defuses_formulas_for_spreadsheets_only():
    hostile = record(text="=1+1", annotation_comment="@x")
    data = download("annotations", hostile, flavour=Flavour(excel=True, delimiter=";"))
    assert data.startswith(b"\xef\xbb\xbf")
    (row,) = rows(data[3:], ";")
    assert (row["text"], row["comment"]) == ("'=1+1", "'@x")
    with pytest.raises(InputError, match="comma"):
        download("annotations", record(), flavour=Flavour(delimiter="|"))


def test_prodigy_gets_the_final_label_once_or_every_reviewers():
    (task,) = lines(download("prodigy", record(labels=("claim",))))
    assert (task["accept"], task["answer"], task["_view_id"]) == (["claim"], "accept", "choice")
    assert task["options"][0] == {"id": "claim", "text": "Claim"}
    assert -(2**31) <= task["_input_hash"] < 2**31
    skipped = record(annotation_skipped=True, annotation_labels=())
    (one,) = lines(download("prodigy", skipped, whose=LabelChoice.ALL))
    assert (one["answer"], one["_session_id"]) == ("ignore", "calvenna-A1")


def test_prodigy_leaves_out_what_has_no_final_label():
    assert download("prodigy", record(labels=(), label_source="none")) == b""


def test_equal_texts_have_equal_input_hashes_in_prodigy():
    one, same, other = lines(download("prodigy", record(), record(id="b"), record(text="c")))
    assert one["_input_hash"] == same["_input_hash"] != other["_input_hash"]


def test_doccano_has_metadata_between_text_and_label():
    (line,) = lines(download("doccano", record(annotation_comment="Look it up.")))
    assert list(line)[:3] == ["id", "text", "sentence_id"]
    assert list(line)[-2:] == ["label", "Comments"]
    assert (line["label"], line["Comments"]) == (["attribution", "claim"], ["Look it up."])


def test_label_studio_has_the_ground_truth_and_every_annotation():
    (task,) = json.loads(folder("labelstudio", record(labels=()))["tasks.json"])
    final, given = task["annotations"]
    assert (final["ground_truth"], final["result"][0]["value"]) == (True, {"choices": ["2"]})
    assert (given["annotator"], given["lead_time"]) == ("A1", 4.21)
    assert "completed_by" not in given
    assert given["result"][0]["value"] == {"choices": ["attribution", "claim"]}


def test_argilla_has_a_word_for_an_explicit_none():
    (one,) = json.loads(folder("argilla", record(labels=()))["records.json"])
    assert one["suggestions"]["labels"]["value"] == ["none"]
    settings = json.loads(folder("argilla")[".argilla/settings.json"])
    values = [option["value"] for option in settings["questions"][0]["settings"]["options"]]
    assert values == [*LABELS, "none"]


def test_what_has_no_final_label_has_no_ground_truth_and_no_suggestion():
    open_ = record(labels=(), label_source="none", check_worthiness=None)
    (task,) = json.loads(folder("labelstudio", open_)["tasks.json"])
    assert [one["ground_truth"] for one in task["annotations"]] == [False]
    (one,) = json.loads(folder("argilla", open_)["records.json"])
    assert (one["suggestions"], one["status"]) == ({}, "pending")
    (bare,) = json.loads(folder("argilla", record(check_worthiness=None))["records.json"])
    assert list(bare["suggestions"]) == ["labels"]


def test_a_web_annotation_points_at_its_words():
    (one,) = lines(download("webannotation", record(article_url="https://example.org/a")))
    quote, position = one["target"]["selector"]
    assert one["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert one["target"]["source"] == "https://example.org/a"
    assert (quote["exact"], quote["prefix"], "suffix" in quote) == (
        record().text,
        "It rained.",
        False,
    )
    assert (position["start"], position["end"]) == (10, 44)
    assert [body["value"] for body in one["body"]] == ["attribution", "claim"]


def test_a_web_annotation_of_each_reviewer_tells_who_and_when():
    mine = record(annotation_comment="Look it up.")
    skipped = record(annotation_skipped=True, annotation_labels=())
    (one,) = lines(download("webannotation", mine, skipped, whose=LabelChoice.ALL))
    assert one["creator"]["nickname"] == "A1"
    assert one["created"] == "2026-03-03T12:00:00.000Z"
    assert one["body"][-1]["purpose"] == "commenting"


def test_a_web_annotation_without_a_final_label_is_not_made():
    assert download("webannotation", record(labels=(), label_source="none")) == b""


def test_labels_in_the_hub_folder_are_numbers_in_label_set_order():
    made = folder("hf", record(split="train"), record(split="test"), splits=("train", "test"))
    assert list(made) == [
        "data/train-00000-of-00001.parquet",
        "data/test-00000-of-00001.parquet",
        "annotations/train-00000-of-00001.parquet",
        "annotations/test-00000-of-00001.parquet",
        "README.md",
        "croissant.json",
    ]
    (row,) = table(made["data/train-00000-of-00001.parquet"])
    assert row["labels"] == [0, 1]
    assert ABOUT.keys[0] == "claim"


def test_files_are_made_one_after_the_other():
    source = Records(record(split="train"), record(split="test"))
    made = files(FORMATS["jsonl"], setting(splits=("train", "test")), source)
    first = next(made)
    assert source.n_read == 0
    assert b"".join(first.chunks).count(b"\n") == 1
