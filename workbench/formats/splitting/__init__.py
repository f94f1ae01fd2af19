"""Splits that do not leak: no copy, article or story stands on both sides of one.

A split is given to whole groups. Two articles are in one group when a sentence of both is of one
wire copy, when both are copies, or when they tell one story; that is carried on from article to
article.
"""

from collections.abc import Iterable

from workbench.errors import InputError
from workbench.formats.splitting.drawing import drawn
from workbench.formats.splitting.groups import grouped
from workbench.formats.splitting.plan import (
    NONE,
    SHARES,
    GroupSize,
    Item,
    Plan,
    Split,
    SplitReport,
    Splits,
    SplitShare,
    StraddleError,
)
from workbench.formats.splitting.report import reported
from workbench.formats.splitting.straddling import check_no_straddle

__all__ = [
    "NONE",
    "SHARES",
    "GroupSize",
    "Item",
    "Plan",
    "Split",
    "SplitReport",
    "SplitShare",
    "Splits",
    "StraddleError",
    "check_no_straddle",
    "split",
]


def split(items: Iterable[Item], plan: Plan) -> Splits:
    """Draw a split of whole groups.

    The same items and plan give the same split, in whatever order the items come; memory grows
    with the articles, not with the sentences.

    Args:
        items: The sentences, read once.
        plan: What is asked.

    Raises:
        InputError: There is no sentence.
    """
    groups = grouped(items, plan)
    if not groups.all:
        message = "There is no sentence to split. Choose others."
        raise InputError(message)
    placed = drawn(groups.all, plan)
    of_article = {name: placed[group.id] for group in groups.all for name in group.articles}
    return Splits(of_article, reported(groups, placed, plan))
