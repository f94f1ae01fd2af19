"""JSON Lines: one record a line, as it is; the format that everything else is judged by."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

import orjson

from workbench.formats.records import Record


class JsonlWriter:
    """UTF-8 without BOM, a line feed after every record, keys in the order of the record."""

    suffix: ClassVar[str] = "jsonl"
    content_type: ClassVar[str] = "application/x-ndjson; charset=utf-8"

    def rows(self, records: Iterable[Record]) -> Iterator[bytes]:
        """Each record on its line; control characters are escaped, so a line is never torn."""
        for record in records:
            yield orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
