"""Names from outside, shown so that no character of theirs acts on what shows them."""

import re

_ACTING = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f"  # what a terminal obeys
    "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"  # what turns the direction of a line
    "\\u2028\\u2029"  # what ends one
    "\\ud800-\\udfff]"  # what is no character: a byte of a name that is not UTF-8
)


def visible(text: str, *, keeps: str = "") -> str:
    r"""The text with its acting characters written out, as `\x1b` or `\u202e`.

    Args:
        text: Anything, a file's name for example.
        keeps: Those that are meant to act, such as the tab between columns.
    """
    return _ACTING.sub(lambda found: found[0] if found[0] in keeps else _written(found[0]), text)


def _written(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # how Python holds a byte that is no UTF-8
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
