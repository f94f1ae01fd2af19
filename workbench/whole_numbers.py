"""Whole numbers as they stand in commands and addresses, bounded where they are read."""

MOST = 2**31 - 1  # what both databases count to


def whole(digits: str, *, most: int = MOST) -> int | None:
    """The number that is written in digits.

    Returns:
        The number; None where it is anything but ASCII digits, or more than `most`.
    """
    if not (digits.isascii() and digits.isdigit() and len(digits) <= len(str(most))):
        return None
    number = int(digits)
    return number if number <= most else None
