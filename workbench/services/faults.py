"""What a check of the database finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.errors import DamagedError, FullError
from db.translating import translated


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it should be.

    Attributes:
        table: The table it is in.
        row: The public id of the row, or what else tells a person which one it is.
        what: What is wrong with it, in words; no text of an article.
    """

    table: str
    row: str
    what: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.table} {self.row}: {self.what}"


def to_the_end(table: str, found: Iterable[Fault]) -> Iterator[Fault]:
    """The faults found, and one more where the table itself cannot be read on."""
    try:
        with translated():
            yield from found
    except (DamagedError, FullError):
        yield Fault(table, "-", "its pages cannot be read to the end")
    except (TypeError, ValueError) as error:
        yield Fault(table, "-", f"holds a value that cannot be one ({error})"[:200])
