import csv
import io
import json

import pandas as pd
import pytest
from exported import LABELS, record
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError, NotFoundError
from workbench.formats.writers import Flavour, find
from workbench.formats.writers.csv import CsvWriter, columns

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
HOSTILE = [
    "\r",
    "a\rb",
    "a\r\nb",
    "\n",
    '"',
    '""',
    'a,"b"\r\n"c',
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "\tx",
    "NA",
    "007",
    "null",
    " padded ",
    "\u2028\u2029\x85\x0b\x0c\x1c",
    "\ufeffmark",
    "مرحبا \u202e123",
    "😀🏴‍☠️",
    "'",
]


def written(*records, labels=LABELS, **flavour):
    table = CsvWriter(labels, **flavour)
    return table.header() + b"".join(table.rows(records))


def read(data, delimiter=","):
    return list(
        csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True)
    )


HEADER = (
    '"schema","id","text","kind","labels","claim","attribution","dispute","label_source",'
    '"votes_claim","votes_attribution","votes_dispute","n_annotations","check_worthiness",'
    '"annotations","article_id","article_title","article_outlet","article_author",'
    '"article_published","article_url","article_source","article_sha256","start","end","position",'
    '"before","after","wire_cluster","split"\r\n'
)
ROW = (
    '"workbench.sentence/1","0123456789abcdef:10-44","Officials said 380 boats had left.","body",'
    '"attribution|claim","true","true","false","single","1","1","0","1","2",'
    '"[{""annotator"":""A1"",""labels"":[""attribution"",""claim""],""check_worthiness"":2,'
    '""skipped"":false,""comment"":null,""active_ms"":4210,'
    '""decided_at"":""2026-03-03T12:00:00.000Z"",""label_set"":1,""guideline"":1,'
    '""suggestion_shown"":false}]","0123456789abcdef","Ferry stays in port",'
    '"The Calvenna Courier","","2026-03-02","","ferry.txt","' + "ab" * 32 + '",'
    '"10","44","1","It rained.","","",""\r\n'
)


def test_a_record_is_written_to_the_byte():
    assert written(record()).decode() == HEADER + ROW


def test_the_header_stands_there_without_records():
    assert written().decode() == HEADER


def assert_comes_back(text):
    data = written(record(text=text, article_title=text, annotation_comment=text), record())
    first, second = read(data)
    assert first["text"] == first["article_title"] == text
    assert json.loads(first["annotations"])[0]["comment"] == text
    assert second["text"] == record().text
    frame = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)
    assert list(frame["text"]) == [text, record().text]
    assert json.loads(frame["annotations"][0])[0]["comment"] == text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_through_csv_and_pandas(text):
    assert_comes_back(text)


@given(TEXT)
def test_any_text_comes_back_through_csv_and_pandas(text):
    assert_comes_back(text)


@given(st.sampled_from(",;\t"), TEXT)
def test_any_text_comes_back_with_another_delimiter(delimiter, text):
    data = written(record(text=text, before=text), delimiter=delimiter)
    [row] = read(data, delimiter)
    assert row["text"] == row["before"] == text


def test_a_cell_for_nothing_is_empty():
    [row] = read(written(record(check_worthiness=None, before=None, article_author=None)))
    assert (row["check_worthiness"], row["before"], row["article_author"]) == ("", "", "")


def test_rows_of_different_articles_keep_their_own():
    rows = read(written(record(article_id="a"), record(article_id="b"), record(article_id="b")))
    assert [row["article_id"] for row in rows] == ["a", "b", "b"]


def test_rows_with_different_labels_keep_their_own():
    bare = record(labels=(), votes={"claim": 0, "attribution": 0, "dispute": 0})
    rows = read(written(record(), bare, record()))
    assert [row["claim"] for row in rows] == ["true", "false", "true"]
    assert [row["votes_claim"] for row in rows] == ["1", "0", "1"]
    assert [row["labels"] for row in rows] == ["attribution|claim", "", "attribution|claim"]


def test_only_the_flavour_for_spreadsheets_has_a_mark():
    assert written(excel=True).startswith(b"\xef\xbb\xbf")
    assert not written().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_formula_is_defused_for_spreadsheets_only(start):
    hostile = record(text=f"{start}1", article_title=f"{start}2", wire_cluster=f"{start}3")
    [row] = read(written(hostile, excel=True)[3:])
    assert row["text"] == f"'{start}1"
    assert row["article_title"] == f"'{start}2"
    assert row["wire_cluster"] == f"'{start}3"


@given(TEXT)
def test_no_cell_for_spreadsheets_begins_like_a_formula(text):
    given_record = record(text=text, before=text, article_title=text, article_source=text)
    [row] = read(written(given_record, excel=True)[3:])
    assert not [cell for cell in row.values() if cell[:1] in set("=+-@\t\r＝＋－＠") - {""}]


@pytest.mark.parametrize("delimiter", ["", "|", '"', ",,", "\n"])
def test_an_unknown_delimiter_is_refused(delimiter):
    with pytest.raises(InputError, match="comma"):
        written(delimiter=delimiter)


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(NotFoundError, match="jsonl, csv"):
        find("xlsx")


def test_spreadsheet_settings_are_refused_for_jsonl():
    with pytest.raises(InputError, match="csv"):
        find("jsonl", flavour=Flavour(excel=True))


def test_the_columns_follow_the_label_set():
    assert columns(("b", "a"))[5:10] == ("b", "a", "label_source", "votes_b", "votes_a")
