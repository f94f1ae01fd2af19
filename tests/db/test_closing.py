"""When a server ends, what it stored is in a file, whatever became of the one under its path."""

import shutil
import sqlite3

import pytest
from factories import Make

from db.closing import close
from db.engine import engines, transaction


@pytest.fixture
def pair(tmp_path, sqlite_template, now):
    path = tmp_path / "home" / "workbench.db"
    path.parent.mkdir()
    shutil.copyfile(sqlite_template, path)
    pair = engines(f"sqlite:///{path}")
    with transaction(pair) as session:
        Make(session, now).account("Ada")
    yield pair
    pair.dispose()


def names(path):
    raw = sqlite3.connect(path)
    found = [name for (name,) in raw.execute("SELECT name FROM account ORDER BY id")]
    raw.close()
    return found


def logs(folder):
    return [path.name for path in folder.rglob("*-wal") if path.stat().st_size]


def test_at_an_ordinary_end_the_log_is_in_the_file(pair):
    assert close(pair) is None
    assert names(pair.path) == ["Ada"]
    assert logs(pair.path.parent) == []


def test_of_a_file_that_was_replaced_a_copy_is_kept_and_the_new_one_is_not_touched(
    pair, tmp_path, sqlite_template
):
    shutil.copyfile(sqlite_template, tmp_path / "backup.db")
    (tmp_path / "backup.db").replace(pair.path)

    copy = close(pair)

    assert pair.path.read_bytes() == sqlite_template.read_bytes()
    assert logs(tmp_path) == []
    assert names(pair.path) == []
    assert names(copy) == ["Ada"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_of_a_folder_that_was_deleted_a_copy_is_kept(pair):
    shutil.rmtree(pair.path.parent)

    assert names(close(pair)) == ["Ada"]


def test_a_file_that_was_moved_is_whole_where_it_is_now(pair, tmp_path):
    pair.path.rename(tmp_path / "moved.db")

    assert close(pair) is None
    assert names(tmp_path / "moved.db") == ["Ada"]
    assert logs(tmp_path) == []


def test_a_folder_that_was_moved_is_not_made_again(pair, tmp_path):
    pair.path.parent.rename(tmp_path / "moved")

    assert close(pair) is None
    assert names(tmp_path / "moved" / "workbench.db") == ["Ada"]
    assert not pair.path.parent.exists()


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_on_postgresql_there_is_nothing_to_fold(own_engines):
    assert close(own_engines) is None
