"""How much a reader takes in: one set for uploads, one for the command."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a reader.

    Attributes:
        file_bytes: The largest file; None for any, as long as it can be read as a stream.
        records: The most records of one file, faults counted; None for any number.
        archive_bytes: What all the members of an archive may come to when unpacked, in bytes;
            packed files inside it count towards the same sum.
        whole_bytes: The largest file that has to be in memory as a whole, in bytes.
        member_bytes: The largest member of an archive, unpacked, in bytes.
        members: The most members of an archive.
        ratio: How many times larger than packed a member may become; looked at from the first
            unpacked megabyte on, because short repetitive texts pack well.
        line: The longest line, row or value, in code points.
        depth: How deep JSON may be nested.
    """

    file_bytes: int | None
    records: int | None
    archive_bytes: int
    whole_bytes: int
    member_bytes: int = 20 * MEGABYTE
    members: int = 20_000
    ratio: int = 100
    line: int = 1_000_000
    depth: int = 20


BROWSER = Limits(
    file_bytes=50 * MEGABYTE,
    records=100_000,
    archive_bytes=200 * MEGABYTE,
    whole_bytes=50 * MEGABYTE,
)
"""For uploads: Streamlit holds them in memory."""

COMMAND = Limits(
    file_bytes=None, records=None, archive_bytes=2_000 * MEGABYTE, whole_bytes=100 * MEGABYTE
)
"""For `workbench import`: tables and archives of any size, as streams."""
