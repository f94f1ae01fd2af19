"""The queue of a team: how many reviewers a sentence needs, and who has it at present."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime

ASSIGNMENT_STATES = ("leased", "done", "skipped", "released", "expired")


class Assignment(SQLModel, table=True):
    """One sentence for one reviewer, in a project whose sentences need a number of reviewers.

    `leased` holds a place until `leased_until`, `done` holds it for good; the others hold none.
    `fence` grows whenever the sentence is given out to this reviewer, or to another page of theirs.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        sa.UniqueConstraint("sentence_id", "reviewer_id"),
        sa.Index(
            "ix_assignment_leased_until",
            "project_id",
            "leased_until",
            sqlite_where=sa.text("state = 'leased'"),
            postgresql_where=sa.text("state = 'leased'"),
        ),
        sa.Index("ix_assignment_reviewer_id", "reviewer_id", "project_id", "state"),
        sa.CheckConstraint(f"state IN {ASSIGNMENT_STATES}", name="state"),
        sa.CheckConstraint("fence >= 0", name="fence"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    sentence_id: int = Field(foreign_key="sentence.id")
    reviewer_id: int = Field(foreign_key="account.id")
    state: str = Field(max_length=20)
    leased_at: datetime = Field(sa_type=UTCDateTime)
    leased_until: datetime = Field(sa_type=UTCDateTime)
    fence: int = Field(default=0)


class Demand(SQLModel, table=True):
    """How many reviewers a queued sentence needs, how many it has, and when its turn comes.

    There are rows for projects whose sentences need a number of reviewers, and for no others.
    `subset_key` is the subset its article belongs to, 0 for none.
    """

    __tablename__ = "demand"
    __table_args__ = (
        sa.Index(
            "ix_demand_open",
            "project_id",
            "subset_key",
            "n_taken",
            "turn",
            sqlite_where=sa.text("n_taken < n_wanted"),
            postgresql_where=sa.text("n_taken < n_wanted"),
        ),
        sa.CheckConstraint("n_wanted > 0", name="n_wanted"),
        sa.CheckConstraint("n_taken >= 0", name="n_taken"),
    )

    sentence_id: int = Field(
        primary_key=True, foreign_key="sentence.id", sa_column_kwargs={"autoincrement": False}
    )
    project_id: int = Field(foreign_key="project.id")
    subset_key: int = Field(default=0)
    n_wanted: int
    n_taken: int
    turn: int = Field(sa_type=sa.BigInteger)


class QueueMark(SQLModel, table=True):
    """Where a reviewer's search begins among the sentences that so many reviewers have.

    What lies before it is not for them: they have it, had it, or passed it over.
    """

    __tablename__ = "queue_mark"

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    subset_key: int = Field(primary_key=True)
    level: int = Field(primary_key=True)
    reviewer_id: int = Field(primary_key=True, foreign_key="account.id")
    turn: int = Field(sa_type=sa.BigInteger)


class Subset(SQLModel, table=True):
    """Articles of a project that are given to named reviewers, and to nobody else."""

    __tablename__ = "subset"
    __table_args__ = (sa.UniqueConstraint("project_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    name: str = Field(max_length=80)
    created_at: datetime = Field(sa_type=UTCDateTime)


class SubsetArticle(SQLModel, table=True):
    """An article of a subset; no article is in two."""

    __tablename__ = "subset_article"
    __table_args__ = (sa.Index("ix_subset_article_subset_id", "subset_id"),)

    article_id: int = Field(
        primary_key=True, foreign_key="article.id", sa_column_kwargs={"autoincrement": False}
    )
    subset_id: int = Field(foreign_key="subset.id")


class SubsetReviewer(SQLModel, table=True):
    """A reviewer whom a subset is given to."""

    __tablename__ = "subset_reviewer"
    __table_args__ = (sa.Index("ix_subset_reviewer_reviewer_id", "reviewer_id"),)

    subset_id: int = Field(primary_key=True, foreign_key="subset.id")
    reviewer_id: int = Field(primary_key=True, foreign_key="account.id")
