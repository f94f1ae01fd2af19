"""What was imported together, and how tables were read."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime, json_type


class ImportBatch(SQLModel, table=True):
    """Files that were imported together; `number` is what their articles carry.

    `report` begins with the sums of all files, and then has a line per file with the records of
    it that were refused. It is stored now and then, and whole when the import ends.
    """

    __tablename__ = "import_batch"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    number: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    started_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    report: list[dict[str, Any]] = Field(sa_type=json_type())


class ColumnMapping(SQLModel, table=True):
    """Which column of a table is what, as a person said for tables with these headers."""

    __tablename__ = "column_mapping"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    headers_sha256: str = Field(primary_key=True, max_length=64)
    mapping: dict[str, Any] = Field(sa_type=json_type())
    used_at: datetime = Field(sa_type=UTCDateTime)
