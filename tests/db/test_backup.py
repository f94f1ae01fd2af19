"""A backup is whole, checked, or not there; a restore puts one file in another's place, or not."""

import shutil
import sqlite3

import pytest
import sqlalchemy as sa
from disks import small_disk
from factories import Make

from db import backup, sqlite
from db.engine import checkpoint, engines, transaction
from db.errors import DamagedError, FullError, UnsuitableError

URL = "postgresql+psycopg://me:secret@db.example:5433/labels?sslmode=verify-full&password=secret"


@pytest.fixture
def pair(tmp_path, sqlite_template, now):
    (tmp_path / "home").mkdir()
    path = tmp_path / "home" / "workbench.db"
    shutil.copyfile(sqlite_template, path)
    pair = engines(f"sqlite:///{path}")
    name(pair, now, "Ada")
    yield pair
    pair.dispose()


@pytest.fixture
def copy(pair, tmp_path):
    """A backup with Ada in it; Bob came later."""
    path = tmp_path / "backup.db"
    backup.back_up(pair.path, path, verify=sqlite.check_content)
    return path


def name(pair, now, who):
    with transaction(pair) as session:
        Make(session, now).account(who)


def names(path):
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name FROM account ORDER BY id").scalars().all()
    engine.dispose()
    return list(found)


def restored(pair, path, verify=sqlite.check_content):
    pair.dispose()
    return backup.restore(pair, path, verify=verify)


def refuse(_path):
    message = "It is damaged."
    raise DamagedError(message)


def test_a_backup_holds_everything_that_was_committed(pair, copy):
    assert names(copy) == ["Ada"]
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_backup_is_taken_while_somebody_writes(pair, tmp_path, now):
    with transaction(pair) as session:
        Make(session, now).account("Bob")
        backup.back_up(pair.path, tmp_path / "b.db", verify=sqlite.check_content)

    assert names(tmp_path / "b.db") == ["Ada"]


def test_a_backup_is_never_overwritten(pair, copy):
    with pytest.raises(UnsuitableError, match="is there already"):
        backup.back_up(pair.path, copy, verify=sqlite.check_content)


def test_a_folder_that_is_not_there_is_said(pair, tmp_path):
    with pytest.raises(UnsuitableError, match="no folder"):
        backup.back_up(pair.path, tmp_path / "nowhere" / "b.db", verify=sqlite.check_content)


def test_a_copy_that_does_not_check_out_does_not_get_its_name(pair, tmp_path):
    with pytest.raises(DamagedError):
        backup.back_up(pair.path, tmp_path / "b.db", verify=refuse)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["home"]


def test_without_room_there_is_no_backup_and_no_piece_of_one(pair, tmp_path):
    with small_disk(tmp_path / "disk", megabytes=1) as disk:
        (disk.path / "filler").write_bytes(b"\0" * 900_000)

        with pytest.raises(FullError, match="No backup was made: the disk is full"):
            backup.back_up(pair.path, disk.path / "b.db", verify=sqlite.check_content)
        assert [path.name for path in disk.path.iterdir()] == ["filler"]


def test_a_restore_brings_the_backup_and_keeps_what_was_there(pair, copy, now):
    name(pair, now, "Bob")

    aside = restored(pair, copy)

    assert names(pair.path) == ["Ada"]
    assert names(aside) == ["Ada", "Bob"]
    assert names(copy) == ["Ada"]


def test_what_was_restored_over_within_a_second_is_all_kept(pair, copy, now):
    name(pair, now, "Bob")

    kept = [restored(pair, copy) for _ in range(3)]

    assert [names(aside) for aside in kept] == [["Ada", "Bob"], ["Ada"], ["Ada"]]


def test_what_was_only_in_the_log_is_kept_aside_too(pair, copy, now):
    raw = sqlite3.connect(pair.path)
    raw.execute("PRAGMA wal_autocheckpoint=0")
    raw.execute("UPDATE account SET name = 'Eve'")
    raw.commit()
    log = pair.path.with_name("workbench.db-wal").read_bytes()
    pair.dispose()
    raw.close()
    pair.path.with_name("workbench.db-wal").write_bytes(log)

    assert names(restored(pair, copy)) == ["Eve"]
    assert names(pair.path) == ["Ada"]


def test_a_database_that_is_beyond_reading_is_replaced_and_kept(pair, copy):
    checkpoint(pair)
    pair.dispose()
    pair.path.write_bytes(b"nonsense" * 1000)
    pair.path.with_name("workbench.db-wal").write_bytes(b"log")

    aside = restored(pair, copy)

    assert names(pair.path) == ["Ada"]
    assert aside.read_bytes() == b"nonsense" * 1000
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"log"


def test_an_empty_file_is_replaced_and_its_log_is_kept(pair, copy):
    checkpoint(pair)
    pair.dispose()
    pair.path.write_bytes(b"")
    pair.path.with_name("workbench.db-wal").write_bytes(b"log")

    aside = restored(pair, copy)

    assert names(pair.path) == ["Ada"]
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"log"


def test_into_an_empty_folder_a_restore_needs_nothing(pair, copy, tmp_path):
    other = engines(f"sqlite:///{tmp_path / 'other' / 'workbench.db'}")

    assert restored(other, copy) is None
    assert names(other.path) == ["Ada"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"SQLite format 3\0" + b"\1" * 5000])
def test_what_is_no_backup_is_refused_and_nothing_is_changed(pair, tmp_path, content):
    (tmp_path / "b.db").write_bytes(content)

    with pytest.raises(DamagedError):
        restored(pair, tmp_path / "b.db")
    assert names(pair.path) == ["Ada"]


def test_a_backup_that_does_not_check_out_is_refused_and_nothing_is_changed(pair, copy, now):
    name(pair, now, "Bob")

    with pytest.raises(DamagedError):
        restored(pair, copy, verify=refuse)
    assert names(pair.path) == ["Ada", "Bob"]
    assert not list(pair.path.parent.glob("*replaced*"))


def test_a_backup_that_is_not_there_is_said(pair, tmp_path):
    with pytest.raises(UnsuitableError, match="no backup"):
        restored(pair, tmp_path / "nowhere.db")


def test_nothing_is_restored_while_somebody_has_the_database_open(pair, copy):
    pair.dispose()
    with pair.read.connect() as reader:
        reader.exec_driver_sql("SELECT name FROM account").all()

        with pytest.raises(UnsuitableError, match="open"):
            backup.restore(pair, copy, verify=sqlite.check_content)


def test_nothing_is_restored_while_somebody_writes(pair, copy):
    with transaction(pair), pytest.raises(UnsuitableError, match="running"):
        backup.restore(pair, copy, verify=sqlite.check_content)


@pytest.mark.parametrize("command", [backup.dump_command, backup.restore_command])
def test_postgresqls_own_command_is_named_without_the_password(command, tmp_path):
    said = command(URL, tmp_path / "labels.dump")

    for part in ("--host=db.example", "--port=5433", "--username=me", "--dbname=labels"):
        assert part in said
    assert "secret" not in said
