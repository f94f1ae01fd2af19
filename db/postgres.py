"""PostgreSQL: the engine and its timeouts, and what a server must promise."""

import sqlalchemy as sa
from sqlalchemy.engine import make_url

from db.errors import UnsuitableError

SESSION_OPTIONS = (
    "-c lock_timeout=5s -c statement_timeout=10s -c idle_in_transaction_session_timeout=30s"
    " -c timezone=UTC"
)


def engine(url: str) -> sa.Engine:
    """An engine that notices a lost server within seconds and comes back by itself."""
    parsed = make_url(url)
    if parsed.drivername in {"postgresql", "postgres"}:
        parsed = parsed.set(drivername="postgresql+psycopg")
    return sa.create_engine(
        parsed,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=5,
        connect_args={
            "options": SESSION_OPTIONS,
            "connect_timeout": 5,
            "tcp_user_timeout": 5000,
            "keepalives_idle": 10,
            "prepare_threshold": 3,
        },
    )


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
        UnsuitableError: It cannot be reached.
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
    return f"PostgreSQL {version}", off


def _short(error: sa.exc.OperationalError) -> str:
    return " ".join(str(error.orig).split())[:160]
