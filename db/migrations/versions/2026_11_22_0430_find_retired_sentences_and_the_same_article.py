"""Find the sentences that were split or merged, and the article that comes in again."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("identity", sa.String(length=64), nullable=True))
    _index("ix_article_identity", "article", "identity", "identity IS NOT NULL")
    _index("ix_sentence_retired", "sentence", "id", "is_retired")


def _index(name: str, table: str, column: str, condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, ["project_id", column], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_sentence_retired", "sentence")
    op.drop_index("ix_article_identity", "article")
    op.drop_column("article", "identity")
