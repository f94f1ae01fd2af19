"""A date of publication, read strictly from a field that is one."""

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from workbench.text.dates import read_date

_LONGEST = 64
_YEARS = range(1600, 2101)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?|\d{8}", re.DOTALL)


def iso_date(value: str) -> str | None:
    """Read a date: ISO 8601, the form of mail and feeds, or a written-out one.

    Args:
        value: The field. A time of day is allowed and left out; the day is the one written, in
            whatever time zone.

    Returns:
        "2015-10-16", or "2015-10" where no day is given; None when it is no date, when day and
        month could change places, or when the year cannot be one of a newspaper.
    """
    value = value.strip()
    if len(value) > _LONGEST:
        return None
    month = _MONTH.fullmatch(value)
    if month:
        return value if int(month[1]) in _YEARS else None
    found = _iso(value) if _ISO.fullmatch(value) else _mailed(value)
    if found:
        return found.isoformat() if found.year in _YEARS else None
    return read_date(value)


def _iso(value: str) -> date | None:
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        return None


def _mailed(value: str) -> date | None:
    # The mail parser reads all sorts of things; what it gives counts only with day, name and year.
    if not re.fullmatch(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} [\d:]+(?: \S+)?", value):
        return None
    try:
        return parsedate_to_datetime(value).date()
    except ValueError:
        return None
