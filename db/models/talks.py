"""What is said of a sentence: a reviewer's question, replies to it, and who has seen them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime

STATES = ("open", "answered", "closed", "withdrawn")
REMARKS = ("reply", "close", "reopen", "share", "withdraw")


class Talk(SQLModel, table=True):
    """One reviewer's question about one sentence: their comment or flag, and how it stands.

    The question itself is the annotation's comment and flag, with its history in the events.
    `withdrawn` means that neither is there any more.
    """

    __tablename__ = "talk"
    __table_args__ = (
        sa.UniqueConstraint("reviewer_id", "sentence_id"),
        sa.Index("ix_talk_project_id", "project_id", "state", "asked_at"),
        sa.Index("ix_talk_sentence_id", "sentence_id"),
        sa.CheckConstraint(f"state IN {STATES}", name="state"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    sentence_id: int = Field(foreign_key="sentence.id")
    reviewer_id: int = Field(foreign_key="account.id")
    state: str = Field(max_length=20)
    asked_at: datetime = Field(sa_type=UTCDateTime)


class Remark(SQLModel, table=True):
    """One thing said or done in a talk; append-only, exactly once by `op_id`.

    A reply has a text, and may name a section of the guideline in the version it was read in;
    sharing one and taking that back name it by `about_id`.
    """

    __tablename__ = "remark"
    __table_args__ = (
        sa.Index("ix_remark_talk_id", "talk_id"),
        sa.CheckConstraint(f"act IN {REMARKS}", name="act"),
    )

    id: int = Field(default=None, primary_key=True)
    op_id: str = Field(max_length=36, unique=True)
    talk_id: int = Field(foreign_key="talk.id")
    author_id: int = Field(foreign_key="account.id")
    act: str = Field(max_length=20)
    text: str = Field(default="", sa_type=sa.Text)
    section: str = Field(default="", max_length=200)
    guideline_id: int | None = Field(default=None, foreign_key="guideline.id")
    about_id: int | None = Field(default=None, foreign_key="remark.id")
    created_at: datetime = Field(sa_type=UTCDateTime)


class SharedReply(SQLModel, table=True):
    """A reply that everybody in the project sees at present: the fold of share and withdraw."""

    __tablename__ = "shared_reply"
    __table_args__ = (sa.Index("ix_shared_reply_project_id", "project_id"),)

    remark_id: int = Field(primary_key=True, foreign_key="remark.id")
    project_id: int = Field(foreign_key="project.id")
    shared_at: datetime = Field(sa_type=UTCDateTime)


class RemarkSeen(SQLModel, table=True):
    """A reply that somebody has had on their screen."""

    __tablename__ = "remark_seen"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    remark_id: int = Field(primary_key=True, foreign_key="remark.id")
