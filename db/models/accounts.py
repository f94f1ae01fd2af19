"""People: their accounts, roles in projects, sign-in sessions and one-time links."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime

ROLES = ("reviewer", "adjudicator", "manager")
INVITED_ROLES = (*ROLES, "admin")
LINK_KINDS = ("owner", "sign_in", "invitation", "reset")


class Account(SQLModel, table=True):
    """A person's entry. `name_key` makes names that look alike one name.

    `joins_as` is the role they get in projects made later; None when they were added to named
    projects only.
    """

    __tablename__ = "account"
    __table_args__ = (sa.CheckConstraint(f"joins_as IN {ROLES}", name="joins_as"),)

    id: int = Field(default=None, primary_key=True)
    public_id: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=80)
    name_key: str = Field(max_length=200, unique=True)
    password_hash: str | None = Field(default=None, sa_type=sa.Text)
    is_admin: bool = Field(default=False)
    joins_as: str | None = Field(default=None, max_length=20)
    created_at: datetime = Field(sa_type=UTCDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Membership(SQLModel, table=True):
    """A role in a project, with the person's place in the queue and the head of their event chain.

    Everything queued below `queue_mark` is done by this person: the search for the next sentence
    starts there. `chain_hash` is the hash of their last event; whoever adds one locks this row.
    """

    __tablename__ = "membership"
    __table_args__ = (
        sa.UniqueConstraint("project_id", "account_id"),
        sa.Index("ix_membership_account_id", "account_id"),
        sa.CheckConstraint(f"role IN {ROLES}", name="role"),
        sa.CheckConstraint("n_done >= 0", name="n_done"),
    )

    id: int = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    account_id: int = Field(foreign_key="account.id")
    role: str = Field(max_length=20)
    created_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    n_done: int = Field(default=0)
    n_events: int = Field(default=0)
    active_ms: int = Field(default=0, sa_type=sa.BigInteger)
    queue_mark: int = Field(default=0, sa_type=sa.BigInteger)
    chain_hash: str = Field(default="", max_length=64)


class SignIn(SQLModel, table=True):
    """A sign-in session: only the hash of its cookie is kept."""

    __tablename__ = "session"
    __table_args__ = (sa.Index("ix_session_account_id", "account_id"),)

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    account_id: int = Field(foreign_key="account.id")
    created_at: datetime = Field(sa_type=UTCDateTime)
    last_seen_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    browser: str = Field(default="", max_length=200)


class Invite(SQLModel, table=True):
    """A one-time link: the owner's, a sign-in, an invitation, or the way to a new password.

    `account_id` is whom it lets in; of an invitation, who took it, once that is known. An
    invitation carries a role and, unless it is into every project, rows of `InviteProject`.
    `is_replaced` says of a revoked link that a newer one stands in its place.
    """

    __tablename__ = "invite"
    __table_args__ = (
        sa.CheckConstraint(f"kind IN {LINK_KINDS}", name="kind"),
        sa.CheckConstraint(f"role IN {INVITED_ROLES}", name="role"),
        sa.CheckConstraint("kind <> 'invitation' OR role IS NOT NULL", name="invitation"),
        sa.Index("ix_invite_kind", "kind", "used_at", "revoked_at"),
    )

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    kind: str = Field(
        default="sign_in", max_length=20, sa_column_kwargs={"server_default": "sign_in"}
    )
    account_id: int | None = Field(default=None, foreign_key="account.id")
    name: str | None = Field(default=None, max_length=80)
    role: str | None = Field(default=None, max_length=20)
    made_by_id: int | None = Field(default=None, foreign_key="account.id")
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    is_replaced: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class InviteProject(SQLModel, table=True):
    """A project into which an invitation leads."""

    __tablename__ = "invite_project"
    __table_args__ = (sa.Index("ix_invite_project_project_id", "project_id"),)

    invite_id: int = Field(foreign_key="invite.id", primary_key=True)
    project_id: int = Field(foreign_key="project.id", primary_key=True)


class SignInFailure(SQLModel, table=True):
    """A failed sign-in, counted per name and per address to slow guessing down."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (
        sa.Index("ix_sign_in_failure_name_key", "name_key", "at"),
        sa.Index("ix_sign_in_failure_address", "address", "at"),
    )

    id: int = Field(default=None, primary_key=True)
    name_key: str = Field(max_length=200)
    address: str = Field(max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
