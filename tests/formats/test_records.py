import dataclasses
from pathlib import Path

import orjson
import pytest
from exported import LABELS, record

from workbench.formats.records import FIELDS
from workbench.formats.writers.csv import LABEL_COLUMN, VOTES_COLUMN, columns

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "export-columns.md"


def names(value, prefix=""):
    """The names of all fields of an object, as the reference spells them."""
    for key, inner in value.items():
        yield f"{prefix}{key}"
        if key == "article":
            yield from names(inner, "article.")
        if key == "annotations":
            yield from names(inner[0], "annotations[].")


def test_fields_are_those_of_a_record_in_its_order():
    written = orjson.loads(orjson.dumps(record()))
    assert [field.name for field in FIELDS] == list(names(written))


def test_a_record_is_written_in_the_order_of_its_fields():
    written = orjson.loads(orjson.dumps(record()))
    assert list(written) == [field.name for field in dataclasses.fields(record())]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_reference_names_every_field_with_its_type_and_meaning(field):
    line = f"| `{field.name}` | {field.type} | {field.meaning} |"
    assert line in REFERENCE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*columns(()), LABEL_COLUMN.name, VOTES_COLUMN.name])
def test_the_reference_names_every_column(name):
    table = REFERENCE.read_text(encoding="utf-8").partition("## CSV")[2]
    assert f"| `{name}` |" in table


def test_a_label_named_like_a_column_gets_a_column_of_its_own():
    named = columns(("text", *LABELS))
    assert "label_text" in named
    assert len(set(named)) == len(named)
