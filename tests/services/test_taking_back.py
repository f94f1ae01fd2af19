"""Take back: the newest change by hand goes first, whatever kind it was of."""

import pytest
from loop import Desk
from repaired import Bench

from workbench.errors import NotFoundError
from workbench.services import articles


@pytest.fixture
def bench(own_engines, now):
    return Bench(Desk(own_engines, now))


def last(bench):
    with bench.desk.transaction() as session:
        return articles.last_change(
            session, actor=bench.manager, slug=bench.desk.project.slug, article=bench.article
        )


def test_changes_of_all_sorts_are_taken_back_in_turn(bench):
    states = [bench.spans()]
    acts = [
        lambda: bench.split("The pilots |doubt"),
        lambda: bench.do("set_kind", sentence=bench.named("doubt"), kind="caption", queued=False),
        lambda: bench.merge("The pilots"),
        lambda: bench.split("Sign |up"),
    ]
    for act in acts:
        act()
        states.append(bench.spans())
    for state in reversed(states[:-1]):
        bench.take_back()
        assert bench.spans() == state
    with pytest.raises(NotFoundError):
        bench.take_back()
    assert bench.desk.faults() == []


def test_what_was_taken_back_can_be_done_again(bench):
    first = bench.split("The pilots |doubt")
    bench.take_back()

    assert bench.split("The pilots |doubt") == first
    assert last(bench).act == "split_sentence"


def test_the_last_change_says_of_what_sort_it_was(bench):
    bench.split("The pilots |doubt")
    assert (last(bench).act, last(bench).n_segments) == ("split_sentence", 1)
    bench.merge("The pilots")
    assert (last(bench).act, last(bench).n_segments) == ("merge_sentences", 2)
