"""That nothing stands in two splits, looked at anew: not by how the split was drawn."""

from collections.abc import Iterable

from workbench.formats.splitting.groups import ties
from workbench.formats.splitting.plan import Item, Plan, StraddleError


def check_no_straddle(placed: Iterable[tuple[Item, str]], plan: Plan) -> None:
    """Look at every sentence with the split it is in.

    Raises:
        StraddleError: An article, a wire copy or a story stands in two splits.
    """
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for item, split in placed:
        for key in (("article", item.article), *ties(item, plan)):
            first, where = seen.setdefault(key, (split, item.article))
            if first != split:
                what, which = key
                message = (
                    f"The {what} {which} stands in {first} (article {where}) and in {split} "
                    f"(article {item.article}). Nothing was written; draw the split anew."
                )
                raise StraddleError(message)
