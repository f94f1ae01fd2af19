"""An article is split anew in another language as long as nobody has decided about it."""

import pytest
from loop import Desk, op
from repaired import Bench

from workbench.errors import InputError, NotAllowedError
from workbench.services.decisions import Act

JAPANESE = "港は閉鎖された。市長は否定した。調査は続く。\n"


@pytest.fixture
def bench(own_engines, now):
    bench = Bench(Desk(own_engines, now), f"Quay shut\n\n{JAPANESE}")
    bench.anew = lambda language, **more: bench.do(
        "split_anew", article=bench.article, language=language, **more
    )
    return bench


def test_it_has_the_segments_and_the_language_of_the_other_language(bench):
    first = bench.spans()
    bench.merge("港は")
    n = bench.anew("ja")

    assert len(bench.texts()) == n
    assert "港は閉鎖された。" in bench.texts()
    assert bench.view().language == "ja"
    assert [row[0] for row in bench.spans()] == [row[0] for row in first]
    assert bench.desk.faults() == []


def test_it_is_taken_back_with_its_language(bench):
    bench.merge("港は")
    before, language = bench.spans(), bench.view().language
    bench.anew("fr")
    bench.take_back()

    assert (bench.spans(), bench.view().language) == (before, language)
    assert bench.desk.faults() == []


@pytest.mark.parametrize("act", [Act.LABEL, Act.SKIP, Act.FLAG])
def test_where_somebody_has_answered_it_is_refused_with_numbers(bench, act):
    before = bench.spans()
    reason = "menu" if act is Act.SKIP else None
    bench.desk.send_one(op(bench.queue()[0], act=act, reason=reason))

    with pytest.raises(InputError, match="1 person has answered for 1 of its"):
        bench.anew("fr")
    assert (bench.spans(), bench.view().language) == (before, bench.view().language)


def test_what_is_no_language_is_refused(bench):
    with pytest.raises(InputError):
        bench.anew("Klingon!")


def test_only_who_edits_articles_may(bench):
    with pytest.raises(NotAllowedError):
        bench.anew("fr", actor=bench.desk.reviewer)
