"""Articles, their raw bytes, and the sentences they were split into."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime, json_type

KINDS = (
    "body",
    "headline",
    "standfirst",
    "subhead",
    "caption",
    "credit",
    "byline",
    "dateline",
    "boilerplate",
)


def _index_on_wire_cluster(name: str) -> sa.Index:
    is_clustered = sa.text("wire_cluster IS NOT NULL")
    return sa.Index(
        f"ix_{name}_wire_cluster",
        "project_id",
        "wire_cluster",
        "id",
        sqlite_where=is_clustered,
        postgresql_where=is_clustered,
    )


class Article(SQLModel, table=True):
    """One imported text with its metadata; the text never changes.

    `found` keeps what the import found under the names of the columns, whatever a person has
    changed since; it is empty for what was imported before it was kept. The dates are ISO days or
    months with a role each: only `published` is the article's date. `identity` is what an article
    is known by when it comes in again with other bytes: a hash of its address, or of its file's
    name and its id in it.
    """

    __tablename__ = "article"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "public_id"),
        sa.UniqueConstraint("project_id", "import_batch", "queue_rank"),
        sa.CheckConstraint("n_segments > 0", name="n_segments"),
        sa.CheckConstraint("n_queued >= 0 AND n_queued <= n_segments", name="n_queued"),
        sa.Index("ix_article_project_id", "project_id", "id"),
        sa.Index(
            "ix_article_queued",
            "project_id",
            "import_batch",
            "queue_rank",
            sqlite_where=sa.text("n_queued > 0"),
            postgresql_where=sa.text("n_queued > 0"),
        ),
        _index_on_wire_cluster("article"),
        sa.Index(
            "ix_article_identity",
            "project_id",
            "identity",
            sqlite_where=sa.text("identity IS NOT NULL"),
            postgresql_where=sa.text("identity IS NOT NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    public_id: str = Field(max_length=40)
    sha256: str = Field(max_length=64)
    text_sha256: str = Field(max_length=64)
    source_name: str = Field(sa_type=sa.Text)
    encoding: str = Field(max_length=40)
    text: str = Field(sa_type=sa.Text)
    n_segments: int
    n_queued: int
    title: str | None = Field(default=None, sa_type=sa.Text)
    outlet: str | None = Field(default=None, sa_type=sa.Text)
    author: str | None = Field(default=None, sa_type=sa.Text)
    published: str | None = Field(default=None, max_length=40)
    url: str | None = Field(default=None, sa_type=sa.Text)
    standfirst: str | None = Field(default=None, sa_type=sa.Text)
    agency: str | None = Field(default=None, sa_type=sa.Text)
    updated: str | None = Field(default=None, max_length=40)
    scraped: str | None = Field(default=None, max_length=40)
    found: dict[str, Any] | None = Field(default=None, sa_type=json_type())
    identity: str | None = Field(default=None, max_length=64)
    language: str = Field(default="en", max_length=20)
    engine: str = Field(max_length=80)
    problems: str = Field(default="", sa_type=sa.Text)
    import_batch: int
    queue_rank: int
    story: str | None = Field(default=None, max_length=40)
    wire_cluster: str | None = Field(default=None, max_length=40)
    imported_at: datetime = Field(sa_type=UTCDateTime)


class ArticleSource(SQLModel, table=True):
    """The bytes an article came from, kept apart and never changed."""

    __tablename__ = "article_source"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    raw: bytes = Field(sa_type=sa.LargeBinary)


class ArticleVersion(SQLModel, table=True):
    """An article that came in again with other bytes, and the one it replaces."""

    __tablename__ = "article_version"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    replaces_id: int = Field(foreign_key="article.id", unique=True)


class Sentence(SQLModel, table=True):
    """A stored segment: a span of code points of its article's text, with its kind.

    One that was split or merged by hand is retired: it keeps its labels and stands outside the
    reading order, with a position below zero. What took its place names it in `sentence_origin`.
    `quote_group` is a number within the article, shared along one quotation.
    """

    __tablename__ = "sentence"
    __table_args__ = (
        sa.UniqueConstraint("article_id", "position"),
        sa.UniqueConstraint("article_id", "start", "end"),
        sa.CheckConstraint('start >= 0 AND "end" > start', name="span"),
        sa.CheckConstraint(f"kind IN {KINDS}", name="kind"),
        sa.Index(
            "ix_sentence_queue",
            "project_id",
            "queue_key",
            unique=True,
            sqlite_where=sa.text("is_queued"),
            postgresql_where=sa.text("is_queued"),
        ),
        _index_on_wire_cluster("sentence"),
        sa.Index(
            "ix_sentence_retired",
            "project_id",
            "id",
            sqlite_where=sa.text("is_retired"),
            postgresql_where=sa.text("is_retired"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    article_id: int = Field(foreign_key="article.id")
    position: int
    start: int
    end: int
    kind: str = Field(max_length=20)
    reason: str = Field(default="", sa_type=sa.Text)
    is_queued: bool
    queue_key: int = Field(sa_type=sa.BigInteger)
    wire_cluster: str | None = Field(default=None, max_length=40)
    quote_group: int | None = Field(default=None)
    is_retired: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class SentenceOrigin(SQLModel, table=True):
    """A sentence that a person made by splitting or merging, and one that it was made of.

    Splitting and merging back makes each the origin of the other: the links say what happened,
    `is_retired` says which of them stands.
    """

    __tablename__ = "sentence_origin"
    __table_args__ = (sa.Index("ix_sentence_origin_origin_id", "origin_id"),)

    sentence_id: int = Field(primary_key=True, foreign_key="sentence.id")
    origin_id: int = Field(primary_key=True, foreign_key="sentence.id")
