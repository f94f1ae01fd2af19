"""Names of columns and what stands in the cells, for tables that are no part of the record."""

from collections.abc import Collection

from workbench.errors import InputError
from workbench.formats.writers.csv import DELIMITERS, FORMULA_STARTS

Value = str | int | bool | tuple[str, ...] | None


def label_columns(labels: tuple[str, ...], taken: Collection[str]) -> tuple[str, ...]:
    """A column for each label; one named like another column gets `label_` before its name."""
    return tuple(f"label_{key}" if key in taken else key for key in labels)


def checked_delimiter(delimiter: str) -> str:
    """The delimiter, if fields can be set apart by it.

    Raises:
        InputError: It is not a comma, a semicolon or a tab.
    """
    if delimiter not in DELIMITERS:
        message = "CSV fields are set apart by a comma, a semicolon or a tab; ask for one."
        raise InputError(message)
    return delimiter


def cell(value: Value) -> str:
    """A value as text: nothing for None, labels joined by `|`, true and false in lower case."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def defused_cell(value: Value) -> str:
    """The same for spreadsheets: with `'` before what they would run as a formula."""
    text = cell(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
