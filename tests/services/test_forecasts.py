"""A forecast is told only where days say enough, and holds the end as often as it says."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.services.forecasts import forecast, median_of, streak

DAYS = st.lists(st.integers(0, 500), min_size=1, max_size=28)


@pytest.mark.parametrize(
    "daily",
    [[], [100] * 4, [0, 0, 0, 5, 5], [0, 0, 0, 0, 900, 0, 3, 2], [500, 0, 0, 0, 1, 0, 1]],
)
def test_few_days_or_days_of_all_kinds_say_too_little(daily):
    assert forecast(daily, left=10_000) is None


def test_nothing_left_needs_no_forecast():
    assert forecast([10] * 10, left=0) is None


def test_days_that_are_all_alike_leave_no_doubt():
    found = forecast([50] * 10, left=500)
    assert (found.days, found.earliest, found.latest, found.per_day) == (10, 10, 10, 50)


def test_more_days_of_the_same_kind_leave_less_doubt():
    few, many = forecast([80, 120] * 3, left=1000), forecast([80, 120] * 12, left=1000)
    assert many.latest - many.earliest < few.latest - few.earliest


@given(DAYS, st.integers(1, 100_000))
def test_the_middle_lies_inside_and_nothing_ends_before_tomorrow(daily, left):
    found = forecast(daily, left=left)
    if found is not None:
        assert 1 <= found.earliest <= found.days <= found.latest
        assert found.n_days == len(daily)


def test_nine_in_ten_works_end_within_the_interval():
    chance = random.Random(20)  # noqa: S311 - days, not secrets
    day = lambda: chance.choice([0, 40, 60, 80, 100, 120])  # noqa: E731 - as short as what it says
    n_inside = n_told = 0
    for _ in range(2000):
        found = forecast([day() for _ in range(20)], left=1500)
        if found is None:
            continue
        n_told += 1
        left, n = 1500, 0
        while left > 0:
            left, n = left - day(), n + 1
        n_inside += found.earliest <= n <= found.latest
    assert n_told > 1900
    assert 0.86 <= n_inside / n_told <= 0.96


@pytest.mark.parametrize(
    ("days", "n"),
    [([], 0), ([10], 1), ([9], 1), ([8], 0), ([10, 9, 8, 6], 3), ([9, 8, 7], 3), ([10, 8], 1)],
)
def test_a_streak_goes_on_while_today_is_young(days, n):
    assert streak(days, today=10) == n


def test_the_median_is_the_middle_of_its_bucket():
    assert median_of({0: 1, 5: 1, 9: 1}, width=100) == 550
    assert median_of({}, width=100) is None


@given(st.lists(st.integers(0, 9_999), min_size=1, max_size=99).filter(lambda v: len(v) % 2))
def test_the_median_is_off_by_half_a_bucket_at_most(values):
    buckets = {}
    for value in values:
        buckets[value // 100] = buckets.get(value // 100, 0) + 1
    true = sorted(values)[len(values) // 2]
    assert abs(median_of(buckets, width=100) - true) <= 50
