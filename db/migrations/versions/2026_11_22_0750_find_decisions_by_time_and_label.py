"""Find decisions by their time and by their label, and articles by their order."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

QUEUED = sa.text("n_queued > 0")
INDEXES = (
    ("annotation", "decided_at", ["project_id", "decided_at", "status", "reviewer_id"]),
    ("annotation", "reviewer_id", ["reviewer_id", "project_id", "decided_at", "status"]),
    ("annotation_label", "label_id", ["label_id", "annotation_id"]),
    ("article", "project_id", ["project_id", "id"]),
)


def upgrade() -> None:
    for table, name, columns in INDEXES:
        op.create_index(f"ix_{table}_{name}", table, columns)
    op.create_index(
        "ix_article_queued",
        "article",
        ["project_id", "import_batch", "queue_rank"],
        sqlite_where=QUEUED,
        postgresql_where=QUEUED,
    )


def downgrade() -> None:
    op.drop_index("ix_article_queued", table_name="article")
    for table, name, _columns in reversed(INDEXES):
        op.drop_index(f"ix_{table}_{name}", table_name=table)
