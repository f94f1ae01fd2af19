"""No command ends in a traceback: not at a full disk, a closed pipe, or the press of a key."""

import os
import subprocess
import sys

import pytest
from running import COMMAND, Workbench

PROGRAM = """
import atexit, os, signal, sys

import click

MOMENT = sys.argv.pop(1)


def press(moment):
    if moment == MOMENT:
        os.kill(os.getpid(), signal.SIGINT)


class Loading:
    def find_spec(self, name, _path=None, _target=None):
        if name == "workbench.cli":
            press("loading")


from workbench.__main__ import run

sys.meta_path.insert(0, Loading())
atexit.register(press, "over")
if MOMENT == "running":
    from workbench.cli import main

    @main.command()
    def slow():
        press("running")
        click.echo("not reached")

run()
"""
STOPPED = "workbench: Stopped by Ctrl+C before it was done.\n"


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    """A workbench with an article and an audit log that is longer than a pipe's first line."""
    workbench = Workbench(tmp_path_factory.mktemp("home"))
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_text("It rained on Monday.\nThe port was closed, she said.\n")
    workbench.run("import", str(folder / "a.txt"))
    return workbench


def ended(workbench, words, how):
    """Run a command whose standard output is full, closed, or a pipe that nobody reads."""
    command = [COMMAND, *words]
    if how == "closed":
        command = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    out = None
    if how == "full":
        out = os.open("/dev/full", os.O_WRONLY)
    if how == "left":
        reader, out = os.pipe()
        os.close(reader)
    run = subprocess.run(
        command,
        env=workbench.environment,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if out is not None:
        os.close(out)
    return run.returncode, run.stderr


PRINTS = [
    ["--help"],
    ["doctor"],
    ["project", "list"],
    ["export", "--format", "jsonl", "--labels", "all", "--out", "-"],
]


@pytest.mark.parametrize("words", PRINTS, ids=lambda words: words[0])
@pytest.mark.parametrize("how", ["full", "closed"])
def test_output_that_cannot_be_written_is_said_in_one_line(labelled, words, how):
    code, told = ended(labelled, words, how)

    assert code == 1
    assert told.startswith("workbench: Standard output could not be written (")
    assert told.count("\n") == 1


@pytest.mark.parametrize("words", PRINTS, ids=lambda words: words[0])
def test_a_reader_who_has_enough_ends_a_command_in_silence(labelled, words):
    assert ended(labelled, words, "left") == (141, "")


@pytest.mark.parametrize(
    ("moment", "words", "end"),
    [
        ("loading", ["--version"], (-2, "")),
        ("running", ["slow"], (130, STOPPED)),
        ("over", ["--version"], (-2, "")),
    ],
)
def test_a_key_press_ends_it_at_any_moment_without_a_trace(tmp_path, moment, words, end):
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, moment, *words],
        env=Workbench(tmp_path).environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == end
    assert "not reached" not in run.stdout
