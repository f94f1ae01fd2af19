"""Which article comes in again, and which of its sentences are as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.services.version_matching import identity, is_same_article, unchanged


def known(url=None, source="a.txt", external_id=None, number=0):
    return identity(url=url, source=source, external_id=external_id, number=number)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"url": "https://A.org/x/"}, {"url": "http://a.org/x#top", "source": "b.txt"}),
        ({"external_id": "7", "number": 3}, {"external_id": "7", "number": 9}),
        ({}, {}),
    ],
)
def test_the_same_article_is_known_by_the_same(one, other):
    assert known(**one) == known(**other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"url": "https://a.org/x"}, {"url": "https://a.org/y"}),
        ({"url": "https://a.org/x?id=1"}, {"url": "https://a.org/x?id=2"}),
        ({"url": "https://a.org/x"}, {}),
        ({"external_id": "7", "number": 3}, {"external_id": "8", "number": 3}),
        ({"external_id": "7"}, {"external_id": "7", "source": "b.csv"}),
        ({}, {"source": "b.txt"}),
    ],
)
def test_another_article_is_known_by_something_else(one, other):
    assert known(**one) != known(**other)


def test_a_record_with_neither_address_nor_id_is_known_by_nothing():
    assert known(number=2) is None


def test_sentences_are_the_same_but_for_white_space_and_keep_their_order():
    assert unchanged(["A  b.", "C.", "D."], ["New.", "A b.", "D."]) == [(0, 1), (2, 2)]


@given(st.lists(st.sampled_from("abc "), max_size=8), st.lists(st.sampled_from("abc"), max_size=8))
def test_pairs_are_equal_each_used_once_and_in_order(old, new):
    pairs = unchanged(old, new)
    assert all(old[a].split() == new[b].split() for a, b in pairs)
    assert pairs == sorted(set(pairs))
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)


@given(st.lists(st.text(max_size=3), max_size=8))
def test_a_text_that_did_not_change_is_matched_whole(texts):
    assert unchanged(texts, texts) == [(n, n) for n in range(len(texts))]


@pytest.mark.parametrize(
    ("n", "old", "new", "is_one"),
    [(0, 0, 4, False), (1, 4, 40, True), (1, 5, 5, False), (2, 5, 5, True)],
)
def test_a_quarter_of_the_shorter_one_makes_a_version_under_one_address(n, old, new, is_one):
    assert is_same_article(n, n_old=old, n_new=new, by_address=True) is is_one


@pytest.mark.parametrize(
    ("n", "old", "new", "is_one"),
    [(0, 0, 0, False), (1, 1, 4, False), (2, 4, 5, False), (3, 4, 5, True)],
)
def test_half_of_the_longer_one_makes_a_version_under_one_name(n, old, new, is_one):
    assert is_same_article(n, n_old=old, n_new=new, by_address=False) is is_one
