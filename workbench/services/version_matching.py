"""Which article comes in again, and which of its sentences are as they were. Pure code."""

import hashlib
from collections.abc import Sequence
from difflib import SequenceMatcher
from urllib.parse import urlsplit

PART = 0.25
HALF = 0.5
LARGE = 2_000  # sentences; from here on frequent ones are no anchors, or it would take minutes


def identity(*, url: str | None, source: str, external_id: str | None, number: int) -> str | None:
    """What an article is known by: its address, else its id in its file, else its file's name.

    None for a record that has neither address nor id: its number says nothing in another file.
    """
    if url:
        parts = urlsplit(url)
        place = f"{parts.netloc.lower()}{parts.path.rstrip('/')}"
        known = f"url:{place}?{parts.query}"
    elif external_id:
        known = f"record:{source}#{external_id}"
    elif number == 0:
        known = f"file:{source}"
    else:
        return None
    return hashlib.sha256(known.encode()).hexdigest()


def unchanged(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Places of sentences that are the same but for white space, in the order of both."""
    one, other = ([" ".join(text.split()) for text in texts] for texts in (old, new))
    is_large = max(len(one), len(other)) > LARGE
    matcher = SequenceMatcher(None, one, other, autojunk=is_large)
    return [
        (block.a + n, block.b + n)
        for block in matcher.get_matching_blocks()
        for n in range(block.size)
    ]


def is_same_article(n_unchanged: int, *, n_old: int, n_new: int, by_address: bool) -> bool:
    """Whether enough is as it was.

    Under one address a quarter of the sentences of the shorter one: one address on many records
    makes no versions. Under one name of a file half of those of the longer one, since files of
    different outlets may be called alike and share wire copy.
    """
    if by_address:
        return n_unchanged > 0 and n_unchanged >= PART * min(n_old, n_new)
    return n_unchanged > 0 and n_unchanged >= HALF * max(n_old, n_new)
