"""Column mappings: how tables with the same headers were read the last time."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.models import ColumnMapping
from db.models.naming import table

_mapping = table(ColumnMapping)
_KEYS = ["project_id", "headers_sha256"]


def of_project(session: Session, *, project_id: int) -> dict[str, dict[str, str]]:
    """The mappings of a project by the hash of the headers."""
    statement = sa.select(_mapping.c.headers_sha256, _mapping.c.mapping).where(
        _mapping.c.project_id == project_id
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def put(
    session: Session, *, project_id: int, headers: str, mapping: Mapping[str, str], now: datetime
) -> None:
    """Store a mapping, in the place of an older one for the same headers."""
    values = {
        "project_id": project_id,
        "headers_sha256": headers,
        "mapping": dict(mapping),
        "used_at": now,
    }
    later = {"mapping": values["mapping"], "used_at": now}
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(_mapping).values(**values)
    session.execute(statement.on_conflict_do_update(index_elements=_KEYS, set_=later))
