"""The audit log: its last hash, and reading it."""

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.models import AuditEvent

CHAIN_LOCK = 0x46435741  # any number of our own; PostgreSQL's advisory locks are named by numbers


def lock_last_hash(session: Session) -> str:
    """The hash of the newest row, with the chain locked until the transaction ends.

    On SQLite the transaction is the only writer already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(CHAIN_LOCK)))
    newest = select(AuditEvent.hash).order_by(col(AuditEvent.id).desc()).limit(1)
    return session.exec(newest).first() or ""
