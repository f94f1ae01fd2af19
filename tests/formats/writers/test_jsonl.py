import io
import json

import orjson
import pandas as pd
from exported import record
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.writers.jsonl import JsonlWriter

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


def written(*records):
    return b"".join(JsonlWriter().rows(records))


GOLDEN = (
    '{"schema":"workbench.sentence/1","id":"0123456789abcdef:10-44",'
    '"text":"Officials said 380 boats had left.","kind":"body","labels":["attribution","claim"],'
    '"label_source":"single","votes":{"claim":1,"attribution":1,"dispute":0},"n_annotations":1,'
    '"check_worthiness":2,"annotations":[{"annotator":"A1","labels":["attribution","claim"],'
    '"check_worthiness":2,"skipped":false,"comment":null,"active_ms":4210,'
    '"decided_at":"2026-03-03T12:00:00.000Z","label_set":1,"guideline":1,'
    '"suggestion_shown":false}],"article":{"id":"0123456789abcdef","title":"Ferry stays in port",'
    '"outlet":"The Calvenna Courier","author":null,"published":"2026-03-02","url":null,'
    '"source":"ferry.txt","sha256":"' + "ab" * 32 + '"},"start":10,"end":44,"position":1,'
    '"before":"It rained.","after":null,"wire_cluster":null,"split":null}\n'
)


def test_a_record_is_written_to_the_byte():
    assert written(record()) == GOLDEN.encode()


def test_nothing_is_written_for_no_records():
    assert written() == b""


@given(TEXT)
def test_any_text_comes_back_through_json_line_by_line(text):
    data = written(record(text=text, article_title=text, annotation_comment=text), record())
    first, _ = (json.loads(line) for line in io.BytesIO(data))
    assert first["text"] == first["article"]["title"] == text
    assert first["annotations"][0]["comment"] == text


@given(TEXT)
def test_any_text_comes_back_through_a_text_file(text):
    file = io.TextIOWrapper(io.BytesIO(written(record(text=text))), encoding="utf-8")
    assert [json.loads(line)["text"] for line in file] == [text]


@given(TEXT)
def test_any_text_comes_back_through_pandas(text):
    data = io.BytesIO(written(record(text=text), record()))
    frame = pd.read_json(data, lines=True, dtype=False)
    assert frame["text"][0] == text


def test_the_same_records_give_the_same_bytes():
    assert written(record(), record()) == written(record()) * 2
    assert orjson.loads(written(record()))
