"""Know people by an OIDC provider: identities bound to accounts, and sign-ins on their way."""

import sqlalchemy as sa
from alembic import op

from db.types import UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("iss", sa.String(length=500), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_identity_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_identity")),
        sa.UniqueConstraint("account_id", "iss", name=op.f("uq_account_identity_account_id_iss")),
        sa.UniqueConstraint("iss", "sub", name=op.f("uq_account_identity_iss_sub")),
    )
    op.create_table(
        "oidc_start",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("target", sa.String(length=1000), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_oidc_start_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oidc_start")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_oidc_start_state_hash")),
    )


def downgrade() -> None:
    op.drop_table("oidc_start")
    op.drop_table("account_identity")
