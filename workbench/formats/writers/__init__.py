"""The formats an export can be written in, by name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from workbench.errors import InputError, NotFoundError
from workbench.formats.records import Record
from workbench.formats.writers.csv import CsvWriter
from workbench.formats.writers.jsonl import JsonlWriter


class Writer(Protocol):
    """Turns records into bytes; a header first, then one piece of bytes for each record."""

    suffix: ClassVar[str]
    content_type: ClassVar[str]

    def header(self) -> bytes:
        """What stands before the first record."""

    def rows(self, records: Iterable[Record]) -> Iterator[bytes]:
        """Each record with its line end."""


WRITERS: dict[str, type[JsonlWriter] | type[CsvWriter]] = {
    writer.suffix: writer for writer in (JsonlWriter, CsvWriter)
}


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a table is written: for spreadsheets with defused formulas, and between which marks."""

    excel: bool = False
    delimiter: str = ","


def writer(name: str, *, labels: tuple[str, ...], flavour: Flavour = Flavour()) -> Writer:
    """The writer of a format.

    Args:
        name: One of `WRITERS`.
        labels: The keys of the label set, in order: a table has a column for each.
        flavour: For CSV only.

    Raises:
        NotFoundError: There is no such format.
        InputError: The flavour is not one of this format.
    """
    if name not in WRITERS:
        message = f"There is no format '{name}'. There are: {', '.join(WRITERS)}."
        raise NotFoundError(message)
    if name == JsonlWriter.suffix:
        if flavour != Flavour():
            message = "Spreadsheet settings go with CSV only. Leave them out, or ask for csv."
            raise InputError(message)
        return JsonlWriter()
    return CsvWriter(labels, excel=flavour.excel, delimiter=flavour.delimiter)
