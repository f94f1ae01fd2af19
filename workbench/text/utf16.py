"""Offsets as JavaScript counts them.

The workbench counts code points everywhere; only the browser component converts. These two
functions exist to test that side of it.
"""


def to_utf16(text: str, offset: int) -> int:
    """Turn an offset in code points into one in UTF-16 units.

    Args:
        text: the text that the offset points into.
        offset: code points, from 0 to `len(text)`.

    Raises:
        ValueError: the offset lies outside the text.
    """
    if not 0 <= offset <= len(text):
        raise ValueError(f"Offset {offset} lies outside a text of {len(text)} code points.")
    return offset + sum(character > "\uffff" for character in text[:offset])


def from_utf16(text: str, offset: int) -> int:
    """Turn an offset in UTF-16 units into one in code points.

    Args:
        text: the text that the offset points into.
        offset: UTF-16 units, from 0 to the text's length in them.

    Raises:
        ValueError: the offset lies outside the text or inside a surrogate pair.
    """
    units = points = 0
    while points < len(text) and units < offset:
        units += 2 if text[points] > "\uffff" else 1
        points += 1
    if units != offset:
        raise ValueError(f"Offset {offset} is no boundary between two characters of the text.")
    return points
