"""Alembic's environment: runs in the connection that the caller hands over."""

from typing import Any, Literal

from alembic import context
from sqlmodel.sql.sqltypes import AutoString

from db.models import metadata


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write SQLModel's string type as plain `sa.String`: old migrations must not need SQLModel."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})"
    if kind == "type" and type(item).__name__ == "UTCDateTime":
        return "UTCDateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
