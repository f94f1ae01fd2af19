import os
import shutil
import signal
from pathlib import Path

import pytest

from tests.formats.readers.making import printed
from workbench.formats.readers import pdf_process
from workbench.formats.readers.pdf_pages import Bounds
from workbench.formats.readers.record import ReaderError

ONE = printed([[(72.0, 700.0, "The bridge fell.")]])


@pytest.fixture
def apart():
    made = pdf_process.Apart()
    yield made
    made.close()


def test_one_process_waits_for_all_files(apart):
    apart.read(ONE, Bounds())
    first = apart.process_id
    apart.read(ONE, Bounds())

    assert apart.process_id == first != os.getpid()


def test_a_process_that_has_gone_is_replaced_unnoticed(apart):
    apart.read(ONE, Bounds())
    os.kill(apart.process_id, signal.SIGKILL)

    assert apart.read(ONE, Bounds()).text == "The bridge fell."


def test_a_file_that_ends_its_reader_ends_nothing_else(apart):
    first = apart.read(ONE, Bounds()), apart.process_id
    with pytest.raises(pdf_process.LimitError, match="unpacks"):
        apart.read(ONE, Bounds(memory=1_000_000))

    assert (apart.read(ONE, Bounds()), apart.process_id) == first


def test_what_is_wrong_with_a_file_comes_back_as_it_was_said(apart):
    with pytest.raises(ReaderError, match="over 0 pages"):
        apart.read(ONE, Bounds(pages=0))


def test_it_knows_nothing_of_our_surroundings(apart, monkeypatch):
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql://a:secret@db.example/labels")
    apart.read(ONE, Bounds())
    known = Path(f"/proc/{apart.process_id}/environ")
    if not known.exists():
        pytest.skip("this system shows no surroundings of a process")

    assert b"secret" not in known.read_bytes()


def test_closed_it_ends_and_another_comes_with_the_next_file(apart):
    apart.read(ONE, Bounds())
    first = apart.process_id
    apart.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)

    assert apart.process_id is None
    assert apart.read(ONE, Bounds()).text == "The bridge fell."


def test_a_python_that_does_not_start_is_a_fault_of_the_system(apart, monkeypatch):
    monkeypatch.setattr(pdf_process.sys, "executable", shutil.which("false"))

    with pytest.raises(OSError, match="does not start"):
        apart.read(ONE, Bounds())
