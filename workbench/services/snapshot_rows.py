"""The sentences of a snapshot on disk: written once without a split, and again with it."""

import hashlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from workbench.formats.manifest import LINES, SENTENCES, FileEntry, line_hash
from workbench.formats.records import Record
from workbench.formats.splitting import Item, Split

UNSPLIT = f".{SENTENCES}.unsplit"
_NO_SPLIT = b"null}\n"  # `split` is the last key of a record
ROWS_A_STEP = 2_000


@dataclass(frozen=True, slots=True)
class ArticleTies:
    """What an article shares with others: a wire-copy cluster, a story; None where nothing."""

    wire_cluster: str | None
    story: str | None


@dataclass(slots=True)
class Rows:
    """What is remembered of every sentence: enough to split them, not what they say.

    Attributes:
        articles: The public ids of the articles, in order; `article` counts them from 0.
        article: The article of each sentence.
        wires: The wire-copy cluster of each sentence.
        labels: The final label of each; the few that there are, shared.
        outlets: Of each article.
        published: Of each article.
        n_annotations: Decisions in all, skipped ones included.
        annotators: The pseudonyms that occur.
    """

    articles: list[str] = field(default_factory=list)
    article: "array[int]" = field(default_factory=lambda: array("l"))
    wires: list[str | None] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)
    outlets: list[str | None] = field(default_factory=list)
    published: list[str | None] = field(default_factory=list)
    n_annotations: int = 0
    annotators: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        """How many sentences there are."""
        return len(self.article)

    def add(self, record: Record) -> None:
        """Remember one more sentence; an article's come together."""
        if not self.articles or self.articles[-1] != record.article.id:
            self.articles.append(record.article.id)
            self.outlets.append(record.article.outlet)
            self.published.append(record.article.published)
        self.article.append(len(self.articles) - 1)
        self.wires.append(record.wire_cluster)
        self.labels.append(record.labels)
        self.n_annotations += len(record.annotations)
        self.annotators.update(one.annotator for one in record.annotations)

    def items(self, ties: Mapping[str, ArticleTies]) -> Iterator[Item]:
        """The sentences as a split asks for them."""
        for number, row in enumerate(self.article):
            name = self.articles[row]
            tie = ties[name]
            yield Item(
                article=name,
                labels=self.labels[number],
                wire=self.wires[number],
                article_wire=tie.wire_cluster,
                story=tie.story,
                outlet=self.outlets[row],
                published=self.published[row],
            )


def write_unsplit(
    folder: Path, records: Iterable[Record], *, done: Callable[[int], None] | None = None
) -> Rows:
    """Write records as lines, and remember what a split asks of them.

    Args:
        folder: Where to.
        records: In the order of an export.
        done: Called with the number of sentences just written.
    """
    rows = Rows()
    n_since = 0
    with (folder / UNSPLIT).open("xb") as file:
        for record in records:
            file.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
            rows.add(record)
            n_since += 1
            if done is not None and n_since == ROWS_A_STEP:
                done(n_since)
                n_since = 0
    if done is not None:
        done(n_since)
    return rows


def write_split(folder: Path, rows: Rows, splits: Mapping[str, Split]) -> list[FileEntry]:
    """Write the lines again with their splits, beside the list of their hashes.

    Args:
        folder: Where the lines without a split are; they are removed.
        rows: What was remembered of them.
        splits: The split of each article; empty leaves every `split` null.

    Returns:
        The entries of both files.
    """
    endings = {
        name: orjson.dumps(str(split)) + b"}\n" if splits else _NO_SPLIT
        for name, split in ((name, splits.get(name)) for name in rows.articles)
    }
    sentences, lines = _Sum(SENTENCES), _Sum(LINES)
    unsplit = folder / UNSPLIT
    with (
        unsplit.open("rb") as source,
        (folder / SENTENCES).open("xb") as target,
        (folder / LINES).open("xb") as kept,
    ):
        for line, row in zip(source, rows.article, strict=True):
            whole = line[: -len(_NO_SPLIT)] + endings[rows.articles[row]]
            target.write(sentences.of(whole))
            kept.write(lines.of(line_hash(whole) + b"\n"))
    unsplit.unlink()
    return [lines.entry(), sentences.entry()]


class _Sum:
    """Counts and hashes what goes into a file."""

    def __init__(self, path: str) -> None:
        self._path, self._size, self._rows = path, 0, 0
        self._digest = hashlib.sha256()

    def of(self, line: bytes) -> bytes:
        self._digest.update(line)
        self._size += len(line)
        self._rows += 1
        return line

    def entry(self) -> FileEntry:
        return FileEntry(self._path, self._size, self._rows, self._digest.hexdigest())
