"""The one place that begins and commits, on both databases."""

from datetime import UTC, datetime, timedelta
from sqlite3 import OperationalError

import pytest
import sqlalchemy as sa
from factories import Make

from db.engine import (
    database_now,
    engines,
    examining,
    glancing,
    reading,
    transaction,
)
from db.errors import (
    BusyError,
    DamagedError,
    FullError,
    UnreachableError,
    UnsuitableError,
)
from db.models import Account
from db.translating import translated
from workbench.settings import Settings


def n_accounts(pair):
    with reading(pair) as session:
        return session.execute(sa.select(sa.func.count()).select_from(Account)).scalar_one()


def add_and(pair, now, then):
    with transaction(pair) as session:
        Make(session, now).account()
        then()


def fail_with(error):
    def fail():
        raise error

    return fail


def test_what_was_written_is_there_afterwards(own_engines, now):
    add_and(own_engines, now, lambda: None)

    assert n_accounts(own_engines) == 1


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_whatever_is_raised_nothing_is_written(own_engines, now, error):
    with pytest.raises(error):
        add_and(own_engines, now, fail_with(error()))

    assert n_accounts(own_engines) == 0


def test_the_writer_is_free_again_after_a_failure(own_engines, now):
    for _ in range(3):
        with pytest.raises(ValueError, match="x"):
            add_and(own_engines, now, fail_with(ValueError("x")))
    add_and(own_engines, now, lambda: None)

    assert n_accounts(own_engines) == 1


def test_a_reader_sees_the_state_before_a_write_that_is_not_finished(own_engines, now):
    with transaction(own_engines) as session:
        Make(session, now).account()

        assert n_accounts(own_engines) == 0


def test_a_rule_of_the_schema_that_is_broken_is_no_fault_of_the_database(own_engines, now):
    with pytest.raises(sa.exc.IntegrityError), transaction(own_engines) as session:
        session.execute(sa.text("INSERT INTO account (id) VALUES (1)"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_read_engine_refuses_to_write(own_engines):
    with pytest.raises(UnsuitableError), reading(own_engines) as session:
        session.execute(sa.text("DELETE FROM account"))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_writer_that_does_not_get_its_turn_is_told(own_engines):
    with (
        transaction(own_engines),
        pytest.raises(BusyError),
        transaction(own_engines, timeout=0.01),
    ):
        pass


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("trusted_schema", 0)],
)
def test_the_writer_keeps_what_it_acknowledges(own_engines, pragma, value):
    with own_engines.write.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


def is_in_transaction(session):
    """Whether a statement just asked is inside a transaction of the database itself."""
    connection = session.connection()
    connection.exec_driver_sql("SELECT 1")
    raw = connection.connection.driver_connection
    return raw.in_transaction if hasattr(raw, "in_transaction") else raw.info.transaction_status > 0


def test_a_glance_begins_no_transaction_on_postgresql_and_leaves_the_connection_as_it_was(
    own_engines,
):
    with glancing(own_engines) as session:
        assert is_in_transaction(session) is (own_engines.path is not None)
    with reading(own_engines) as session:
        assert is_in_transaction(session)


def test_a_look_at_everything_cannot_change_it(own_engines):
    with (
        pytest.raises((sa.exc.DatabaseError, UnsuitableError)),
        examining(own_engines) as session,
    ):
        session.execute(sa.text("DELETE FROM account"))


def test_a_look_at_everything_is_a_look_at_one_moment(own_engines, now):
    count = sa.select(sa.func.count()).select_from(Account)
    with examining(own_engines) as session:
        before = session.execute(count).scalar_one()
        add_and(own_engines, now, lambda: None)

        assert session.execute(count).scalar_one() == before


def test_the_clock_is_the_databases_aware_and_in_utc(own_engines):
    with reading(own_engines) as session:
        found = database_now(session)

    assert found.tzinfo is UTC
    assert abs(found - datetime.now(UTC)) < timedelta(seconds=5)


def by_driver(words, kind=sa.exc.OperationalError):
    return kind("", {}, OperationalError(words))


@pytest.mark.parametrize(
    ("error", "fault", "words"),
    [
        (OSError(28, "No space left on device"), FullError, "disk is full"),
        (by_driver("database or disk is full"), FullError, "disk is full"),
        (by_driver("could not extend file: No space"), FullError, "disk is full"),
        (by_driver("disk image is malformed", sa.exc.DatabaseError), DamagedError, "db check"),
        (by_driver("file is not a database", sa.exc.DatabaseError), DamagedError, "backup"),
        (by_driver("attempt to write a readonly database"), UnsuitableError, "owns"),
        (PermissionError(13, "Permission denied"), UnsuitableError, "owns"),
        (by_driver("server closed the connection"), UnreachableError, "answer"),
        (sa.exc.TimeoutError(), UnreachableError, "answer"),
    ],
)
def test_what_the_driver_says_becomes_a_sentence(error, fault, words):
    with pytest.raises(fault, match=words) as raised, translated("Not saved: "):
        raise error
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith("Not saved: ")


@pytest.mark.parametrize("opened", [reading, glancing, examining, transaction])
@pytest.mark.parametrize("error", [BrokenPipeError, ConnectionResetError, PermissionError])
def test_what_the_system_refuses_within_a_session_is_not_the_databases(own_engines, opened, error):
    with pytest.raises(error), opened(own_engines):
        raise error


def test_a_fault_of_the_code_stays_what_it_is():
    with pytest.raises(LookupError), translated():
        raise LookupError


@pytest.mark.parametrize(
    "url",
    [
        *("mysql://u:secret@h/d", "oracle:x", "nonsense", "", "://", "sqlite", "http://h:x/"),
        "postgresql+psycopg://u:secret@h/d?bogus=1",
        "postgresql+psycopg://u:secret@h/d?cursor_factory=secret",
        "postgresql+psycopg://u:secret@h/d?port=abc",
        "postgresql+psycopg2://u:secret@h/d",
    ],
)
def test_a_url_that_names_no_database_of_ours_is_refused_without_being_quoted(url):
    with pytest.raises(UnsuitableError, match="WORKBENCH_DATABASE_URL") as raised:
        engines(url)
    assert "secret" not in str(raised.value)


def test_all_of_a_process_share_one_pair(tmp_path):
    url = f"sqlite:///{tmp_path / 'a.db'}"

    assert engines(url) is engines(url)


def test_settings_are_frozen(tmp_path):
    settings = Settings(tmp_path, "", (), secure_cookies=False, accept_data_loss=False)

    with pytest.raises(AttributeError):
        settings.home = tmp_path / "other"
