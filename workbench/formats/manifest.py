"""The manifest of a snapshot: what was asked for, what came of it, and the hash of every file."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from workbench.errors import InputError

SCHEMA = "workbench.snapshot/1"
MANIFEST = "manifest.json"
SENTENCES = "sentences.jsonl"
LINES = "lines.txt"
SUMS = "SHA256SUMS"
SOURCES = "sources.jsonl"
GUIDELINE = "guideline.md"
CARD = "README.md"
CROISSANT = "croissant.json"
LINE_HASH = 16
"""Hex digits kept of a line's SHA-256: enough to tell which line was altered."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the snapshot: its name, size in bytes, rows (None: not a table) and SHA-256."""

    path: str
    bytes: int
    rows: int | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself; nothing in it tells when or on which machine it was taken.

    Attributes:
        project: The project's slug.
        title: Its name.
        tool: The workbench with its version.
        record: The version of the record.
        splitters: What cut the articles into sentences, with how many articles each.
        languages: ISO 639 codes of the articles, with how many each.
        choices: What was asked for when the sentences were chosen, by name.
        splits: How they were split: seed, shares, what was held out; None without splits.
        label_sets: The versions of the label set that the annotations were made under, each with
            its labels: key, name, meaning, colour.
        guidelines: The same of the guideline, each with the SHA-256 of its text.
        counts: Sentences, articles, annotations, annotators; of the project, sentences that are
            queued or decided (`queued`), and of these left out without a final label,
            `unsettled` and `unlabelled`.
        results: What it came to: `labels` (sentences per label of the final label), `splits`,
            `groups` by their number of articles, `agreement`, and `remarks` in sentences.
        files: Every file but this one and the list of sums.
    """

    project: str
    title: str
    tool: str
    record: str
    splitters: Mapping[str, int]
    languages: Mapping[str, int]
    choices: Mapping[str, Any]
    splits: Mapping[str, Any] | None
    label_sets: tuple[Mapping[str, Any], ...]
    guidelines: tuple[Mapping[str, Any], ...]
    counts: Mapping[str, int]
    results: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[FileEntry, ...] = field(default=())

    def to_bytes(self) -> bytes:
        """The file's bytes: JSON for people, keys in a fixed order."""
        told = {"schema": SCHEMA, **asdict(self)}
        return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def parse_manifest(data: bytes, *, name: str) -> Manifest:
    """A manifest from its bytes.

    Raises:
        InputError: They are none of this version.
    """
    try:
        found = orjson.loads(data)
        if found.pop("schema") != SCHEMA:
            raise KeyError("schema")
        files = tuple(_entry(one) for one in found.pop("files"))
        label_sets, guidelines = (tuple(found.pop(key)) for key in ("label_sets", "guidelines"))
        return Manifest(label_sets=label_sets, guidelines=guidelines, files=files, **found)
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        message = f"{name} is no manifest of a snapshot, or it was altered."
        raise InputError(message) from error


def _entry(found: dict[str, Any]) -> FileEntry:
    """One file's entry, of a file inside the folder.

    Raises:
        ValueError: It is none.
    """
    entry = FileEntry(**found)
    parts = entry.path.split("/")
    is_inside = all(part not in ("", ".", "..") and "\\" not in part for part in parts)
    is_counted = type(entry.bytes) is int and type(entry.rows) in (int, type(None))
    if not is_inside or not is_counted or type(entry.sha256) is not str:
        raise ValueError(entry.path)
    return entry


def line_hash(line: bytes) -> bytes:
    """What the list of lines holds for one line, its line feed included."""
    return hashlib.sha256(line).hexdigest()[:LINE_HASH].encode()
