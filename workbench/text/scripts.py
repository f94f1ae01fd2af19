"""Scripts, as far as they tell languages and code pages apart."""

_LATIN_END = 0x250
_LATIN_MORE = range(0x1E00, 0x1F00)


def is_latin(letter: str) -> bool:
    """Say whether a letter is of the Latin script."""
    return ord(letter) < _LATIN_END or ord(letter) in _LATIN_MORE
