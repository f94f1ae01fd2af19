"""Texts from outside as a page shows them: as they were written, and turning nothing round."""

import re
from html import escape

# Embeddings, overrides and isolates: each turns round all that follows, the text's or not.
_TURNING = re.compile("[\\u202a-\\u202e\\u2066-\\u2069]")


def written(text: str) -> str:
    """The text as HTML, escaped; what would turn round the words after it is held in a box.

    It does nothing beyond its box, which shows its code. What is selected and copied is the text.
    """
    return _TURNING.sub(lambda found: _boxed(found[0]), escape(text))


def plain(text: str) -> str:
    """The text where there is no HTML, as in a table: such a sign's code stands in its place."""
    return _TURNING.sub(lambda found: f"[{_code(found[0])}]", text)


def _boxed(sign: str) -> str:
    return f'<span class="wb-turn" data-code="{_code(sign)}">{sign}</span>'


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"
