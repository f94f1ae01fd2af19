"""Acts on the queue: done in a callback, with what came of it said after."""

from collections.abc import Callable
from typing import Any, TypeVar

from workbench.errors import WorkbenchError
from workbench.ui import outcomes
from workbench.ui.context import current_actor, now, open_session

Made = TypeVar("Made")
PAGE = "queue"


def act(change: Callable[..., Made], slug: str, **values: Any) -> Made | None:
    """Do it; what it gave, or None where it could not be. A click's own values, the actor anew."""
    try:
        actor = current_actor()
        with open_session() as session:
            return change(session, actor=actor, slug=slug, now=now(session), **values)
    except WorkbenchError as error:
        outcomes.failed(str(error), on=PAGE)
        return None


def say(words: str) -> None:
    """Have this said when the page is drawn next; it may have names in it."""
    outcomes.done(words, on=PAGE)


def outcome() -> None:
    """Say what came of the last act, once."""
    outcomes.say(on=PAGE)
