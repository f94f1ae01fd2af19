"""The command line: help that names everything, and errors of one line."""

import os
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner
from disks import small_disk
from running import Workbench

from workbench.cli import main
from workbench.settings import settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty data folder for commands that run in this process."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(main, list(words), prog_name="workbench")


def commands(group, *path):
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)


EVERY_COMMAND = [pytest.param(words, id=" ".join(words)) for words in commands(main)]


def test_the_help_names_every_command(run):
    told = run("--help").output

    assert [name for name in main.commands if f"\n  {name} " not in told] == []


def test_it_runs_as_a_module_too():
    asked = subprocess.run(
        [sys.executable, "-m", "workbench.cli", "nonsense"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert asked.returncode == 2
    assert asked.stderr.startswith("workbench: No such command 'nonsense'")


@pytest.mark.parametrize("words", EVERY_COMMAND)
def test_every_command_says_what_it_does(run, words):
    asked = run(*words, "--help")

    assert asked.exit_code == 0
    assert f"Usage: workbench {' '.join(words)}" in asked.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["--nonsense"], "No such option"),
        (["import"], "PATHS"),
        (["import", ""], "An empty name is no file and no folder."),
        (["segment", ""], "An empty name is no file and no folder."),
        (["import", "/nowhere.txt", "--nonsense"], "No such option"),
        (["segment"], "FILE"),
        (["segment", "/nowhere.txt"], "/nowhere.txt cannot be read"),
        (["export"], "--format"),
        (["export", "--format", "jsonl", "--out", "-"], "no project"),
        (["export", "--format", "jsonl", "--out", "-", "--labels", "best"], "--labels best"),
        (["export", "--format", "jsonl", "--out", "-", "--project", "x"], "x"),
        (["serve", "--port", "x"], "--port"),
        (["serve", "--port", "70000"], "--port"),
        (["serve", "--port", "0"], "--port"),
        (["account", "nonsense"], "No such command"),
        (["account", "add", "Ada", "--role", "king"], "no such role"),
        (["account", "add", ""], "name"),
        (["account", "link", "Ada"], "no account"),
        (["account", "role", "Ada", "manager"], "no account"),
        (["account", "disable", "Ada"], "no account"),
        (["project", "create", "Not A Slug"], "no short name"),
        (["db", "check"], "no database yet"),
        (["db", "backup", "x.db"], "no database yet"),
        (["db", "restore", "/nowhere.db"], "no backup"),
        (["db", "restore"], "PATH"),
    ],
)
def test_an_error_is_one_line_that_says_what_was_wrong(run, words, said):
    ended = run(*words)

    assert ended.exit_code > 0
    assert ended.stdout == ""
    assert said in ended.stderr
    assert ended.stderr.startswith("workbench: ")
    assert ended.stderr.count("\n") == 1


def test_a_file_that_is_not_there_fails_by_itself(run, tmp_path):
    (tmp_path / "good.txt").write_text("It rained on Monday.\n")

    ended = run("import", str(tmp_path / "good.txt"), "/nowhere.txt")

    assert ended.exit_code == 1
    assert "good.txt\tadded" in ended.stdout
    assert "nowhere.txt\trefused" in ended.stdout


def test_no_command_leaves_a_trace_in_what_is_shown_when_the_folder_is_a_file(tmp_path):
    (tmp_path / "file").write_text("")
    ended = Workbench(tmp_path / "file").run("account", "list", check=False)

    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr


def found(run):
    ended = run("doctor")
    return ended.exit_code, {line[:4].strip() for line in ended.output.splitlines()}, ended.output


def test_the_doctor_looks_and_makes_nothing(run, home):
    code, states, told = found(run)

    assert (code, states) == (0, {"ok"})
    assert "no database yet" in told
    assert not home.exists()


def test_the_doctor_says_that_nobody_owns_it_yet(run):
    run("project", "list")
    code, states, told = found(run)

    assert (code, states) == (0, {"ok", "warn"})
    assert "nobody owns this installation yet" in told


def test_the_doctor_finds_a_damaged_database(run, home):
    home.mkdir()
    (home / "workbench.db").write_bytes(b"nonsense" * 100)
    code, _, told = found(run)

    assert code == 1
    assert "fail" in told
    assert "is damaged" in told


