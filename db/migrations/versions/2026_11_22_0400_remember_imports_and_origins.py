"""Remember what an import found, what was imported together, and what a sentence was made of."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Columns are added as they are, without constraints: SQLite would copy the whole table for one,
# and the tables are the largest that there are.
ARTICLE = (
    ("standfirst", sa.Text()),
    ("agency", sa.Text()),
    ("updated", sa.String(length=40)),
    ("scraped", sa.String(length=40)),
    ("found", sa.JSON()),
)


def upgrade() -> None:
    for name, kind in ARTICLE:
        op.add_column("article", sa.Column(name, kind, nullable=True))
    op.add_column("sentence", sa.Column("quote_group", sa.Integer(), nullable=True))
    op.add_column(
        "sentence",
        sa.Column("is_retired", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _create_import_tables()
    _create_origin_tables()


def _create_import_tables() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime(), nullable=True),
        sa.Column("undone_at", UTCDateTime(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_import_batch_number")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_import_batch_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_import_batch_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_import_batch_project_id_number")),
    )
    op.create_table(
        "column_mapping",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("headers_sha256", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_column_mapping_project_id_project")
        ),
        sa.PrimaryKeyConstraint("project_id", "headers_sha256", name=op.f("pk_column_mapping")),
    )


def _create_origin_tables() -> None:
    op.create_table(
        "article_version",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_version_article_id_article")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["article.id"], name=op.f("fk_article_version_replaces_id_article")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_version")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_article_version_replaces_id")),
    )
    op.create_table(
        "sentence_origin",
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["sentence.id"], name=op.f("fk_sentence_origin_origin_id_sentence")
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_sentence_origin_sentence_id_sentence")
        ),
        sa.PrimaryKeyConstraint("sentence_id", "origin_id", name=op.f("pk_sentence_origin")),
    )
    op.create_index("ix_sentence_origin_origin_id", "sentence_origin", ["origin_id"])
    op.create_table(
        "annotation_origin",
        sa.Column("annotation_id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["annotation_id"],
            ["annotation.id"],
            name=op.f("fk_annotation_origin_annotation_id_annotation"),
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"],
            ["sentence.id"],
            name=op.f("fk_annotation_origin_sentence_id_sentence"),
        ),
        sa.PrimaryKeyConstraint("annotation_id", name=op.f("pk_annotation_origin")),
    )
    op.create_index("ix_annotation_origin_sentence_id", "annotation_origin", ["sentence_id"])


def downgrade() -> None:
    for table in (
        "annotation_origin",
        "sentence_origin",
        "article_version",
        "column_mapping",
        "import_batch",
    ):
        op.drop_table(table)
    op.drop_column("sentence", "is_retired")
    op.drop_column("sentence", "quote_group")
    for name, _ in reversed(ARTICLE):
        op.drop_column("article", name)
