"""PostgreSQL's connections: a lost one is noticed before it is used, without asking each time."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from running import until

from db import engine, postgres
from db.engine import engines, transaction
from db.errors import BusyError, UnreachableError

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)

ONE = sa.text("SELECT 1")
END_THE_OTHERS = sa.text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture
def pair(empty_url):
    """A database, with a connection that was just used."""
    pair = engines(empty_url)
    with transaction(pair) as session:
        session.execute(ONE)
    return pair


@pytest.fixture
def end_connections(pair):
    """The server ends every connection, as when it starts anew."""

    def run():
        other = sa.create_engine(pair.write.url, poolclass=sa.NullPool)
        with other.begin() as connection:
            connection.execute(END_THE_OTHERS)
        other.dispose()

    return run


def one(pair):
    with transaction(pair) as session:
        return session.execute(ONE).scalar_one()


def test_a_lost_connection_that_rested_is_replaced_unnoticed(pair, end_connections, monkeypatch):
    monkeypatch.setattr(postgres, "RESTED", 0.0)
    end_connections()

    assert [one(pair), one(pair)] == [1, 1]


def test_one_lost_in_use_fails_once_and_all_are_replaced(pair, end_connections):
    with transaction(pair) as first, transaction(pair) as second:  # two are in the pool
        first.execute(ONE)
        second.execute(ONE)
    end_connections()
    with pytest.raises(UnreachableError):
        one(pair)

    assert [one(pair), one(pair)] == [1, 1]


def test_only_a_connection_that_rested_is_asked(pair, monkeypatch):
    asked = []
    ping = pair.write.dialect.do_ping
    monkeypatch.setattr(pair.write.dialect, "do_ping", lambda it: asked.append(it) or ping(it))
    one(pair)
    assert not asked

    start = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: start + 2 * postgres.RESTED)
    one(pair)
    assert len(asked) == 1


def test_connections_that_many_needed_at_once_are_kept(pair):
    with ExitStack() as held:
        for _ in range(postgres.CONNECTIONS):
            held.enter_context(pair.write.connect())
    assert pair.write.pool.checkedin() == postgres.CONNECTIONS


def test_a_connection_goes_to_whoever_asked_first(pair):
    served = []

    def work(number):
        with transaction(pair) as session:
            session.execute(ONE)
            served.append(number)

    with ThreadPoolExecutor(10) as pool, ExitStack() as held:
        for _ in range(postgres.CONNECTIONS - 1):
            held.enter_context(transaction(pair)).execute(ONE)
        with transaction(pair) as last:
            last.execute(ONE)
            for number in range(10):
                pool.submit(work, number)
                until(lambda n=number: len(pair.connections._line) == postgres.CONNECTIONS + n + 1)
            assert served == []
        until(lambda: len(served) == 10)

    assert served == list(range(10))


def test_who_gets_no_connection_in_time_is_told_and_nothing_is_broken(pair, monkeypatch):
    monkeypatch.setattr(engine, "CONNECT_TIMEOUT", 0.05)
    with ExitStack() as held:
        for _ in range(postgres.CONNECTIONS):
            held.enter_context(transaction(pair))
        with pytest.raises(BusyError, match="Try again"):
            one(pair)

    assert one(pair) == 1
