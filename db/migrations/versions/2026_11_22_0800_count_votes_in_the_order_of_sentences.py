"""Count votes in the order of sentences, from an index alone."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_annotation_status", "annotation", ["project_id", "status", "sentence_id", "article_id"]
    )
    op.drop_index("ix_annotation_project_id", table_name="annotation")


def downgrade() -> None:
    op.create_index("ix_annotation_project_id", "annotation", ["project_id", "status"])
    op.drop_index("ix_annotation_status", table_name="annotation")
