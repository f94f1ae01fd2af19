"""Lease sentences to reviewers: how many each needs, who has it, and named subsets."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

LEASED = sa.text("state = 'leased'")
OPEN = sa.text("n_taken < n_wanted")


def upgrade() -> None:
    _create_assignment()
    _create_demand()
    _create_subsets()


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"))


def _create_assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("leased_at", UTCDateTime(), nullable=False),
        sa.Column("leased_until", UTCDateTime(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('leased', 'done', 'skipped', 'released', 'expired')",
            name=op.f("ck_assignment_state"),
        ),
        sa.CheckConstraint("fence >= 0", name=op.f("ck_assignment_fence")),
        _key("assignment", "project_id", "project"),
        _key("assignment", "sentence_id", "sentence"),
        _key("assignment", "reviewer_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "sentence_id", "reviewer_id", name=op.f("uq_assignment_sentence_id_reviewer_id")
        ),
    )
    op.create_index(
        "ix_assignment_leased_until",
        "assignment",
        ["project_id", "leased_until"],
        sqlite_where=LEASED,
        postgresql_where=LEASED,
    )
    op.create_index(
        "ix_assignment_reviewer_id", "assignment", ["reviewer_id", "project_id", "state"]
    )


def _create_demand() -> None:
    op.create_table(
        "demand",
        sa.Column("sentence_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("subset_key", sa.Integer(), nullable=False),
        sa.Column("n_wanted", sa.Integer(), nullable=False),
        sa.Column("n_taken", sa.Integer(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("n_wanted > 0", name=op.f("ck_demand_n_wanted")),
        sa.CheckConstraint("n_taken >= 0", name=op.f("ck_demand_n_taken")),
        _key("demand", "project_id", "project"),
        _key("demand", "sentence_id", "sentence"),
        sa.PrimaryKeyConstraint("sentence_id", name=op.f("pk_demand")),
    )
    op.create_index(
        "ix_demand_open",
        "demand",
        ["project_id", "subset_key", "n_taken", "turn"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_table(
        "queue_mark",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("subset_key", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        _key("queue_mark", "project_id", "project"),
        _key("queue_mark", "reviewer_id", "account"),
        sa.PrimaryKeyConstraint(
            "project_id", "subset_key", "level", "reviewer_id", name=op.f("pk_queue_mark")
        ),
    )


def _create_subsets() -> None:
    op.create_table(
        "subset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        _key("subset", "project_id", "project"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subset")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_subset_project_id_name")),
    )
    op.create_table(
        "subset_article",
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subset_id", sa.Integer(), nullable=False),
        _key("subset_article", "article_id", "article"),
        _key("subset_article", "subset_id", "subset"),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_subset_article")),
    )
    op.create_index("ix_subset_article_subset_id", "subset_article", ["subset_id"])
    op.create_table(
        "subset_reviewer",
        sa.Column("subset_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        _key("subset_reviewer", "subset_id", "subset"),
        _key("subset_reviewer", "reviewer_id", "account"),
        sa.PrimaryKeyConstraint("subset_id", "reviewer_id", name=op.f("pk_subset_reviewer")),
    )
    op.create_index("ix_subset_reviewer_reviewer_id", "subset_reviewer", ["reviewer_id"])


def downgrade() -> None:
    for table in (
        "subset_reviewer",
        "subset_article",
        "subset",
        "queue_mark",
        "demand",
        "assignment",
    ):
        op.drop_table(table)
