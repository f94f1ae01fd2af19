"""What the reader asks for, as it comes from a browser: checked, and nothing but that."""

from dataclasses import dataclass

from workbench.components import told

FURTHEST = 2**31  # no text is as long
ACTS = ("set_kind", "set_kind_of_reason", "split", "merge_with_next", "take_back")


@dataclass(frozen=True, slots=True)
class ChangeData:
    """What a manager asked for.

    Attributes:
        id: What the answer names.
        act: One of `ACTS`.
        sentence: Which segment; empty when the last change is to be taken back.
        kind: Its new kind.
        queued: Whether reviewers are to be asked about it.
        at: The code point of the text that the second part of a split begins at.
    """

    id: str
    act: str
    sentence: str
    kind: str
    queued: bool
    at: int


def change_of(sent: object) -> ChangeData | None:
    """The change that was sent; None where it is none."""
    if not isinstance(sent, dict):
        return None
    at = sent.get("at")
    change = ChangeData(
        id=told(sent.get("id"), 40),
        act=told(sent.get("act"), 40),
        sentence=told(sent.get("sentence"), 80),
        kind=told(sent.get("kind"), 20),
        queued=sent.get("queued") is True,
        at=at if isinstance(at, int) and 0 <= at < FURTHEST else -1,
    )
    is_whole = change.id and change.act in ACTS
    return change if is_whole and (change.sentence or change.act == "take_back") else None
