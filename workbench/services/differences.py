"""What differs between two texts, line by line, for people to read. Pure code."""

import difflib
from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 2


class Mark(StrEnum):
    """What a line of a difference is."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a difference; of lines left out it says how many."""

    mark: Mark
    text: str


def difference(old: str, new: str) -> list[Line]:
    """The lines that were removed and added, with two that stayed on either side; empty if equal.

    Only white space at the end of a line may differ without being shown.
    """
    before, after = _lines(old), _lines(new)
    found: list[Line] = []
    groups = list(
        difflib.SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT)
    )
    shown_to = 0
    for group in groups:
        _leave_out(found, group[0][1] - shown_to)
        for kind, old_from, old_to, new_from, new_to in group:
            if kind == "equal":
                found += [Line(Mark.SAME, text) for text in before[old_from:old_to]]
                continue
            found += [Line(Mark.REMOVED, text) for text in before[old_from:old_to]]
            found += [Line(Mark.ADDED, text) for text in after[new_from:new_to]]
        shown_to = group[-1][2]
    if groups:
        _leave_out(found, len(before) - shown_to)
    return found


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")] if text.strip() else []


def _leave_out(found: list[Line], n: int) -> None:
    if n > 0:
        found.append(Line(Mark.LEFT_OUT, f"{n} line{'s' if n > 1 else ''} unchanged"))
