"""Talk about a sentence: comments and flags are questions, with replies that are seen and shared."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MENTION = ("mention_start", "mention_end")


def upgrade() -> None:
    for name in MENTION:
        op.add_column("annotation", sa.Column(name, sa.Integer(), nullable=True))
    _make_talk()
    _make_remark()
    op.create_table(
        "shared_reply",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("shared_at", UTCDateTime(), nullable=False),
        _key("shared_reply", "remark"),
        _key("shared_reply", "project"),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_shared_reply")),
    )
    op.create_index("ix_shared_reply_project_id", "shared_reply", ["project_id"])
    op.create_table(
        "remark_seen",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("remark_id", sa.Integer(), nullable=False),
        _key("remark_seen", "account"),
        _key("remark_seen", "remark"),
        sa.PrimaryKeyConstraint("account_id", "remark_id", name=op.f("pk_remark_seen")),
    )
    # What was commented or flagged before is a question from now on.
    op.execute(
        "INSERT INTO talk (project_id, sentence_id, reviewer_id, state, asked_at) "
        "SELECT project_id, sentence_id, reviewer_id, 'open', decided_at FROM annotation "
        "WHERE comment IS NOT NULL OR is_flagged ORDER BY id"
    )


def _make_talk() -> None:
    op.create_table(
        "talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("sentence_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'answered', 'closed', 'withdrawn')", name=op.f("ck_talk_state")
        ),
        _key("talk", "project"),
        _key("talk", "sentence"),
        _key("talk", "account", column="reviewer_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
        sa.UniqueConstraint(
            "reviewer_id", "sentence_id", name=op.f("uq_talk_reviewer_id_sentence_id")
        ),
    )
    op.create_index("ix_talk_project_id", "talk", ["project_id", "state", "asked_at"])
    op.create_index("ix_talk_sentence_id", "talk", ["sentence_id"])


def _make_remark() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(length=36), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("section", sa.String(length=200), nullable=False),
        sa.Column("guideline_id", sa.Integer(), nullable=True),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "act IN ('reply', 'close', 'reopen', 'share', 'withdraw')", name=op.f("ck_remark_act")
        ),
        _key("remark", "talk"),
        _key("remark", "account", column="author_id"),
        _key("remark", "guideline"),
        _key("remark", "remark", column="about_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("op_id", name=op.f("uq_remark_op_id")),
    )
    op.create_index("ix_remark_talk_id", "remark", ["talk_id"])
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER remark_no_{act} BEFORE {act.upper()} ON remark "
                "BEGIN SELECT RAISE(ABORT, 'remark is append-only'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER remark_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON remark "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def _key(table: str, to: str, column: str | None = None) -> sa.ForeignKeyConstraint:
    column = column or f"{to}_id"
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def downgrade() -> None:
    for table in ("remark_seen", "shared_reply", "remark", "talk"):
        op.drop_table(table)  # and the triggers with it
    for name in MENTION:
        op.drop_column("annotation", name)
