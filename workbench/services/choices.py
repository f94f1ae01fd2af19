"""What a person says about a file before it is imported, made sure of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.errors import InputError
from workbench.formats import readers
from workbench.formats.readers import ReaderError, encodings, texts
from workbench.formats.readers.published import iso_date

DATES = ("published", "updated", "scraped")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person said about a file before it is imported; None and empty leave it to us.

    Attributes:
        encoding: The Python name of its encoding.
        language: ISO 639 code of all its articles, whatever they say of themselves.
        mapping: For tables and JSON, the column of each field.
        repairs_mojibake: Whether text that was decoded wrongly before is to be repaired.
        details: For a file that is one article, details by the names of their columns.
        labels: For labelled files, labels that are called otherwise here, each with its key; an
            empty key leaves the label out.
    """

    encoding: str | None = None
    language: str | None = None
    mapping: Mapping[str, str] | None = None
    repairs_mojibake: bool = False
    details: Mapping[str, str | None] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def chosen(
    *,
    encoding: str | None = None,
    language: str | None = None,
    mapping: Mapping[str, str] | None = None,
    repairs_mojibake: bool = False,
    details: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Choices:
    """What a person said, made sure of.

    Raises:
        InputError: There is no such encoding, language, field or date; the message says which.
    """
    try:
        used = encodings.known(encoding) if encoding else None
    except ReaderError as error:
        raise InputError(str(error)) from error
    code = texts.language_code(language) if language else None
    if language and code is None:
        message = f"'{language[:40]}' is no language: give a code such as en, fr or pt."
        raise InputError(message)
    if mapping is not None and ("text" not in mapping or not set(mapping) <= set(readers.FIELDS)):
        message = f"Choose a column for the text; others can be {', '.join(readers.FIELDS[1:])}."
        raise InputError(message)
    return Choices(used, code, mapping, repairs_mojibake, _cleaned(details or {}), labels or {})


def _cleaned(details: Mapping[str, str]) -> dict[str, str | None]:
    cleaned: dict[str, str | None] = {}
    for name, value in details.items():
        cleaned[name] = texts.one_line(value)
        if name in DATES and value.strip():
            cleaned[name] = iso_date(value)
            if cleaned[name] is None:
                message = f"'{value[:40]}' is no date: write it as 2026-03-14, or 2026-03."
                raise InputError(message)
    return cleaned
