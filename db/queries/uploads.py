"""What came in through the browser, by account."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from db.models import ImportBatch
from db.models.naming import table

_batch = table(ImportBatch)


def uploads(session: Session, *, account_id: int, since: datetime) -> list[tuple[datetime, int]]:
    """When an account brought something in through the browser, and how many bytes; oldest first.

    In all projects, what was undone as well.
    """
    statement = (
        sa.select(_batch.c.started_at, _batch.c.report[0])
        .where(_batch.c.account_id == account_id, _batch.c.started_at > since)
        .order_by(_batch.c.started_at, _batch.c.id)
    )
    return [(at, (sums or {}).get("n_bytes", 0)) for at, sums in session.execute(statement)]
