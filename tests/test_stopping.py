"""A command that is told to stop puts away what it was writing."""

import signal
import subprocess
import sys

import pytest
from running import until

SLOW = """
import time
from pathlib import Path

import click

from workbench.cli import main
from workbench.services import files, folders


def slowly():
    while True:
        yield b"a line\\n"
        time.sleep(0.01)


@main.command()
@click.argument("path")
def file(path):
    files.write_atomically(Path(path), slowly())


@main.command()
@click.argument("path")
def folder(path):
    with folders.made(Path(path)) as partial:
        files.write_atomically(partial / "one", slowly())


main(prog_name="workbench")
"""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_sigterm_leaves_no_half_a_file_and_says_so_in_a_line(tmp_path, what):
    command = [sys.executable, "-c", SLOW, what, str(tmp_path / "target")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        until(lambda: list(tmp_path.iterdir()), what="the part file")
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate()

    assert process.returncode == 143
    assert told == "workbench: Told to stop before it was done.\n"
    assert list(tmp_path.iterdir()) == []
