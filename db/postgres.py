"""PostgreSQL: the engine and its timeouts, and what a server must promise."""

import math
import time
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

from db.errors import UnsuitableError

MISREAD = (
    "WORKBENCH_DATABASE_URL cannot be read as PostgreSQL's driver would. Begin it with "
    "postgresql+psycopg://, and look at its port and at what stands behind the '?'."
)
RESTED = 1.0  # seconds
CONNECTIONS = 20  # at most, and kept: to open one takes longer than to store a label
LONGEST_REASON = 300  # characters of what the driver says
SESSION_OPTIONS = (
    "-c lock_timeout=5s -c statement_timeout=10s -c idle_in_transaction_session_timeout=30s"
    " -c timezone=UTC"
)


def engine(url: str) -> sa.Engine:
    """An engine that notices a lost server within seconds and comes back by itself.

    A connection that has rested is asked whether it still stands before it is used. One that was
    in use a moment ago is not: the way to the server and back would be a tenth of a label.

    Raises:
        UnsuitableError: The URL has an option that there is not.
    """
    parsed = make_url(url)
    _check_options(set(parsed.query))
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    found = _created(parsed)
    event.listen(found, "checkin", _note_the_time)
    event.listen(found, "checkout", partial(_see_that_it_stands, found.dialect))
    return found


def _created(url: sa.URL) -> sa.Engine:
    try:
        return sa.create_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=5,
            connect_args={
                "options": SESSION_OPTIONS,
                "connect_timeout": 5,
                "tcp_user_timeout": 5000,
                "keepalives_idle": 10,
                "prepare_threshold": 3,
            },
        )
    except (sa.exc.ArgumentError, ImportError, ValueError) as error:
        raise UnsuitableError(MISREAD) from error


def _check_options(given: set[str]) -> None:
    """See that PostgreSQL's library knows each: others would reach the insides of the driver."""
    from psycopg import pq  # loaded where PostgreSQL is used

    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()}
    for name in sorted(given - known):
        message = (
            f"WORKBENCH_DATABASE_URL has the option {name[:40]!r}, which PostgreSQL does not know. "
            "Leave it out, or see how it is written."
        )
        raise UnsuitableError(message)


def _note_the_time(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rests since"] = time.monotonic()


def _see_that_it_stands(
    dialect: sa.Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: Any
) -> None:
    since = record.info.get("rests since", math.inf)  # a new one stands
    if time.monotonic() - since < RESTED:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise sa.exc.InvalidatePoolError from error  # it takes a new one, and so do the others


def check_server(engine: sa.Engine, *, accept_data_loss: bool) -> None:
    """See that the server keeps what it has acknowledged.

    Raises:
        UnsuitableError: It cannot be reached, or fsync or synchronous_commit is off.
    """
    _, off = server_state(engine)
    if off and not accept_data_loss:
        message = (
            f"PostgreSQL runs with {' and '.join(off)} off: acknowledged labels could be lost. "
            "Switch it on, or set WORKBENCH_ACCEPT_DATA_LOSS=1."
        )
        raise UnsuitableError(message)


def server_state(engine: sa.Engine) -> tuple[str, list[str]]:
    """The server's name with its version, and which of the promises it rests on are off.

    Raises:
        UnsuitableError: It cannot be reached, or not as the URL asks.
    """
    try:
        with engine.connect() as connection:
            version = connection.exec_driver_sql("SHOW server_version").scalar_one()
            off = [
                name
                for name in ("fsync", "synchronous_commit")
                if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off"
            ]
    except sa.exc.OperationalError as error:
        where = engine.url.set(query={}).render_as_string(hide_password=True)
        message = f"PostgreSQL at {where} cannot be reached. Is it running? ({_short(error)})"
        raise UnsuitableError(message) from error
    except (sa.exc.DBAPIError, TypeError, ValueError, AttributeError) as error:
        # The driver is given the options as they are, and fails at one in one of these ways.
        raise UnsuitableError(MISREAD) from error
    return f"PostgreSQL {version}", off


def _short(error: sa.exc.OperationalError) -> str:
    words = " ".join(str(error.orig).split())
    if len(words) <= LONGEST_REASON:
        return words
    return f"{words[: LONGEST_REASON // 3]} … {words[-LONGEST_REASON // 2 :]}"  # why stands last
