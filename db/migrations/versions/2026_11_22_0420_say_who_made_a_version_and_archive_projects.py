"""Say who made a version of a label set or guideline and why, and let a project be archived."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("project", sa.Column("archived_at", UTCDateTime(), nullable=True))
    for table in ("label_set", "guideline"):
        op.add_column(
            table, sa.Column("made_by", sa.String(length=40), server_default="", nullable=False)
        )
        op.add_column(table, sa.Column("note", sa.Text(), server_default="", nullable=False))
    op.add_column("label_set", sa.Column("changes", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("label_set", "changes")
    for table in ("guideline", "label_set"):
        op.drop_column(table, "note")
        op.drop_column(table, "made_by")
    op.drop_column("project", "archived_at")
