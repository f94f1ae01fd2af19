"""Moments in words: how long ago within a week, the day after that."""

from datetime import datetime, timedelta

from workbench.ui.imported import count, day

_WEEK = timedelta(days=7)
_STEPS = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


def ago(at: datetime, *, now: datetime) -> str:
    """3 hours ago, just now; a day in UTC where it is more than a week ago."""
    since = now - at
    if since >= _WEEK:
        return day(at.date().isoformat())
    for step, name in _STEPS:
        if since >= step:
            return f"{count(since // step, name)} ago"
    return "just now"
