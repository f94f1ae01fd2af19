import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.formats.splitting import (
    Item,
    Plan,
    Split,
    StraddleError,
    check_no_straddle,
    split,
)

HALVES = {Split.TRAIN: 50, Split.TEST: 50}
CLUSTER = st.none() | st.sampled_from("abcdefgh")
ITEM = st.builds(
    Item,
    article=st.integers(0, 30).map(lambda n: f"{n:016x}"),
    labels=st.sampled_from([(), ("claim",), ("claim", "dispute")]),
    wire=CLUSTER,
    article_wire=CLUSTER,
    story=CLUSTER,
    outlet=st.sampled_from(["Courier", "Herald", None]),
    published=st.sampled_from(["2026-01-01", "2026-03", None]),
)
PLAN = st.builds(
    Plan,
    shares=st.sampled_from(
        [
            {Split.TRAIN: 80, Split.VALIDATION: 10, Split.TEST: 10},
            {Split.TRAIN: 34, Split.VALIDATION: 33, Split.TEST: 33},
            HALVES,
        ]
    ),
    seed=st.integers(0, 5),
    hold_out_outlets=st.sampled_from([(), ("Courier",)]),
    keeps_stories=st.booleans(),
)


def many(n_articles=200, n_sentences=10, **given):
    """Articles that have nothing to do with each other, with labels of three kinds."""
    kinds = [(), ("claim",), ("claim", "dispute")]
    return [
        Item(f"{article:016x}", kinds[(article + number) % 3], **given)
        for article in range(n_articles)
        for number in range(n_sentences)
    ]


@given(st.lists(ITEM, min_size=1), PLAN)
def test_no_group_is_separated_whatever_the_clusters(items, plan):
    of_article = split(items, plan).of_article

    check_no_straddle(((item, of_article[item.article]) for item in items), plan)


@given(st.lists(ITEM, min_size=1), PLAN, st.randoms(use_true_random=False))
def test_the_order_of_the_sentences_does_not_matter(items, plan, chance):
    shuffled = list(items)
    chance.shuffle(shuffled)

    assert split(shuffled, plan) == split(items, plan)


@given(st.lists(ITEM, min_size=1), PLAN)
def test_every_sentence_is_counted_in_one_split(items, plan):
    report = split(items, plan).report

    assert sum(share.n_sentences for share in report.splits.values()) == len(items)
    assert sum(size.n_sentences for size in report.sizes) == len(items)
    assert sum(share.n_articles for share in report.splits.values()) == sum(
        size.n_articles * size.n_groups for size in report.sizes
    )


@given(st.lists(ITEM, min_size=1), PLAN)
def test_what_is_held_out_is_in_the_test_split(items, plan):
    of_article = split(items, plan).of_article
    held_out = [item for item in items if plan.is_held_out(item)]

    assert {of_article[item.article] for item in held_out} <= {Split.TEST}


def test_shares_and_labels_come_to_what_was_asked():
    report = split(many(), Plan()).report

    assert {name: share.n_sentences for name, share in report.splits.items()} == {
        "train": 1600,
        "validation": 200,
        "test": 200,
    }
    for name, whole in {"claim": 1333, "dispute": 667, "none": 667}.items():
        test = report.splits[Split.TEST].n_labels[name]
        assert test == pytest.approx(whole / 10, rel=0.05)
    assert report.remarks == ()


def test_another_seed_gives_another_split():
    assert split(many(), Plan(seed=1)).of_article != split(many(), Plan(seed=2)).of_article


def test_a_chain_of_copies_and_stories_is_one_group():
    chain = [
        Item("a", wire="1"),
        Item("b", wire="1", article_wire="2"),
        Item("c", article_wire="2", story="3"),
        Item("d", story="3"),
    ]
    found = split([*chain, *many(5)], Plan(shares=HALVES))

    assert len({found.of_article[name] for name in "abcd"}) == 1
    assert [(size.n_articles, size.n_groups) for size in found.report.sizes] == [(1, 5), (4, 1)]


def test_stories_may_be_torn_where_that_is_asked():
    items = [Item("a", story="1"), Item("b", story="1")]

    assert len(set(split(items, Plan(shares=HALVES)).of_article.values())) == 1
    torn = Plan(shares=HALVES, keeps_stories=False)
    assert len(set(split(items, torn).of_article.values())) == 2


def test_no_split_is_empty_while_another_has_two_groups():
    found = split([Item(name) for name in "abc"], Plan())

    assert set(found.of_article.values()) == set(Split)


def test_too_few_groups_are_told():
    report = split([Item("a", ("claim",)), Item("b", ("claim",), story="1")], Plan()).report

    assert "No group was left for" in " ".join(report.remarks)


def test_one_group_with_most_sentences_is_told():
    tied = [Item(f"{n}", ("claim",), story="1") for n in range(90)]
    report = split([*tied, *(Item(f"x{n}") for n in range(10))], Plan()).report

    assert "One group ties 90 of 100 sentences together." in report.remarks
    assert "Train came to 90.0% where 80.0% was asked: groups are not cut." in report.remarks
    assert "Test has no sentence with the label claim." in report.remarks
    assert report.largest == 90


def test_a_copy_of_what_is_held_out_comes_along_and_is_told():
    items = [Item("a", outlet="Courier", wire="1"), Item("b", outlet="Herald", wire="1"), *many(9)]
    report = split(items, Plan(hold_out_outlets=("Courier",))).report

    assert report.n_along == 1
    assert report.splits[Split.TEST].asked is None
    assert report.splits[Split.TEST].n_sentences == 2
    assert "1 sentences came into the test split" in report.remarks[0]


@pytest.mark.parametrize(
    ("published", "is_test"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-02", True), (None, False)],
)
def test_a_date_holds_out_what_was_published_then_or_later(published, is_test):
    items = [Item("a", published=published), *many(9)]
    found = split(items, Plan(hold_out_from="2026-03-01"))

    assert (found.of_article["a"] is Split.TEST) is is_test


@pytest.mark.parametrize(
    "shares",
    [
        {Split.TRAIN: 80, Split.TEST: 10},
        {Split.TRAIN: 110, Split.TEST: -10},
        {},
    ],
)
def test_shares_that_are_not_a_hundred_are_refused(shares):
    with pytest.raises(InputError, match="100 together"):
        Plan(shares=shares)


def test_two_hold_outs_at_once_are_refused():
    with pytest.raises(InputError, match="not by both"):
        Plan(hold_out_outlets=("Courier",), hold_out_from="2026-03-01")


def test_a_hold_out_without_training_is_refused():
    with pytest.raises(InputError, match="train"):
        Plan(shares={Split.TEST: 100}, hold_out_outlets=("Courier",))


def test_nothing_cannot_be_split():
    with pytest.raises(InputError, match="no sentence"):
        split([], Plan())


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        (Item("a"), Item("a"), "The article a stands in train"),
        (Item("a", wire="7"), Item("b", wire="7"), "The wire copy 7 .*article a.*article b"),
        (Item("a", article_wire="7"), Item("b", article_wire="7"), "The copied article 7"),
        (Item("a", story="7"), Item("b", story="7"), "The story 7"),
    ],
)
def test_what_straddles_two_splits_is_named(one, other, what):
    with pytest.raises(StraddleError, match=what):
        check_no_straddle([(one, "train"), (other, "test")], Plan())


def test_clusters_of_different_kinds_with_one_name_are_not_one():
    check_no_straddle([(Item("a", wire="7"), "train"), (Item("b", story="7"), "test")], Plan())
