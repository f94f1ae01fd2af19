"""Rows for hundreds of keys, which are handed over as one value.

As many parameters would cost more than the look-up itself.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session

DIALECTS = ("sqlite", "postgresql")

Key = int | str


def listed(dialect: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.TableValuedAlias:
    """The values bound to `keys` as a table with the column `value`."""
    if dialect == "sqlite":
        keys = sa.func.json_each(sa.bindparam("keys", type_=sa.Text()))
        return keys.table_valued("value")
    array = sa.func.unnest(sa.bindparam("keys", type_=ARRAY(kind)))
    return array.table_valued("value").render_derived()


def both(
    statement: sa.Select[Any],
    column: sa.ColumnElement[Any],
    kind: type[sa.types.TypeEngine[Any]] = sa.BigInteger,
) -> dict[str, sa.Select[Any]]:
    """The statement for rows whose column is among `keys`, for either database."""
    array = sa.bindparam("keys", type_=ARRAY(kind))
    return {
        "sqlite": statement.where(column.in_(sa.select(listed("sqlite", kind).c.value))),
        "postgresql": statement.where(column == sa.any_(array)),
    }


def among(
    session: Session,
    statements: dict[str, sa.Select[Any]],
    keys: Iterable[Key],
    **more: Any,
) -> Sequence[Sequence[Any]]:
    """The rows of a statement for either database that is asked for `keys`, and more values."""
    name = session.get_bind().dialect.name
    ordered = sorted(set(keys))
    if not ordered:
        return []
    value = orjson.dumps(ordered).decode() if name == "sqlite" else ordered
    return session.connection().execute(statements[name], {"keys": value, **more}).all()
