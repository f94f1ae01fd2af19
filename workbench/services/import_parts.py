"""Files as they are stored: small ones several at once and whole, a large one part by part."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from workbench.errors import WorkbenchError
from workbench.services.labelled_files import Reading
from workbench.services.newcomers import Item
from workbench.services.preparing import Prepared, Source

# What takes about 0.1 s to write: labels wait no longer than that behind an import.
CHARACTERS_A_TRANSACTION = 150_000
ARTICLES_A_TRANSACTION = 200
ENTRIES_A_TRANSACTION = 1_000  # of a labelled file: texts and answers
FILES_A_TRANSACTION = 20
CHARACTERS_IN_MEMORY = 20_000_000
RECORDS_IN_MEMORY = 20_000
LONG, SHORT = 0.2, 0.1  # seconds of writing
LEAST = 1 / 16
PAUSE = 0.02  # seconds between two parts: other processes look every 0.002 s whether they may write


@dataclass(slots=True)
class FileRead:
    """A file being imported: what of it is read, and the rest where that is much.

    Attributes:
        name: The file's name.
        items: What was read.
        rest: What is still to be read.
        size: How many code points the articles in `items` have.
        n_new: How many articles are among `items`.
        has_rest: Whether not all of it was read.
        refused: Why it cannot be read as a whole; empty if it can.
        labelled: How its labels are read, where it holds some.
    """

    name: str
    items: list[Item] = field(default_factory=list)
    rest: Iterator[Item] = field(default_factory=lambda: iter(()))
    size: int = 0
    n_new: int = 0
    has_rest: bool = False
    refused: str = ""
    labelled: Reading | None = None

    @property
    def is_large(self) -> bool:
        """Whether it takes longer to store than labels may wait."""
        is_much = self.size > CHARACTERS_A_TRANSACTION or self.n_new > ARTICLES_A_TRANSACTION
        return (is_much and self.n_new > 1) or self.has_rest


class Pace:
    """How much of a large file is stored at once: less where writing takes long."""

    def __init__(self) -> None:
        """Begin with the most there is."""
        self._share = 1.0

    @property
    def characters(self) -> int:
        """How many code points are enough for a part."""
        return int(CHARACTERS_A_TRANSACTION * self._share)

    @property
    def articles(self) -> int:
        """How many articles are enough for a part; at least one."""
        return max(1, int(ARTICLES_A_TRANSACTION * self._share))

    @property
    def entries(self) -> int:
        """How many texts and answers of a labelled file are enough for a part; at least one."""
        return max(1, int(ENTRIES_A_TRANSACTION * self._share))

    def note(self, seconds: float) -> None:
        """Take the time that a part took to write."""
        if seconds > LONG:
            self._share = max(self._share / 2, LEAST)
        elif seconds < SHORT:
            self._share = min(self._share * 2, 1.0)


def read_file(source: Source, read: Callable[[Source], Iterator[Item]]) -> FileRead:
    """Read a file as far as it fits into memory; what is larger is read while it is stored."""
    file = FileRead(source.name)
    try:
        file.rest = read(source)
        for item in file.rest:
            file.items.append(item)
            if isinstance(item, Prepared):
                file.size += len(item.text)
                file.n_new += 1
            if file.size > CHARACTERS_IN_MEMORY or len(file.items) > RECORDS_IN_MEMORY:
                file.has_rest = True
                break
    except WorkbenchError as error:
        return FileRead(source.name, refused=str(error))
    except OSError as error:
        reason = f"The file cannot be read: {error.strerror or error}."
        return FileRead(source.name, refused=reason)
    return file


def groups(files: Iterable[FileRead]) -> Iterator[list[FileRead]]:
    """Small files that are stored in one transaction; a large or labelled one by itself."""
    group: list[FileRead] = []
    for file in files:
        is_alone = file.is_large or file.labelled is not None
        if group and (is_alone or _is_too_much([*group, file])):
            yield group
            group = []
        group.append(file)
        if is_alone:
            yield group
            group = []
    if group:
        yield group


def _is_too_much(group: list[FileRead]) -> bool:
    return (
        len(group) > FILES_A_TRANSACTION
        or sum(file.size for file in group) > CHARACTERS_A_TRANSACTION
        or sum(file.n_new for file in group) > ARTICLES_A_TRANSACTION
    )


def parts(file: FileRead, pace: Pace) -> Iterator[list[Item]]:
    """A large file, so much at a time as the pace says.

    Raises:
        InputError: The rest cannot be read.
    """
    part: list[Item] = []
    size = n_new = 0
    items, file.items = iter(file.items), []
    for item in chain(items, file.rest):
        length = len(item.text) if isinstance(item, Prepared) else 0
        if n_new and (size + length > pace.characters or n_new >= pace.articles):
            yield part
            part, size, n_new = [], 0, 0
        part.append(item)
        size += length
        n_new += isinstance(item, Prepared)
        if len(part) >= RECORDS_IN_MEMORY:  # of what is there already, or is no article
            yield part
            part, size, n_new = [], 0, 0
    if part:
        yield part
