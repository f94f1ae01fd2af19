"""After a crash a log is folded into the file that it belongs to, and into no other."""

import shutil
import sqlite3

import pytest
import sqlalchemy as sa
from factories import Make

from db import backup, schema, seals, sqlite
from db.closing import close
from db.engine import engines, reading, transaction
from db.errors import BusyError, DamagedError
from db.locking import file_lock
from db.models import Account


@pytest.fixture
def home(tmp_path, sqlite_template):
    folder = tmp_path / "home"
    folder.mkdir()
    shutil.copyfile(sqlite_template, folder / "workbench.db")
    return folder


def opened(folder):
    return engines(f"sqlite:///{folder / 'workbench.db'}")


def name(pair, now, who):
    with transaction(pair) as session:
        Make(session, now).account(who)


def names(pair):
    schema.prepare(pair)
    with reading(pair) as session:
        found = session.execute(sa.select(Account.name).order_by(Account.id)).scalars().all()
    pair.dispose()
    return found


def backed_up(pair, path):
    backup.back_up(pair.path, path, verify=sqlite.check_content)
    return path


@pytest.fixture
def crashed(home, tmp_path, now):
    """What `kill -9` leaves of a server in which Ada and Bob are: Bob in the log alone."""
    pair = opened(home)
    name(pair, now, "Ada")
    backed_up(pair, tmp_path / "backup.db")
    close(pair)
    shutil.copyfile(pair.path, tmp_path / "copied-at-rest.db")
    name(pair, now, "Bob")
    left = tmp_path / "left"
    shutil.copytree(home, left)
    pair.dispose()
    assert (left / "workbench.db-wal").stat().st_size
    yield left
    opened(left).dispose()


def noted(folder):
    return {int(word) for word in (folder / "workbench.db.seal").read_text().split()}


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_after_a_crash_what_is_in_the_log_alone_is_kept(crashed):
    assert names(opened(crashed)) == ["Ada", "Bob"]


def test_after_a_crash_the_next_run_ends_and_begins_as_any_other(crashed, now):
    for who in ("Cy", "Di"):
        pair = opened(crashed)
        schema.prepare(pair)
        name(pair, now, who)
        close(pair)

    assert names(opened(crashed)) == ["Ada", "Bob", "Cy", "Di"]


def test_a_folder_that_was_copied_after_a_crash_is_whole(crashed, tmp_path):
    shutil.copytree(crashed, tmp_path / "elsewhere")

    assert names(opened(tmp_path / "elsewhere")) == ["Ada", "Bob"]


def test_a_log_beside_which_no_note_lies_is_taken(crashed):
    (crashed / "workbench.db.seal").unlink()

    assert names(opened(crashed)) == ["Ada", "Bob"]


@pytest.mark.parametrize("source", ["backup.db", "copied-at-rest.db"])
@pytest.mark.parametrize("put", [shutil.copyfile, shutil.move])
def test_a_log_is_not_folded_into_a_file_that_was_put_there(crashed, tmp_path, source, put):
    put(tmp_path / source, crashed / "workbench.db")
    before = content(crashed)
    pair = opened(crashed)

    for look in (schema.prepare, schema.check, schema.state):
        with pytest.raises(DamagedError, match="is not the file that its log"):
            look(pair)
    assert content(crashed) == before | {"workbench.db.lock": b""}


def test_put_back_the_file_has_its_log_again(crashed, tmp_path):
    (crashed / "workbench.db").rename(tmp_path / "aside.db")
    shutil.copyfile(tmp_path / "backup.db", crashed / "workbench.db")
    with pytest.raises(DamagedError):
        schema.prepare(opened(crashed))
    (tmp_path / "aside.db").replace(crashed / "workbench.db")

    assert names(opened(crashed)) == ["Ada", "Bob"]


def test_a_restore_keeps_a_file_that_was_put_there_and_the_log_apart(crashed, tmp_path):
    shutil.copyfile(tmp_path / "copied-at-rest.db", crashed / "workbench.db")
    log = (crashed / "workbench.db-wal").read_bytes()
    pair = opened(crashed)

    aside = backup.restore(pair, tmp_path / "backup.db", verify=sqlite.check_content)

    assert names(pair) == ["Ada"]
    assert aside.read_bytes() == (tmp_path / "copied-at-rest.db").read_bytes()
    assert aside.with_suffix(".log").read_bytes() == log
    assert not aside.with_name(f"{aside.name}-wal").exists()


def test_without_a_log_any_file_may_be_put_there(home, tmp_path, now):
    pair = opened(home)
    name(pair, now, "Ada")
    backed_up(pair, tmp_path / "backup.db")
    name(pair, now, "Bob")
    close(pair)
    shutil.copyfile(tmp_path / "backup.db", pair.path)
    name(pair, now, "Cy")
    shutil.copytree(home, tmp_path / "left")  # as a crash would leave it
    pair.dispose()

    assert names(opened(tmp_path / "left")) == ["Ada", "Cy"]


def test_a_new_seal_is_in_the_file_before_anything_is_written(home, now):
    pair = opened(home)
    seen = []
    for who in ("Ada", "Bob"):
        name(pair, now, who)
        close(pair)
        seen.append(noted(home))
        assert seen[-1] == {int.from_bytes(pair.path.read_bytes()[60:64])}

    assert seen[0] != seen[1]


def test_while_somebody_reads_either_seal_is_taken(home, tmp_path, now):
    pair = opened(home)
    name(pair, now, "Ada")
    close(pair)
    reader = sqlite3.connect(pair.path)
    reader.execute("BEGIN")
    reader.execute("SELECT name FROM account").fetchall()
    name(pair, now, "Bob")
    assert len(noted(home)) == 2
    shutil.copytree(home, tmp_path / "left")
    reader.close()
    pair.dispose()

    assert names(opened(tmp_path / "left")) == ["Ada", "Bob"]


def test_while_a_seal_is_drawn_nobody_is_told_that_the_file_was_replaced(crashed, monkeypatch):
    (crashed / "workbench.db.seal").write_text("1\n")
    monkeypatch.setattr(seals, "RENEWING_SECONDS", 0.0)

    with file_lock(crashed / "workbench.db.lock", 0), pytest.raises(BusyError):
        schema.state(opened(crashed))


def test_where_no_seal_can_be_noted_labels_are_stored_all_the_same(home, now, caplog):
    (home / "workbench.db.seal").mkdir()
    pair = opened(home)

    name(pair, now, "Ada")
    pair.dispose()

    assert names(pair) == ["Ada"]
    assert "keeps the seal that it has" in caplog.text
