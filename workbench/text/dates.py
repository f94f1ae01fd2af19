"""Dates as they stand in articles: found by pattern, read strictly, never guessed.

A date parser let loose on prose reads words and aircraft types as dates, so only whole lines
and datelines are looked at.
"""

import re
from collections.abc import Mapping
from datetime import date

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:size]: n for n, name in enumerate(_NAMES.split(), 1) for size in (3, 4, len(name))}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w.-]){form}(?=T\d|[^\w-]|$)")
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"(?P<day>\d{{1,2}})(?P<sign>[./])(?P<month>\d{{1,2}})(?P=sign){_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)
_WEEKDAY = re.compile(
    r"(?:on )?(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b[.,]? ?", re.IGNORECASE
)
_ROLE = re.compile(
    r"(?:(?:first )?(?:published|posted|created|issued|released)(?: on| at)?\s?:?|date\s?:)\s",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:T|[,|@/-]|at|\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:[ap]\.?m\.?)?|\d{1,2}[ap]m|[ap]\.?m\.?"
    r"|[A-Z]{1,4}T|GMT|UTC|KSA|Z|[+-]\d\d:?\d\d|\s)*",
    re.IGNORECASE,
)


def read_date(line: str) -> str | None:
    """Read a line that is a date and nothing else.

    Args:
        line: one line; "Published:" before and a time of day behind the date are fine.

    Returns:
        "2015-10-16", or "2015-10" where there is no day. None when the line is something else,
        when day and month could change places, or when a weekday does not fit.
    """
    role = _ROLE.match(line)
    rest = line[role.end() :] if role else line
    weekday = _WEEKDAY.match(rest)
    start = weekday.end() if weekday else 0
    for form in _FORMS:
        found = form.match(rest, start)
        if found and _TIME.fullmatch(rest, found.end()):
            return _iso(found.groupdict(), weekday["weekday"] if weekday else None)
    return None


def find_date(piece: str) -> str | None:
    """Find the first date with a year inside a short piece, such as a dateline."""
    for form in _FORMS:
        found = form.search(piece)
        iso = _iso(found.groupdict(), None) if found else None
        if iso:
            return iso
    return None


def _iso(parts: Mapping[str, str | None], weekday: str | None) -> str | None:
    year, day = int(parts["year"] or 0), int(parts.get("day") or 0)
    name = (parts["month"] or "").lower()
    month = int(name) if name.isdigit() else _MONTHS.get(name, 0)
    if parts.get("sign") and day <= 12 and month <= 12 and day != month:
        return None  # 3/4/2015 is in March for some and in April for others
    if parts.get("sign") == "/" and month > 12:
        day, month = month, day
    if not day:
        return f"{year}-{month:02}" if month and not weekday else None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if weekday and _WEEKDAYS[found.weekday()] != weekday.lower():
        return None
    return found.isoformat()
