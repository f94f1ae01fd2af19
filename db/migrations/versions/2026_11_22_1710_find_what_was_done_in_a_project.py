"""Find what was done in a project, and what kinds of acts there are, from an index."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = (("project", ["project", "id"]), ("act", ["project", "act"]))
FILL = """
    UPDATE audit_event SET project = CASE
        WHEN object_type = 'project' THEN object_id
        WHEN object_type IN ('import_batch', 'snapshot') THEN {before_slash}
        ELSE {detail}
    END
"""


def upgrade() -> None:
    op.add_column("audit_event", sa.Column("project", sa.String(length=64), nullable=True))
    # The table takes no change; nothing that a row says is changed here.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_event_no_update")
        op.execute(
            FILL.format(
                before_slash="substr(object_id, 1, instr(object_id, '/') - 1)",
                detail="CASE WHEN json_valid(details) THEN json_extract(details, '$.project') END",
            )
        )
        op.execute(
            "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event "
            "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END"
        )
    else:
        op.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only")
        op.execute(
            FILL.format(
                before_slash="split_part(object_id, '/', 1)", detail="details ->> 'project'"
            )
        )
        op.execute("ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only")
    for name, columns in INDEXES:
        op.create_index(f"ix_audit_event_{name}", "audit_event", columns)


def downgrade() -> None:
    for name, _columns in INDEXES:
        op.drop_index(f"ix_audit_event_{name}", table_name="audit_event")
    op.drop_column("audit_event", "project")
