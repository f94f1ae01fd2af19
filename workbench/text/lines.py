"""What a line says about its kind all by itself, without the lines around it."""

from functools import lru_cache

from workbench.text.bylines import is_byline
from workbench.text.clutter import clutter
from workbench.text.datelines import is_dateline
from workbench.text.dates import is_date_line
from workbench.text.kinds import Kind, Verdict
from workbench.text.pictures import picture

MAX_LINE = 400
"""Longer lines, in code points, are prose: no menu, caption or byline is as long."""

BYLINE: Verdict = (Kind.BYLINE, "Who wrote or sent the article.")


def has_word(line: str) -> bool:
    """Say whether a line holds a letter."""
    return any(map(str.isalpha, line))


@lru_cache(maxsize=8192)  # menus repeat their lines within a page and from page to page
def line_kind(line: str) -> Verdict | None:
    """Say what a line is, if it shows that by itself.

    Args:
        line: one block, line breaks as spaces.

    Returns:
        A kind and the reason in one sentence, or None: then its neighbours decide.
    """
    if not has_word(line):
        return Kind.BOILERPLATE, "A line without a letter."
    if len(line) > MAX_LINE:
        return None
    if is_date_line(line):
        return Kind.DATELINE, "A line that is only a date."
    verdict = clutter(line)
    if verdict:
        return verdict
    if is_dateline(line):
        return Kind.DATELINE, "Where and when the report was sent."
    if is_byline(line):
        return BYLINE
    return picture(line)
