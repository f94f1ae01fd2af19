"""Words that somebody typed, or that an address holds, as both databases take them."""


def storable(text: str) -> str:
    """A text without what no stored one holds, and PostgreSQL takes in no question either.

    That is NUL and lone surrogates; a word with one of them is looked for without it.
    """
    return text.replace("\0", "").encode(errors="ignore").decode()
