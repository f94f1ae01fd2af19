import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.readers import reading
from workbench.formats.readers import headers

GOOD = b'{"text": "One."}'


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "One.", "n": NaN}',
        b'{"text": "One.", "n": -Infinity}',
        b'{"text": "One.", "n": 1e999}',
        b'{"text": "One.", "n": 9223372036854775808}',
        b'{"text": "One.", "n": -9223372036854775809}',
        b'{"text": "One.", "n": ' + b"9" * 5_000 + b"}",
        b'{"text": "One.", "text": "Two."}',
        b'{"text": "\\ud83d"}',
        b'{"text": "One."',
        b'{"text": "One.", "n": ' + b"[" * 20 + b"]" * 20 + b"}",
        b'{"a":' * 3_000 + b"1" + b"}" * 3_000,
        b'{"text": ""}',
        b'{"text": 7}',
        b'{"text": null}',
        b'{"a": "b", "c": "d"}',
        b'"text"',
        b"[1]",
        b"nothing",
        b'{"text": "' + b"x" * 1_000_000 + b'"}',
        b'{"text": "' + b"\\u0001" * 9 + b'"}',
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_good_ones_go_in(line):
    data = GOOD + b"\n\n" + line + b"\r\n" + GOOD

    assert reading.outline("a.jsonl", data) == ["One.", "line 3", "One."]


@pytest.mark.parametrize(
    "value", [b"9223372036854775807", b"1.5e300", b"[" * 19 + b"]" * 19, b'"9223372036854775808"']
)
def test_what_can_be_kept_is_kept(value):
    assert reading.outline("a.jsonl", b'{"text": "One.", "n": ' + value + b"}") == ["One."]


def test_a_line_is_kept_byte_for_byte_and_numbered():
    first, second = reading.records("a.ndjson", GOOD + b"\r\n\n" + GOOD + b"\n")

    assert first.raw == second.raw == GOOD
    assert (first.number, second.number, second.encoding) == (1, 2, "utf-8")


def test_nul_is_replaced_and_told():
    (record,) = reading.records("a.jsonl", b'{"text": "On\\u0000e."}')

    assert record.text == "On\ufffde."
    assert record.problems == ("NUL characters replaced: 1",)


def test_the_keys_of_the_first_lines_can_be_chosen_from():
    data = b'{"a": "One.", "b": 1}\nbroken\n{"c": 2, "a": "Two."}\n'

    assert headers("a.jsonl", data) == ("a", "b", "c")
    assert [each.text for each in reading.kept("a.jsonl", data, {"text": "a"})] == ["One.", "Two."]


def test_json_that_is_called_jsonl_is_read_and_told():
    listed = reading.one("a.jsonl", b'[{"text": "One."}]')
    spread = reading.one("a.jsonl", b'{\n  "text": "One."\n}')

    assert listed.problems == spread.problems == ("read as .json, although called .jsonl",)


def test_a_file_of_nothing_but_faults_is_given_up():
    found = reading.outline("a.jsonl", b"x\n" * 5_000)

    assert (len(found), found[-1]) == (1_000, "!")


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
            lambda text: text.strip() and not text.startswith("\ufeff")
        ),
        min_size=1,
    ),
    st.booleans(),
)
def test_every_text_comes_back_equal(texts, escaped):
    lines = [json.dumps({"text": text}, ensure_ascii=escaped) for text in texts]

    found = reading.records("a.jsonl", "\n".join(lines).encode())
    assert [record.text for record in found] == texts
