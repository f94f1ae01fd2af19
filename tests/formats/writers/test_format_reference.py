"""docs/reference/export-formats.md tells of every format, and of none that is not there."""

import re
from pathlib import Path

import pytest

from workbench.formats.writers import FORMATS
from workbench.formats.writers.annotations import FIELDS
from workbench.formats.writers.origin import ORIGIN

REFERENCE = (Path(__file__).parents[3] / "docs" / "reference" / "export-formats.md").read_text()
SECTIONS = dict(re.findall(r"^## ([a-z-]+)\n(.*?)(?=^## |\Z)", REFERENCE, re.M | re.S))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_a_section_that_begins_with_its_summary(name):
    assert SECTIONS[name].strip().startswith(FORMATS[name].summary)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_stands_in_the_table_at_the_top(name):
    one = FORMATS[name]
    kind = "a folder" if one.is_folder else f"`.{one.suffix}`"
    text = "yes" if one.has_text else "no"
    assert f"| [`{name}`](#{name}) | {kind} | {text} | {one.summary} |" in REFERENCE


def test_no_format_is_described_that_is_not_there():
    assert list(SECTIONS) == list(FORMATS)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_column_of_the_long_table_is_described(field):
    line = f"| `{field.name}` | {field.type} | {field.meaning} |"
    assert line in SECTIONS["annotations"]


@pytest.mark.parametrize("name", ORIGIN)
@pytest.mark.parametrize("fmt", ["prodigy", "doccano", "labelstudio"])
def test_every_field_beside_the_text_is_named(fmt, name):
    assert f"`{name}`" in SECTIONS[fmt]
