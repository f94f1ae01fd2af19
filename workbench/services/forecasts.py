"""When the work will be done, by what was done a day; or that it is too early to say. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

FEWEST_DAYS = 5
FEWEST_BUSY_DAYS = 3
LONGEST = 3650  # days; what lies beyond is no forecast
# Student's t at 95 % for as many degrees of freedom; the next lower one is taken.
_T = {4: 2.132, 5: 2.015, 6: 1.943, 7: 1.895, 8: 1.860, 10: 1.812, 13: 1.771, 16: 1.746, 20: 1.725}
_T |= {27: 1.703}


@dataclass(frozen=True, slots=True)
class Forecast:
    """In how many days the rest will be done.

    Attributes:
        per_day: The mean of the days looked at, those without work included.
        days: The rest at that mean, in days.
        earliest: The lower end of an interval that holds the end 9 times in 10, in days.
        latest: Its upper end.
        n_days: How many days were looked at.
    """

    per_day: float
    days: int
    earliest: int
    latest: int
    n_days: int


def forecast(daily: Sequence[int], *, left: int) -> Forecast | None:
    """The end of the work, if days go on as these did; None where that is too little to say.

    The work of n days is taken for the sum of n days like those seen: its mean is uncertain, and
    days differ. The interval holds each n for which the rest lies within what n days may bring
    (Fieller's, 90 %). Five days are needed, three of them with work, and an interval that ends.

    Args:
        daily: What was done on each full day, oldest first, days without work included.
        left: What is left to do.
    """
    n_seen = len(daily)
    if n_seen < FEWEST_DAYS or sum(1 for n in daily if n) < FEWEST_BUSY_DAYS or left < 1:
        return None
    mean, spread = fmean(daily), stdev(daily)
    t = _T[max(df for df in _T if df <= n_seen - 1)]
    noise = (t * spread) ** 2
    # (left - mean * n)^2 <= noise * (n + n^2 / n_seen), solved for n.
    a, b, c = mean**2 - noise / n_seen, 2 * left * mean + noise, left**2
    if a <= 0:
        return None  # the days differ so much that the pace might as well be none
    root = math.sqrt(max(b**2 - 4 * a * c, 0.0))
    earliest, latest = (b - root) / (2 * a), (b + root) / (2 * a)
    if latest > LONGEST:
        return None
    return Forecast(
        per_day=mean,
        days=math.ceil(left / mean),
        earliest=max(1, math.floor(earliest)),
        latest=math.ceil(latest),
        n_days=n_seen,
    )


def streak(days: Sequence[int], *, today: int) -> int:
    """How many days in a row somebody worked, up to today, or to yesterday where today is young.

    Args:
        days: The days with work as ordinals, in any order.
        today: Today's.
    """
    worked = set(days)
    last = today if today in worked else today - 1
    n = 0
    while last - n in worked:
        n += 1
    return n


def median_of(buckets: dict[int, int], *, width: int) -> float | None:
    """The median of values counted in buckets of a width, as the middle of its bucket.

    Args:
        buckets: How many values there are in bucket 0, 1 ...
        width: How much wider each value may be than its bucket's start.
    """
    total = sum(buckets.values())
    seen = 0
    for bucket in sorted(buckets):
        seen += buckets[bucket]
        if 2 * seen >= total:
            return (bucket + 0.5) * width
    return None
