"""By what wire copies are found: signatures of the wordings that there are."""

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.models import naming as _naming  # noqa: F401 - the names of constraints come first


class CopySignature(SQLModel, table=True):
    """A key that a wording's first sentence is found by, and similar wordings share.

    Band 0 is the exact wording, the others are bands of its MinHashes. There is one row per key
    and wording, not per sentence: what occurs ten thousand times is stored once. The key stands
    before the band, since it alone tells nearly all rows apart.
    """

    __tablename__ = "copy_signature"
    __table_args__ = (
        sa.CheckConstraint("band >= 0", name="band"),
        sa.Index("ix_copy_signature_sentence_id", "sentence_id"),
        {"sqlite_with_rowid": False},  # the key is the table: half the pages to write
    )

    project_id: int = Field(primary_key=True, foreign_key="project.id")
    key: int = Field(primary_key=True, sa_type=sa.BigInteger)
    band: int = Field(primary_key=True, sa_type=sa.SmallInteger)
    sentence_id: int = Field(primary_key=True, foreign_key="sentence.id")
