"""Find wire copies by their signature."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CLUSTERED = sa.text("wire_cluster IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "copy_signature",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_copy_signature_project_id_project")
        ),
        sa.ForeignKeyConstraint(
            ["sentence_id"], ["sentence.id"], name=op.f("fk_copy_signature_sentence_id_sentence")
        ),
        sa.CheckConstraint("band >= 0", name=op.f("ck_copy_signature_band")),
        sa.PrimaryKeyConstraint(
            "project_id", "key", "band", "sentence_id", name=op.f("pk_copy_signature")
        ),
        sqlite_with_rowid=False,
    )
    for table in ("sentence", "article"):
        op.create_index(
            f"ix_{table}_wire_cluster",
            table,
            ["project_id", "wire_cluster", "id"],
            unique=False,
            sqlite_where=CLUSTERED,
            postgresql_where=CLUSTERED,
        )


def downgrade() -> None:
    for table in ("article", "sentence"):
        op.drop_index(f"ix_{table}_wire_cluster", table_name=table)
    op.drop_table("copy_signature")
