"""A snapshot's folder: what was altered is named by file and line."""

import hashlib

import orjson
import pytest
from exported import record

from workbench.errors import InputError
from workbench.formats.manifest import (
    LINES,
    MANIFEST,
    SENTENCES,
    SUMS,
    FileEntry,
    Manifest,
    line_hash,
    parse_manifest,
)
from workbench.services.snapshot_checks import alterations, read_manifest

N = 5


@pytest.fixture
def folder(tmp_path):
    """Five sentences with their hashes, as a snapshot keeps them."""
    rows = [
        orjson.dumps(record(start=10 * n, end=10 * n + 5), option=orjson.OPT_APPEND_NEWLINE)
        for n in range(N)
    ]
    (tmp_path / SENTENCES).write_bytes(b"".join(rows))
    (tmp_path / LINES).write_bytes(b"".join(line_hash(row) + b"\n" for row in rows))
    entries = tuple(entry(tmp_path / name) for name in (LINES, SENTENCES))
    manifest = Manifest(
        project="demo",
        title="Demo",
        tool="workbench",
        record="r/1",
        splitters={},
        languages={},
        choices={},
        splits=None,
        label_sets=(),
        guidelines=(),
        counts={},
        files=entries,
    )
    (tmp_path / MANIFEST).write_bytes(manifest.to_bytes())
    names = (LINES, MANIFEST, SENTENCES)
    sums = "".join(f"{digest(tmp_path / name)}  {name}\n" for name in names)
    (tmp_path / SUMS).write_text(sums)
    return tmp_path


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def entry(path):
    return FileEntry(path.name, path.stat().st_size, N, digest(path))


def found(folder, **given):
    return [str(one) for one in alterations(folder, **given)]


def alter(path, old, new):
    path.write_bytes(path.read_bytes().replace(old, new, 1))


def test_an_untouched_snapshot_is_what_it_was(folder):
    assert found(folder) == []
    assert found(folder, manifest_sha256=digest(folder / MANIFEST)) == []


@pytest.mark.parametrize("number", range(1, N + 1))
def test_one_altered_byte_is_found_by_its_line(folder, number):
    rows = (folder / SENTENCES).read_bytes().splitlines(keepends=True)
    rows[number - 1] = rows[number - 1].replace(b"380", b"381")
    (folder / SENTENCES).write_bytes(b"".join(rows))

    assert found(folder) == [f"{SENTENCES}, line {number}: the line was altered."]


def test_a_lost_and_an_added_line_are_found(folder):
    rows = (folder / SENTENCES).read_bytes().splitlines(keepends=True)
    (folder / SENTENCES).write_bytes(b"".join(rows[:-1]))
    assert found(folder) == [f"{SENTENCES}, line 5: the line is missing."]

    (folder / SENTENCES).write_bytes(b"".join([*rows, rows[0]]))
    assert found(folder) == [f"{SENTENCES}, line 6: there was no such line."]


def test_a_file_that_is_missing_or_does_not_belong_is_named(folder):
    (folder / LINES).unlink()
    (folder / "notes.txt").write_text("mine")

    assert found(folder) == [
        f"{LINES}: it is missing.",
        "notes.txt: it does not belong to the snapshot.",
    ]


def test_other_bytes_of_the_line_list_are_named_with_their_size(folder):
    (folder / LINES).write_bytes(b"")

    [told] = found(folder)
    assert told.startswith(f"{LINES}: its bytes are not what they were (0 bytes where it had")


def test_a_manifest_that_was_altered_is_named(folder):
    stored = digest(folder / MANIFEST)
    alter(folder / MANIFEST, b'"Demo"', b'"Dema"')

    assert found(folder) == [f"{MANIFEST}: its hash is not the one in {SUMS}."]
    assert found(folder, manifest_sha256=stored) == [
        f"{MANIFEST}: it is not the one that was stored when it was taken."
    ]


def test_an_altered_list_of_sums_is_named(folder):
    alter(folder / SUMS, SENTENCES.encode(), b"sentencez.jsonl")
    assert found(folder) == [f"{SUMS}: it does not say what {MANIFEST} says."]

    (folder / SUMS).unlink()
    assert found(folder) == [f"{SUMS}: it is missing."]


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"schema": "workbench.snapshot/1"}'])
def test_what_is_no_manifest_is_refused(folder, data):
    (folder / MANIFEST).write_bytes(data)

    with pytest.raises(InputError, match=r"no manifest|altered"):
        found(folder)


@pytest.mark.parametrize(
    ("written", "altered"),
    [
        (b'"lines.txt"', b'"../lines.txt"'),
        (b'"lines.txt"', b'"/etc/hosts"'),
        (b'"lines.txt"', b"7"),
        (b'"rows": 5', b'"rows": "five"'),
        (b'"sha256": "', b'"sha256": 7, "more": "'),
    ],
)
def test_a_manifest_that_names_what_is_no_file_of_it_is_refused(folder, written, altered):
    alter(folder / MANIFEST, written, altered)

    with pytest.raises(InputError, match="no manifest"):
        found(folder)


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path):
    with pytest.raises(InputError, match="is no snapshot"):
        found(tmp_path)


def test_a_manifest_comes_back_as_it_was_written(folder):
    manifest = read_manifest(folder)

    assert parse_manifest(manifest.to_bytes(), name="m") == manifest
