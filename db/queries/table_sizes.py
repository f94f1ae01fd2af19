"""What PostgreSQL's planner is told of tables that have just grown."""

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

GROWTH = 1.5
FEW_PAGES = 10

# Pages when it last looked, and now; it looks by itself too, but up to a minute later.
_GROWN = sa.text(
    "SELECT relname FROM pg_class"
    " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
    " AND relname = ANY(:names)"
    " AND pg_relation_size(oid) / current_setting('block_size')::int > :growth * relpages + :few"
    " ORDER BY relname"
)


def look_again(session: Session) -> list[str]:
    """Let PostgreSQL look at the tables that have grown by half since it last did; their names.

    Until it has, it plans as if next to nothing were in them: a reviewer's next sentences then take
    as long as the whole queue is. For the end of whatever brings in much. SQLite plans without
    looking, and nothing happens.
    """
    if session.get_bind().dialect.name != "postgresql":
        return []
    names = {"names": list(SQLModel.metadata.tables), "growth": GROWTH, "few": FEW_PAGES}
    found = list(session.execute(_GROWN, names).scalars())
    if found:  # who changes such a table at this moment is not waited for: it is looked at later
        listed = ", ".join(session.get_bind().dialect.identifier_preparer.quote(n) for n in found)
        session.execute(sa.text(f"ANALYZE (SKIP_LOCKED) {listed}"))
    return found
