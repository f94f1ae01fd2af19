"""What reviewers decided: the present value, and every decision that led to it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime, json_type

STATUSES = ("open", "labelled", "skipped")
ACTS = ("label", "skip", "comment", "flag", "clear")


class Annotation(SQLModel, table=True):
    """One reviewer's present answer for one sentence: the fold of its events.

    `open` means no decision yet, or one taken back; a comment or a flag may be there. A comment may
    mention a part of the sentence: code points counted from its start.
    """

    __tablename__ = "annotation"
    __table_args__ = (
        sa.UniqueConstraint("reviewer_id", "sentence_id"),
        sa.Index("ix_annotation_sentence_id", "sentence_id"),
        sa.Index("ix_annotation_article_id", "article_id", "reviewer_id"),
        sa.Index("ix_annotation_status", "project_id", "status", "sentence_id", "article_id"),
        sa.Index("ix_annotation_decided_at", "project_id", "decided_at", "status", "reviewer_id"),
        sa.Index("ix_annotation_reviewer_id", "reviewer_id", "project_id", "decided_at", "status"),
        sa.CheckConstraint(f"status IN {STATUSES}", name="status"),
        sa.CheckConstraint("check_worthiness BETWEEN 0 AND 2", name="check_worthiness"),
        sa.CheckConstraint("version > 0", name="version"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    article_id: int = Field(foreign_key="article.id")
    sentence_id: int = Field(foreign_key="sentence.id")
    reviewer_id: int = Field(foreign_key="account.id")
    version: int
    status: str = Field(max_length=20)
    check_worthiness: int | None = Field(default=None)
    comment: str | None = Field(default=None, sa_type=sa.Text)
    mention_start: int | None = Field(default=None)
    mention_end: int | None = Field(default=None)
    is_flagged: bool = Field(default=False)
    skip_reason: str | None = Field(default=None, sa_type=sa.Text)
    active_ms: int = Field(default=0, sa_type=sa.BigInteger)
    suggestion_shown: bool = Field(default=False)
    label_set_id: int = Field(foreign_key="label_set.id")
    guideline_id: int = Field(foreign_key="guideline.id")
    decided_at: datetime = Field(sa_type=UTCDateTime)


class AnnotationLabel(SQLModel, table=True):
    """A label that an annotation gives at present."""

    __tablename__ = "annotation_label"
    __table_args__ = (sa.Index("ix_annotation_label_label_id", "label_id", "annotation_id"),)

    annotation_id: int = Field(primary_key=True, foreign_key="annotation.id")
    label_id: int = Field(primary_key=True, foreign_key="label.id")


class AnnotationOrigin(SQLModel, table=True):
    """The sentence whose answer an annotation repeats: a wire copy, or an older version."""

    __tablename__ = "annotation_origin"
    __table_args__ = (sa.Index("ix_annotation_origin_sentence_id", "sentence_id"),)

    annotation_id: int = Field(primary_key=True, foreign_key="annotation.id")
    sentence_id: int = Field(foreign_key="sentence.id")


class AnnotationEvent(SQLModel, table=True):
    """One decision as it came in; append-only, exactly once by `op_id`, chained by hash."""

    __tablename__ = "annotation_event"
    __table_args__ = (
        sa.UniqueConstraint("reviewer_id", "sentence_id", "version"),
        sa.Index("ix_annotation_event_project_id", "project_id", "reviewer_id", "id"),
        sa.Index("ix_annotation_event_sentence_id", "sentence_id"),
        sa.CheckConstraint(f"act IN {ACTS}", name="act"),
    )

    id: int = Field(default=None, primary_key=True)
    op_id: str = Field(max_length=36, unique=True)
    project_id: int = Field(foreign_key="project.id")
    sentence_id: int = Field(foreign_key="sentence.id")
    reviewer_id: int = Field(foreign_key="account.id")
    act: str = Field(max_length=20)
    version: int
    old: dict[str, Any] | None = Field(default=None, sa_type=json_type())
    new: dict[str, Any] = Field(sa_type=json_type())
    label_set_id: int = Field(foreign_key="label_set.id")
    guideline_id: int = Field(foreign_key="guideline.id")
    active_ms: int
    shown_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    stored_at: datetime = Field(sa_type=UTCDateTime)
    payload_hash: str = Field(max_length=64)
    prev_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
