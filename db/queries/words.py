"""Words that somebody typed, or that an address holds, as both databases take them."""

MOST_WORDS = 64
"""So many words of a search count: an article that was dropped there by mistake is no question."""


def sought(search: str) -> list[str]:
    """The words that somebody looks for, in small letters, each once; the first of very many."""
    return list(dict.fromkeys(storable(search).lower().split()))[:MOST_WORDS]


def storable(text: str) -> str:
    """A text without what no stored one holds, and PostgreSQL takes in no question either.

    That is NUL and lone surrogates; a word with one of them is looked for without it.
    """
    return text.replace("\0", "").encode(errors="ignore").decode()
