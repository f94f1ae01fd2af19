"""Let a one-time link invite somebody with a role and projects, be revoked, and reset a password."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = "('owner', 'sign_in', 'invitation', 'reset')"
ROLES = "('reviewer', 'adjudicator', 'manager', 'admin')"
RULES = {
    "kind": f"kind IN {KINDS}",
    "role": f"role IN {ROLES}",
    "invitation": "kind <> 'invitation' OR role IS NOT NULL",
}
MADE_BY = "fk_invite_made_by_id_account"


def upgrade() -> None:
    with op.batch_alter_table("invite") as invite:
        invite.add_column(
            sa.Column("kind", sa.String(length=20), server_default="sign_in", nullable=False)
        )
        invite.add_column(sa.Column("name", sa.String(length=80), nullable=True))
        invite.add_column(sa.Column("role", sa.String(length=20), nullable=True))
        invite.add_column(sa.Column("made_by_id", sa.Integer(), nullable=True))
        invite.add_column(sa.Column("revoked_at", UTCDateTime(), nullable=True))
        invite.add_column(
            sa.Column("is_replaced", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        invite.create_foreign_key(op.f(MADE_BY), "account", ["made_by_id"], ["id"])
        for name, rule in RULES.items():
            invite.create_check_constraint(op.f(f"ck_invite_{name}"), rule)
        invite.create_index("ix_invite_kind", ["kind", "used_at", "revoked_at"])
    op.execute("UPDATE invite SET kind = 'owner' WHERE account_id IS NULL")
    op.create_table(
        "invite_project",
        sa.Column("invite_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invite_id"], ["invite.id"], name=op.f("fk_invite_project_invite_id_invite")
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_invite_project_project_id_project")
        ),
        sa.PrimaryKeyConstraint("invite_id", "project_id", name=op.f("pk_invite_project")),
    )
    op.create_index("ix_invite_project_project_id", "invite_project", ["project_id"])


def downgrade() -> None:
    op.drop_index("ix_invite_project_project_id", table_name="invite_project")
    op.drop_table("invite_project")
    # A link of a newer kind would sign somebody in, or make an owner, as the older code reads it.
    op.execute("DELETE FROM invite WHERE kind IN ('invitation', 'reset') OR revoked_at IS NOT NULL")
    with op.batch_alter_table("invite") as invite:
        invite.drop_index("ix_invite_kind")
        for name in RULES:
            invite.drop_constraint(op.f(f"ck_invite_{name}"), type_="check")
        invite.drop_constraint(op.f(MADE_BY), type_="foreignkey")
        for name in ("is_replaced", "revoked_at", "made_by_id", "role", "name", "kind"):
            invite.drop_column(name)
