import pytest

from tests.formats.readers import reading
from workbench.formats.readers import headers

PAIR = b'{"text": "One."}, {"text": "Two."}'


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"[" + PAIR + b"]", ["One.", "Two."]),
        (b" [\n" + PAIR + b"\n]\n", ["One.", "Two."]),
        (b'{"articles": [' + PAIR + b"]}", ["One.", "Two."]),
        (b'{"n": [1], "meta": {"a": {}}, "x": [' + PAIR + b'], "y": 2}', ["One.", "Two."]),
        (b'{"text": "One.", "tags": [{"a": 1}]}', ["One."]),
        (b'{"text": [' + PAIR + b"]}", ["One.", "Two."]),
        (
            b'[{"text": "One."}, {"text": NaN}, 3, {"text": "Two."}]',
            ["One.", "record 2", "record 3", "Two."],
        ),
        ('[{"text": "Zoë."}]'.encode("utf-16"), ["Zoë."]),
        (b"\xef\xbb\xbf[" + PAIR + b"]", ["One.", "Two."]),
        (b'[{"text": "' + b"x" * 1_000_000 + b'"}, {"text": "Two."}]', ["record 1", "Two."]),
    ],
)
def test_golden_files(data, texts):
    assert reading.outline("a.json", data) == texts


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"{}",
        b'{"a": 1}',
        b'{"a": []}',
        b"3",
        b"text",
        b"[" + PAIR,
        b"[" + PAIR + b"] x",
        b"[" + PAIR + b'] [{"text": "Three."}]',
        b'{"x": [' + PAIR + b"]",
        b'{"x": [' + PAIR + b"]} x",
        b'{"x" 1}',
        b"{x: 1}",
        b'{"x": 1,}',
        b'[{"text": "One."} {"text": "Two."}]',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a": "b", "c": NaN}',
    ],
)
def test_a_broken_file_gives_nothing(data):
    assert reading.outline("a.json", data) == ["!"]


def test_an_object_of_a_list_is_kept_byte_for_byte():
    first, second = reading.records("a.json", b'[{"text":"Z\xc3\xb6e." },{"text":"Two."}]')

    assert first.raw == '{"text":"Zöe." }'.encode()
    assert (first.number, second.number) == (1, 2)


def test_one_article_is_the_whole_file():
    data = b'{"title": "Closed", "text": "One."}\n'
    record = reading.one("a.json", data)

    assert (record.raw, record.number, record.title) == (data, 0, "Closed")


def test_lines_of_json_that_are_called_json_are_read_and_told():
    found = reading.records("a.json", b'{"text": "One."}\n{"text": "Two."}\n')

    assert [record.text for record in found] == ["One.", "Two."]
    assert found[0].problems == ("read as .jsonl, although called .json",)


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b'[{"a": 1}, 2, {"b": 1, "a": 2}]', ("a", "b")),
        (b'{"text": "One.", "title": "T"}', ("text", "title")),
    ],
)
def test_the_keys_can_be_chosen_from(data, keys):
    assert headers("a.json", data) == keys
