"""A file is there whole or not at all."""

import hashlib
import os
import subprocess
import sys

import pytest

from workbench.errors import InputError, WorkbenchError
from workbench.services.files import write_atomically

BREAKS = [KeyboardInterrupt, SystemExit, InputError, RuntimeError, GeneratorExit]


def names(folder):
    return [path.name for path in folder.iterdir()]


def chunks(*given, then=None):
    yield from given
    if then is not None:
        raise then


def test_what_was_written_is_there_with_its_hash(tmp_path):
    path = tmp_path / "a.jsonl"
    digest = write_atomically(path, chunks(b"one", b"two"))
    assert path.read_bytes() == b"onetwo"
    assert digest == hashlib.sha256(b"onetwo").hexdigest()


def test_an_older_file_gives_way(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"older and longer")
    write_atomically(path, chunks(b"new"))
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["a.jsonl"]


@pytest.mark.parametrize("breaks", BREAKS)
def test_a_break_in_the_middle_leaves_no_file(tmp_path, breaks):
    with pytest.raises(breaks):
        write_atomically(tmp_path / "a.jsonl", chunks(b"one", then=breaks("stop")))
    assert names(tmp_path) == []


@pytest.mark.parametrize("breaks", BREAKS)
def test_a_break_in_the_middle_leaves_the_older_file(tmp_path, breaks):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"older")
    with pytest.raises(breaks):
        write_atomically(path, chunks(b"one", then=breaks("stop")))
    assert path.read_bytes() == b"older"
    assert names(tmp_path) == ["a.jsonl"]


def test_a_symbolic_link_stays_one(tmp_path):
    (tmp_path / "real.jsonl").write_bytes(b"older")
    link = tmp_path / "link.jsonl"
    link.symlink_to("real.jsonl")
    write_atomically(link, chunks(b"new"))
    assert link.is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["none/a.jsonl", "a-file/a.jsonl", ""])
def test_a_place_that_cannot_hold_a_file_is_named(tmp_path, name):
    (tmp_path / "a-file").touch()
    with pytest.raises(InputError, match=str(tmp_path)) as refused:
        write_atomically(tmp_path / name, chunks(b"one"))
    assert "\n" not in str(refused.value)


def test_a_device_is_never_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="not a file"):
        write_atomically(pipe, chunks(b"one"))
    assert pipe.is_fifo()


FULL = """
import resource, sys
from pathlib import Path
from workbench.errors import WorkbenchError
from workbench.services.files import write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_atomically(Path(sys.argv[1]), iter([b"x" * 65_536] * 4))
except WorkbenchError as error:
    print(error)
"""


def test_a_full_disk_is_one_sentence_and_no_file(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"older")
    run = [sys.executable, "-c", FULL, str(path)]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert said.stdout == f"The disk is full: {path} was not written. Make room and try again.\n"
    assert path.read_bytes() == b"older"
    assert names(tmp_path) == ["a.jsonl"]


def test_a_failing_disk_is_said_in_one_sentence(tmp_path, monkeypatch):
    def fail(_handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WorkbenchError, match="was not written: Input/output error"):
        write_atomically(tmp_path / "a.jsonl", chunks(b"one"))
    assert names(tmp_path) == []
