"""What browsers run: components with their scripts, and their typed Python faces."""


def told(value: object, most: int) -> str:
    """A text that a browser sent, as both databases take it: whole characters, and not too many.

    A value comes as JSON, which can hold one half of a pair of UTF-16 units; it becomes `?`.
    """
    return str(value)[:most].encode(errors="replace").decode() if isinstance(value, str) else ""
