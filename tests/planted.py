"""A row in every table with a mark in every text and every count, so that a leak of any is seen."""

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, Session

from db.models import metadata
from db.types import UTCDateTime

MARK = "zanzibar"
COUNT = 76543
KEY = 501  # beyond the keys of what a start of the server leaves
TEXT = f"{MARK}-article-text"
FOUND = re.compile(rf"{MARK}[-_ ](\w+?)-", re.IGNORECASE)
COUNTS = tuple(
    mark for size in (4, 8) for mark in (str(COUNT).encode(), COUNT.to_bytes(size, "little"))
)
# What a table needs so that those who may see it are shown it; whatever is not named is made up.
MEANT: dict[tuple[str, str], Any] = {
    ("account", "is_admin"): False,
    ("annotation", "status"): "labelled",
    ("article", "text"): TEXT,
    ("audit_event", "details"): {
        "project": f"{MARK}-project-slug",
        "note": f"{MARK}-audit_event-d",
    },
    ("audit_event", "project"): f"{MARK}-project-slug",
    ("invite", "kind"): "invitation",
    ("label_set", "presets"): [],
    ("label_set", "changes"): None,
    ("project", "settings"): {"seed": 1, "queued_kinds": ["body"], "note": f"{MARK}-project-s"},
    ("sentence", "end"): len(TEXT),
    ("sentence", "is_queued"): True,
    ("sentence", "start"): 0,
    ("session", "ended_at"): datetime(2026, 1, 1, tzinfo=UTC),
}
# These hold no text, and with one row in all would say of the article that it is its own successor,
# or of a reply that everybody may read it.
LEFT_OUT = {"annotation_origin", "article_version", "sentence_origin", "shared_reply"}


def plant(session: Session, *, now: datetime) -> dict[str, dict[str, Any]]:
    """Add a row to every table, each pointing to the others; the rows, by table."""
    rows: dict[str, dict[str, Any]] = {}
    for table in metadata.sorted_tables:
        if table.name in LEFT_OUT:
            continue
        row = {column.name: _value(table, column, rows, now) for column in table.columns}
        session.execute(sa.insert(table).values(row))
        rows[table.name] = row
    return rows


def tables_in(answer: bytes) -> set[str]:
    """From which tables an answer holds texts; `counts` stands for a number from any of them."""
    found = set(FOUND.findall(answer.decode("utf-8", "replace")))
    return found | {"counts" for count in COUNTS if count in answer}


def marked(rows: dict[str, dict[str, Any]]) -> set[tuple[str, str]]:
    """The columns that hold a mark."""
    return {
        (table, column)
        for table, row in rows.items()
        for column, value in row.items()
        if MARK in str(value)
    }


def free_texts() -> set[tuple[str, str]]:
    """The columns that hold somebody's words: neither a choice among few nor a single letter."""
    return {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if _is_text(column) and not _choices(table, column) and not _is_short(column)
    }


def _value(table: sa.Table, column: sa.Column[Any], rows: dict[str, Any], now: datetime) -> Any:
    if (table.name, column.name) in MEANT:
        return MEANT[table.name, column.name]
    for key in column.foreign_keys:
        other = rows.get(key.column.table.name)
        return other[key.column.name] if other else None
    if _is_text(column):
        choices = _choices(table, column)
        return choices[0] if choices else _mark(table, column)
    if isinstance(column.type, UTCDateTime):
        return None if column.nullable else now
    return _plain(table, column)


def _plain(table: sa.Table, column: sa.Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, sa.JSON) or "json" in type(kind).__name__.lower():
        return {"note": f"{MARK}-{table.name}-{column.name}"}
    if isinstance(kind, sa.LargeBinary):
        return f"{MARK}-{table.name}-{column.name}".encode()
    if isinstance(kind, sa.Boolean):
        return False
    if column.name.startswith("n_"):
        return COUNT
    if column.primary_key:
        return KEY
    return None if column.nullable else 1


def _is_text(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, sa.String | AutoString)


def _is_short(column: sa.Column[Any]) -> bool:
    length = getattr(column.type, "length", None)
    return length is not None and length < 2 * len(MARK)


def _mark(table: sa.Table, column: sa.Column[Any]) -> str:
    if _is_short(column):
        return "Z"
    length = getattr(column.type, "length", None)
    mark = f"{MARK}-{table.name}-{column.name}"
    return mark[:length] if length else mark


def _choices(table: sa.Table, column: sa.Column[Any]) -> list[str]:
    """What a constraint lets a column be."""
    for constraint in table.constraints:
        if isinstance(constraint, sa.CheckConstraint):
            found = re.fullmatch(rf"{column.name} IN \((.*)\)", str(constraint.sqltext))
            if found:
                return re.findall(r"'([^']*)'", found[1])
    return []
