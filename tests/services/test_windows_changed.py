"""What a repair puts in front of the place that a browser has got to comes all the same, once."""

import pytest
from loop import Desk, op
from repaired import Bench

from workbench.errors import InputError


@pytest.fixture
def bench(own_engines, now):
    return Bench(Desk(own_engines, now))


def ids(window):
    return [item["id"] for item in window.items]


def queued(bench):
    """The sentences of the article that are asked about, answered or not."""
    return [part["id"] for part in bench.view().segments if part["queued"]]


def held(bench, window):
    """The segments of the article as a window brings them; None where it does not."""
    article = window.articles.get(bench.article)
    return article and [part["id"] for part in article["segments"]]


def fresh(window, *earlier):
    """What a browser has not been told before."""
    told = {name for one in earlier for name in ids(one)}
    return [name for name in ids(window) if name not in told]


def test_two_sentences_merged_behind_the_cursor_come_as_one(bench):
    first = bench.desk.window(want=3)
    (whole,) = bench.merge("It is safe")
    window = bench.desk.window(after=first.cursor, want=10, have=[bench.article])

    assert fresh(window, first) == [whole, *queued(bench)[2:]]
    assert whole in held(bench, window)
    assert ids(bench.desk.window(after=window.cursor, want=10)) == []


def test_the_parts_of_one_that_was_split_behind_the_cursor_come_however_few_are_wanted(bench):
    first = bench.desk.window(want=3)
    parts = bench.split('It is safe," |the harbour')
    second = bench.desk.window(after=first.cursor, want=1)
    third = bench.desk.window(after=second.cursor, want=1)

    assert fresh(second, first) == parts
    assert ids(third) == queued(bench)[4:5]


def test_parts_ahead_of_the_cursor_come_with_their_article(bench):
    first = bench.desk.window(want=1)
    parts = bench.split("The pilots |doubt")
    window = bench.desk.window(after=first.cursor, want=10, have=[bench.article])

    assert [name for name in ids(window) if name in parts] == parts
    assert set(parts) <= set(held(bench, window))


def test_a_segment_brought_in_behind_the_cursor_comes(bench):
    last = bench.desk.window(want=10)
    byline = bench.named("By Ada Lin")
    bench.do("set_kind", sentence=byline, kind="byline", queued=True)
    window = bench.desk.window(after=last.cursor, want=10)

    assert fresh(window, last) == [byline]
    assert ids(bench.desk.window(after=window.cursor, want=10)) == []


def test_what_a_repair_taken_back_puts_back_comes_again(bench):
    bench.merge("It is safe")
    last = bench.desk.window(want=10)
    bench.take_back()

    assert fresh(bench.desk.window(after=last.cursor, want=10), last) == queued(bench)[1:3]


def test_an_answered_sentence_does_not_come_for_a_change_of_its_article(bench):
    last = bench.desk.window(want=10)
    (whole,) = bench.merge("It is safe")
    bench.desk.send(op(whole, labels=("claim",)))

    window = bench.desk.window(after=last.cursor, want=10)
    assert ids(window) == [name for name in queued(bench) if name != whole]


def test_a_cursor_of_an_earlier_version_still_leads_on(bench):
    assert ids(bench.desk.window(after="0", want=10)) == bench.queue()


def test_without_a_change_a_held_article_is_not_sent_again(bench):
    first = bench.desk.window(want=2)

    assert held(bench, bench.desk.window(after=first.cursor, want=2, have=[bench.article])) is None


@pytest.mark.parametrize("cursor", ["5-", "-5", "5-x", "5-6-7", "5-" + "9" * 19])
def test_half_a_cursor_is_refused(bench, cursor):
    with pytest.raises(InputError):
        bench.desk.window(after=cursor)
