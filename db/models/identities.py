"""Who people are elsewhere: bound identities of an OIDC provider, and sign-ins on their way."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first
from db.types import UTCDateTime


class AccountIdentity(SQLModel, table=True):
    """Who signs in to an account elsewhere: the issuer and its own name for the person.

    Never an e-mail address: addresses change hands.
    """

    __tablename__ = "account_identity"
    __table_args__ = (sa.UniqueConstraint("iss", "sub"), sa.UniqueConstraint("account_id", "iss"))

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    iss: str = Field(max_length=500)
    sub: str = Field(max_length=255)
    created_at: datetime = Field(sa_type=UTCDateTime)


class OidcStart(SQLModel, table=True):
    """Somebody who was sent to the provider and may come back once, within minutes.

    Only the hash of the state is kept. `account_id` is set where somebody signed in binds an
    identity.
    """

    __tablename__ = "oidc_start"

    id: int = Field(default=None, primary_key=True)
    state_hash: str = Field(max_length=64, unique=True)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    target: str = Field(max_length=1000)
    network: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
