"""What an operator meets at the start: one line that says what to do, and a file left as it is."""

import hashlib
import shutil
import socket
import sqlite3
import time

import pytest
from disks import small_disk
from running import Workbench, free_port


@pytest.fixture
def workbench(tmp_path):
    return Workbench(tmp_path / "home")


@pytest.fixture
def with_data(workbench, sqlite_template):
    """A data folder with a database in it."""
    workbench.home.mkdir()
    shutil.copyfile(sqlite_template, workbench.home / "workbench.db")
    return workbench


def refused(workbench, *words, code=1):
    """The one line that a command ends with."""
    run = workbench.run(*words, check=False)
    lines = run.stderr.strip().splitlines()
    assert run.returncode == code, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert len(lines) == 1, run.stderr
    return lines[0]


def digest(workbench):
    return hashlib.sha256((workbench.home / "workbench.db").read_bytes()).hexdigest()


def overwritten(content):
    return b"\x07" * 100 + content[100:]


def cut_in_the_header(content):
    return content[:60]


def cut_in_half(content):
    return content[: len(content) // 2]


def one_page_less(content):
    return content[:-4096]


@pytest.mark.parametrize("damage", [overwritten, cut_in_the_header, cut_in_half, one_page_less])
def test_a_damaged_database_is_refused_and_left_as_it_is(with_data, damage):
    database = with_data.home / "workbench.db"
    database.write_bytes(damage(database.read_bytes()))
    before = digest(with_data)

    line = refused(with_data, "serve", "--no-browser", code=2)

    assert "is damaged" in line
    assert "workbench db restore" in line
    assert digest(with_data) == before


EVERY_WAY_IN = [
    ("serve", "--no-browser"),
    ("db", "check"),
    ("account", "list"),
]


@pytest.mark.parametrize("words", EVERY_WAY_IN)
def test_an_empty_file_is_damage_and_no_new_installation(with_data, words):
    (with_data.home / "workbench.db").write_bytes(b"")

    line = refused(with_data, *words, code=2)

    assert "is damaged: it is empty" in line
    assert "or remove the file to begin anew" in line
    assert (with_data.home / "workbench.db").read_bytes() == b""


def test_a_log_without_its_database_is_no_new_installation(with_data):
    (with_data.home / "workbench.db").unlink()
    (with_data.home / "workbench.db-wal").write_bytes(b"the newest labels")

    assert "its log workbench.db-wal is still there" in refused(with_data, "db", "check", code=2)
    assert "restore a backup" in refused(with_data, "serve", "--no-browser", code=2)
    assert (with_data.home / "workbench.db-wal").read_bytes() == b"the newest labels"


@pytest.mark.parametrize("words", EVERY_WAY_IN)
def test_a_log_of_another_file_is_not_taken_and_both_are_left(with_data, words):
    database = with_data.home / "workbench.db"
    database.with_name("workbench.db-wal").write_bytes(b"the newest labels")
    database.with_name("workbench.db.seal").write_text("7\n")
    before = digest(with_data)

    line = refused(with_data, *words, code=2)

    assert f"{database} is not the file that its log workbench.db-wal belongs to" in line
    assert "restore a backup with 'workbench db restore'" in line
    assert digest(with_data) == before
    assert database.with_name("workbench.db-wal").read_bytes() == b"the newest labels"


@pytest.mark.parametrize("words", [("serve", "--no-browser"), ("db", "check")])
def test_a_newer_schema_is_refused_and_left_as_it_is(with_data, words):
    with sqlite3.connect(with_data.home / "workbench.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = digest(with_data)

    line = refused(with_data, *words, code=3)

    assert "newer workbench (schema 9999" in line
    assert digest(with_data) == before


def test_a_database_that_was_not_closed_is_left_as_it_is_when_it_is_refused(with_data):
    database = with_data.home / "workbench.db"
    raw = sqlite3.connect(database)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    saved = {side: (database.parent / f"workbench.db{side}").read_bytes() for side in ("", "-wal")}
    raw.close()
    for side, content in saved.items():
        (database.parent / f"workbench.db{side}").write_bytes(content)
    before = digest(with_data)

    refused(with_data, "serve", "--no-browser", code=3)
    assert digest(with_data) == before


def test_another_programs_database_is_refused(with_data):
    with sqlite3.connect(with_data.home / "workbench.db") as raw:
        raw.execute("PRAGMA application_id=7")
    raw.close()

    assert "another program" in refused(with_data, "project", "list", code=2)


def test_a_folder_that_is_read_only_is_refused(tmp_path, sqlite_template):
    with small_disk(tmp_path / "disk") as disk:
        workbench = Workbench(disk.path)
        shutil.copyfile(sqlite_template, disk.path / "workbench.db")
        disk.remount("ro")

        for words in (("serve", "--no-browser"), ("db", "check")):
            assert "is read-only" in refused(workbench, *words)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        disk.remount("ro")

        assert "cannot be made" in refused(Workbench(disk.path / "new"), "project", "list")


def test_a_data_folder_that_is_a_file_is_refused(workbench):
    workbench.home.write_text("a file")

    assert "WORKBENCH_HOME" in refused(workbench, "project", "list")


def test_a_database_that_is_a_folder_is_refused(workbench):
    (workbench.home / "workbench.db").mkdir(parents=True)

    assert "is a folder" in refused(workbench, "project", "list")


@pytest.mark.parametrize("url", ["mysql://me:secret@host/name", "nonsense", "postgres:/x"])
def test_a_url_of_no_database_of_ours_is_refused(workbench, url):
    workbench.settings["WORKBENCH_DATABASE_URL"] = url

    line = refused(workbench, "serve", "--no-browser")

    assert "WORKBENCH_DATABASE_URL" in line
    assert "secret" not in line


def test_without_postgresql_it_is_said_where_it_was_looked_for(workbench):
    url = f"postgresql+psycopg://me:secret@127.0.0.1:{free_port()}/labels?password=secret"
    workbench.settings["WORKBENCH_DATABASE_URL"] = url

    line = refused(workbench, "serve", "--no-browser")

    assert "cannot be reached" in line
    assert "127.0.0.1" in line
    assert "secret" not in line


def test_a_postgresql_that_does_not_answer_is_given_up_within_ten_seconds(workbench):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        workbench.settings["WORKBENCH_DATABASE_URL"] = f"postgresql+psycopg://me@127.0.0.1:{port}/x"
        began = time.monotonic()
        workbench.run("--help")
        to_start = time.monotonic() - began

        assert "cannot be reached" in refused(workbench, "project", "list")
        assert time.monotonic() - began < 10 + 2 * to_start


def test_a_port_that_is_taken_is_named(workbench):
    with socket.create_server(("127.0.0.1", workbench.port)):
        line = refused(workbench, "serve", "--no-browser", "--port", str(workbench.port))

    assert f"127.0.0.1:{workbench.port}" in line
    assert "--port" in line


@pytest.mark.parametrize("host", ["999.1.1.1", "x" * 300, "0.0.0.0"])
def test_a_host_that_cannot_be_listened_on_is_refused(workbench, host):
    assert refused(workbench, "serve", "--no-browser", "--host", host)


def test_an_import_on_a_full_disk_says_so_and_what_it_reported_is_there(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(60):
        text = f"Town {number} was quiet. " + "It rained on Monday, she said.\n" * 1600
        (articles / f"{number:03}.txt").write_text(text)
    with small_disk(tmp_path / "disk") as disk:
        workbench = Workbench(disk.path)
        run = workbench.run("import", str(articles), check=False)
        disk.remount("size=64m")
        checked = workbench.run("db", "check").stderr

    first, *more, last = run.stderr.splitlines()
    assert (run.returncode, first, len(more)) == (1, "Importing", 1)
    assert last.startswith("workbench: Not saved: the disk is full")
    assert "Traceback" not in run.stderr
    n_added = run.stdout.count("\tadded\t")
    assert 0 < n_added < 60
    assert f"Looked at {n_added} articles" in checked