def test_the_doctor_tells_no_password(run, monkeypatch):
    url = "postgresql+psycopg://me:hush@127.0.0.1:1/x?password=hush"
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", url)
    settings.cache_clear()
    code, _, told = found(run)

    assert code == 1
    assert "127.0.0.1" in told
    assert "hush" not in told


def test_the_doctor_warns_of_a_disk_with_little_room(run, tmp_path, monkeypatch):
    with small_disk(tmp_path / "disk") as disk:
        monkeypatch.setenv("WORKBENCH_HOME", str(disk.path))
        settings.cache_clear()
        told = found(run)[2]

    assert "warn  0.0 GB free" in told


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_doctor_and_the_check_look_at_postgresql(run, monkeypatch, own_engines):
    url = own_engines.write.url.render_as_string(hide_password=False)
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", url)
    monkeypatch.setenv("WORKBENCH_ACCEPT_DATA_LOSS", "1")
    settings.cache_clear()

    assert "fsync" in found(run)[2]
    assert run("db", "check").exit_code == 0


def test_a_fault_in_the_database_is_named_and_the_check_exits_with_2(run, home, tmp_path):
    (tmp_path / "good.txt").write_text("It rained on Monday.\n")
    imported = run("import", str(tmp_path / "good.txt"))
    with sqlite3.connect(home / "workbench.db") as raw:
        raw.execute("UPDATE article SET text = 'It snowed on Monday.' || char(10)")
        (article,) = raw.execute("SELECT public_id FROM article").fetchone()
    raw.close()

    ended = run("db", "check")
    backed_up = run("db", "backup", str(tmp_path / "backup.db"))

    assert (imported.exit_code, ended.exit_code) == (0, 2)
    assert f"article {article}: its text is not the one that was stored" in ended.stdout
    assert "Looked at 1 articles" in ended.stderr
    assert backed_up.exit_code == 2
    assert not (tmp_path / "backup.db").exists()


def test_streamlit_still_takes_who_is_signed_in_from_the_gate(run):
    assert "Streamlit has server.trustedUserHeaders" in found(run)[2]


@pytest.mark.parametrize("words", [("backup", "b.dump"), ("restore", "b.dump")])
def test_on_postgresql_the_command_of_its_own_tools_is_said(run, monkeypatch, words):
    monkeypatch.setenv("WORKBENCH_DATABASE_URL", "postgresql+psycopg://me:hush@db.example/labels")
    settings.cache_clear()
    ended = run("db", *words)

    assert ended.exit_code == 1
    assert "--host=db.example --username=me --dbname=labels" in ended.stderr
    assert "hush" not in ended.stderr


def test_a_table_is_whole_and_can_be_backed_up(run, tmp_path):
    (tmp_path / "table.csv").write_text("text\nIt rained on Monday, the port said.\n")
    run("import", str(tmp_path / "table.csv"))

    assert run("db", "check").exit_code == 0
    assert run("db", "backup", str(tmp_path / "backup.db")).exit_code == 0


def test_a_pipe_is_refused_and_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    assert run("import", str(tmp_path / "pipe.txt")).exit_code == 1


def test_links_inside_a_folder_are_named_and_not_followed(run, tmp_path):
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir(), elsewhere.mkdir()
    (folder / "good.txt").write_text("It rained on Monday.\n")
    (elsewhere / "secret.txt").write_text("The safe is behind the map.\n")
    (folder / "file.txt").symlink_to(elsewhere / "secret.txt")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (folder / "other").symlink_to(elsewhere)
    (folder / "round").symlink_to(folder)
    ended = run("import", str(folder))

    assert ended.exit_code == 0
    assert "1 added" in ended.stderr
    names = [line.partition("\t")[0] for line in ended.stdout.splitlines() if "\tskipped\t" in line]
    assert names == ["file.txt", "gone.txt", "other", "round"]


def test_a_link_that_is_named_itself_is_followed(run, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "good.txt").write_text("It rained on Monday.\n")
    (tmp_path / "link").symlink_to(tmp_path / "folder")

    assert "good.txt\tadded" in run("import", str(tmp_path / "link")).stdout
