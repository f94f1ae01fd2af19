"""Projects, and what their reviewers choose from and go by."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime, json_type


class Project(SQLModel, table=True):
    """A set of articles with its label set, guideline and people."""

    __tablename__ = "project"
    __table_args__ = (sa.CheckConstraint("n_queued >= 0", name="n_queued"),)

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=200)
    settings: dict[str, Any] = Field(sa_type=json_type())  # type: ignore[call-overload,unused-ignore]
    n_queued: int = Field(default=0)
    n_batches: int = Field(default=0)
    created_at: datetime = Field(sa_type=UTCDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class LabelSet(SQLModel, table=True):
    """One version of a project's choices; never changed once made.

    `changes` says how it came from the version before: which keys were renamed, merged, retired
    or added. `made_by` is an account's public id, empty where the operator acted by command.
    """

    __tablename__ = "label_set"
    __table_args__ = (sa.UniqueConstraint("project_id", "version"),)

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    version: int
    presets: list[dict[str, Any]] = Field(sa_type=json_type())
    created_at: datetime = Field(sa_type=UTCDateTime)
    made_by: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    note: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})
    changes: dict[str, Any] | None = Field(default=None, sa_type=json_type())


class Label(SQLModel, table=True):
    """One choice of a label set."""

    __tablename__ = "label"
    __table_args__ = (sa.UniqueConstraint("label_set_id", "key"),)

    id: int = Field(default=None, primary_key=True)
    label_set_id: int = Field(foreign_key="label_set.id")
    key: str = Field(max_length=40)
    name: str = Field(max_length=80)
    meaning: str = Field(sa_type=sa.Text)
    shortcut: str = Field(max_length=1)
    colour: str = Field(max_length=20)
    position: int


class Guideline(SQLModel, table=True):
    """One version of the written instructions, in Markdown; never changed once made."""

    __tablename__ = "guideline"
    __table_args__ = (sa.UniqueConstraint("project_id", "version"),)

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    version: int
    text: str = Field(sa_type=sa.Text)
    created_at: datetime = Field(sa_type=UTCDateTime)
    made_by: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    note: str = Field(default="", sa_type=sa.Text, sa_column_kwargs={"server_default": ""})
