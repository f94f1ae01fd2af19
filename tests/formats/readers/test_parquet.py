import datetime
import io

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.formats.readers import reading
from tests.formats.readers.making import table
from workbench.formats.readers import Limits, headers

DAY = datetime.date(2015, 10, 16)


def written(arrow, **settings):
    file = io.BytesIO()
    pq.write_table(arrow, file, **settings)
    return file.getvalue()


def test_rows_are_read_with_their_details():
    data = table(
        {
            "id": [7, 8],
            "text": ["One.", "Two."],
            "date": [DAY, None],
            "score": [float("nan"), 1.5],
            "vector": [[1.0], [2.0]],
            "at": [datetime.datetime(2022, 4, 20, 10, tzinfo=datetime.UTC), None],
        }
    )
    first, second = reading.records("a.parquet", data)

    assert (first.text, first.published, first.external_id) == ("One.", "2015-10-16", "7")
    assert first.raw.startswith(b'{"id":7,"text":"One.","date":"2015-10-16","score":null,"at":"20')
    assert (second.number, second.encoding, second.published) == (2, "utf-8", None)
    assert headers("a.parquet", data) == ("id", "text", "date", "score", "at")


def test_a_row_without_a_text_is_told_and_the_others_go_in():
    data = table({"text": ["One.", None, "x" * 1_000_001, "Two."]})

    assert reading.outline("a.parquet", data) == ["One.", "row 2", "row 3", "Two."]


def test_a_text_that_is_not_utf8_is_told_and_the_others_go_in():
    texts = pa.array([b"One.", b"Zo\xeb", b"Two."]).view(pa.string())
    data = written(pa.table({"text": texts}))

    assert reading.outline("a.parquet", data) == ["One.", "row 2", "Two."]


def test_a_text_that_is_repeated_without_end_is_stopped():
    words = pa.DictionaryArray.from_arrays(pa.array([0] * 9_000, pa.int32()), ["word " * 10_000])
    data = written(pa.table({"text": words}))
    limits = Limits(file_bytes=None, records=None, archive_bytes=10**6, whole_bytes=10**6)

    assert len(data) < 100_000
    assert reading.outline("a.parquet", data, limits)[19:] == ["!"]


@pytest.mark.parametrize("damage", [slice(0, 50), slice(0, -20)])
def test_a_damaged_file_is_refused(damage):
    assert reading.outline("a.parquet", table({"text": ["One."]})[damage]) == ["!"]
    assert reading.outline("a.parquet", table({"a": ["One."], "b": [1]})) == ["!"]


def test_damage_behind_the_first_rows_is_told():
    data = bytearray(written(pa.table({"text": [f"Line {n}." for n in range(500)]})))
    data[50:400] = b"\xff" * 350

    assert reading.outline("a.parquet", bytes(data))[-1] == "!"


def test_the_columns_of_a_damaged_file_are_refused():
    with pytest.raises(ValueError, match="damaged"):
        headers("a.parquet", b"PAR1 and nothing else PAR1")
