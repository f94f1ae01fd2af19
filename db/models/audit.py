"""Who did what to which object; append-only."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime, json_type


class AuditEvent(SQLModel, table=True):
    """One act; `actor_id` is empty where the operator acted by command.

    `project` is the short name of the project that the act concerns, told by its object and its
    details; empty where it concerns none.
    """

    __tablename__ = "audit_event"
    __table_args__ = (
        sa.Index("ix_audit_event_object", "object_type", "object_id"),
        sa.Index("ix_audit_event_project", "project", "id"),
        sa.Index("ix_audit_event_act", "project", "act"),
    )

    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    actor_id: int | None = Field(default=None, foreign_key="account.id")
    act: str = Field(max_length=60)
    object_type: str = Field(max_length=40)
    object_id: str = Field(max_length=100)
    project: str | None = Field(default=None, max_length=64)
    details: dict[str, Any] = Field(sa_type=json_type())
    address: str = Field(default="", max_length=64)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
