"""Names from outside, on a terminal: shown, and acting on nothing."""

import ast
from pathlib import Path

import pytest
from click.testing import CliRunner

from workbench import commands
from workbench.cli import main
from workbench.settings import settings

FOLDER = Path(commands.__file__).parent
DATA = {"articles.py": 1, "audit.py": 1, "snapshots.py": 2}
"""How often a command prints what a program reads, byte for byte, and no line for people."""
TERMINAL = {"shared.py": 1, "serve.py": 1}
"""Where a line is made safe, and where one of our own is printed."""
NAME = "fpd.\u202etxt\x1b[2J.txt"
SHOWN = r"fpd.\u202etxt\x1b[2J.txt"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield lambda *words: CliRunner().invoke(main, list(words), prog_name="workbench")
    settings.cache_clear()


def n_echoes(path):
    calls = [
        each.func for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Call)
    ]
    return sum(isinstance(call, ast.Attribute) and call.attr == "echo" for call in calls)


def test_commands_print_through_the_one_place_that_makes_a_line_safe():
    found = {path.name: n_echoes(path) for path in FOLDER.glob("*.py") if n_echoes(path)}

    assert found == DATA | TERMINAL


def is_safe(output):
    return not {"\x1b", "\u202e", "\udcff"} & {*output}


@pytest.mark.parametrize("words", [("import",), ("import", "--dry-run"), ("segment",)])
@pytest.mark.parametrize("content", [b"It rained on Monday.\n", b"\x00\x01\x02"])
def test_a_file_is_named_without_what_its_name_would_do(run, tmp_path, words, content):
    (tmp_path / NAME).write_bytes(content)
    for place in (tmp_path / NAME, tmp_path):
        ended = run(*words, str(place))
        assert is_safe(ended.output)
    if words == ("import",):
        assert SHOWN in run(*words, str(tmp_path / NAME)).output


@pytest.mark.parametrize(
    "words",
    [
        ("segment", NAME),
        ("import", NAME),
        ("join", NAME, "--out", "-"),
        ("db", "restore", NAME),
        ("snapshot", "verify", NAME),
        ("export", "--format", NAME, "--out", "-"),
    ],
)
def test_an_error_names_what_was_asked_for_in_the_same_way(run, words):
    run("project", "create", "default")
    ended = run(*words)

    assert ended.exit_code > 0
    assert is_safe(ended.output)


def test_links_begin_with_an_address_of_the_web_only(run):
    for wrong in (
        "javascript:alert(1)",
        "nonsense",
        "ftp://a.example",
        "https://",
        "https://a.example\nhttps://b.example",
        "https://a.example/?x=1",
        "https://a.example/#x",
        "https://me:hush@a.example",
        "https://a.example:99999",
        "https://a\u202e.example",
    ):
        ended = run("account", "invite", "--every-project", "--base-url", wrong)
        assert ended.exit_code == 2, wrong
        assert "is no address" in ended.stderr
        assert ended.stdout == ""
        assert ended.stderr.count("\n") == 1
    run("project", "create", "default")
    for right in ("https://a.example/", "http://10.0.0.5:8501", "http://[::1]:8501/labels"):
        ended = run("account", "invite", "--every-project", "--base-url", right)
        assert ended.stdout.startswith(f"{right.rstrip('/')}/signin?token=")
