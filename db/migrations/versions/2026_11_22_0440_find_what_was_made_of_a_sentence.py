"""Find what was made of a sentence, so that taking an import out does not read every event."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_annotation_event_sentence_id", "annotation_event", ["sentence_id"])
    op.create_index("ix_copy_signature_sentence_id", "copy_signature", ["sentence_id"])


def downgrade() -> None:
    op.drop_index("ix_copy_signature_sentence_id", "copy_signature")
    op.drop_index("ix_annotation_event_sentence_id", "annotation_event")
