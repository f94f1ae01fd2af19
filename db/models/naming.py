"""Names of constraints, by one rule, so that a batch migration on SQLite finds them."""

import sqlalchemy as sa
from sqlmodel import SQLModel

metadata = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def table(model: type[SQLModel]) -> sa.Table:
    """The table of a model, for statements that need no ORM objects."""
    return metadata.tables[str(model.__tablename__)]
