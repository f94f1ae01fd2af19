"""Moments in words."""

from datetime import UTC, datetime, timedelta

import pytest

from workbench.ui.times import ago

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (timedelta(seconds=-3), "just now"),  # a clock that was set back
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1, hours=23), "1 day ago"),
        (timedelta(days=6, hours=23), "6 days ago"),
        (timedelta(days=7), "3 March 2026"),
    ],
)
def test_a_moment_is_told_by_how_long_ago_it_was_and_after_a_week_by_its_day(since, words):
    assert ago(NOW - since, now=NOW) == words
