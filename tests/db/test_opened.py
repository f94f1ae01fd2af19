"""Nothing is stored in, and nothing read from, a file that is not the one under its path."""

import shutil
from functools import partial

import pytest
import sqlalchemy as sa
from factories import Make

from db import sqlite
from db.engine import checkpoint, engines, examining, glancing, reading, transaction
from db.errors import ReplacedError
from db.grouping import GroupCommit
from db.models import Account
from db.opened import NotTheFileError


@pytest.fixture
def pair(tmp_path, sqlite_template):
    path = tmp_path / "home" / "workbench.db"
    path.parent.mkdir()
    shutil.copyfile(sqlite_template, path)
    pair = engines(f"sqlite:///{path}")
    open_both(pair)
    yield pair
    pair.dispose()


def open_both(pair):
    with transaction(pair) as writer, reading(pair) as reader:
        writer.execute(sa.text("SELECT 1"))
        reader.execute(sa.text("SELECT 1"))


def stored(pair, work):
    with transaction(pair) as session:
        work(session)


def put_a_copy_in_its_place(pair):
    copy = pair.path.with_name("copy.db")
    shutil.copyfile(pair.path, copy)
    copy.replace(pair.path)


def move_it_away(pair):
    pair.path.rename(pair.path.with_name("elsewhere.db"))


def delete_it(pair):
    pair.path.unlink()


def move_the_folder_away(pair):
    pair.path.parent.rename(pair.path.parent.with_name("elsewhere"))


def delete_the_folder(pair):
    shutil.rmtree(pair.path.parent)


def make_the_folder_anew(pair):
    shutil.rmtree(pair.path.parent)
    pair.path.parent.mkdir()
    sqlite.make(pair.path)


WAYS = [
    put_a_copy_in_its_place,
    move_it_away,
    delete_it,
    move_the_folder_away,
    delete_the_folder,
    make_the_folder_anew,
]


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_acknowledged_into_a_file_that_is_not_under_its_path(pair, now, way):
    way(pair)

    for store in (partial(stored, pair), GroupCommit(pair).run) * 2:
        with pytest.raises(ReplacedError, match="Not saved: the database file is no longer"):
            store(lambda session: Make(session, now).account())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("look", [reading, glancing, examining])
def test_nothing_is_shown_from_such_a_file_either(pair, look, way):
    way(pair)

    with pytest.raises(ReplacedError, match="Nothing is saved: the database file"), look(pair):
        pass


@pytest.mark.parametrize("way", WAYS)
def test_no_connection_opens_another_file_beside_it(pair, way):
    way(pair)

    held = [pair.read.pool.connect()]  # the one that is open already
    with pytest.raises(NotTheFileError):
        held.append(pair.read.pool.connect())
    held[0].close()


def test_what_went_into_a_file_that_was_replaced_meanwhile_is_not_acknowledged(pair, now):
    def work(session):
        Make(session, now).account()
        put_a_copy_in_its_place(pair)

    with pytest.raises(ReplacedError):
        stored(pair, work)


def test_once_the_file_is_back_it_goes_on_and_the_log_has_said_it_once(pair, now, caplog):
    aside = pair.path.with_name("aside.db")
    pair.path.rename(aside)
    for _ in range(3):
        with pytest.raises(ReplacedError), reading(pair):
            pass
    aside.rename(pair.path)
    with transaction(pair) as session:
        Make(session, now).account("Ada")

    with reading(pair) as session:
        assert session.execute(sa.select(Account.name)).scalars().all() == ["Ada"]
    assert [str(pair.path) in record.getMessage() for record in caplog.records] == [True]


def test_a_link_that_is_pointed_at_another_file_is_another_file(pair, sqlite_template, tmp_path):
    one, other, link = (tmp_path / name for name in ("one.db", "other.db", "link.db"))
    shutil.copyfile(sqlite_template, one)
    shutil.copyfile(sqlite_template, other)
    link.symlink_to(one)
    linked = engines(f"sqlite:///{link}")
    open_both(linked)
    link.unlink()
    link.symlink_to(other)

    with pytest.raises(ReplacedError), transaction(linked):
        pass
    linked.dispose()


def test_when_every_connection_is_closed_another_file_may_come(pair, now):
    checkpoint(pair)
    put_a_copy_in_its_place(pair)
    pair.dispose()

    with transaction(pair) as session:
        Make(session, now).account()


def test_the_log_of_one_file_is_not_folded_into_another(pair, now):
    put_a_copy_in_its_place(pair)
    before = pair.path.read_bytes()

    with pytest.raises(ReplacedError):
        checkpoint(pair)
    pair.dispose()
    assert pair.path.read_bytes() == before
