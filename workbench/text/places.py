"""Where sentences may part: what the rules on top of the engine look at."""

from collections.abc import Callable
from dataclasses import dataclass

REACH = 48
"""Code points that a rule sees on either side, so that it costs the same in any text."""


@dataclass(frozen=True, slots=True)
class Place:
    """What stands left and right of a possible end of a sentence, white space apart."""

    left: str
    right: str


Check = Callable[[Place], bool]
"""Says of one place whether a rule holds there."""
