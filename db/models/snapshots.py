"""Snapshots: numbered states of a project's labels, never changed once taken."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime, json_type


class Snapshot(SQLModel, table=True):
    """One snapshot: what was asked for, and the manifest of the files that answer it.

    The files lie in the data folder; the manifest's hash says whether they are still the same.
    """

    __tablename__ = "snapshot"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "number"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("n_sentences >= 0", name="n_sentences"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    number: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    taken_at: datetime = Field(sa_type=UTCDateTime)
    note: str = Field(default="", sa_type=sa.Text)
    n_sentences: int
    choices: dict[str, Any] = Field(sa_type=json_type())
    manifest: dict[str, Any] = Field(sa_type=json_type())
    manifest_sha256: str = Field(max_length=64)
