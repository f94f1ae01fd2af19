"""Split and merge: what stands in an article, who is asked about it, and what is kept."""

import pytest
from loop import Desk, op
from repaired import Bench
from sqlmodel import select

from db.models import Article, Membership, Project, Sentence
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import articles
from workbench.services.decisions import AckStatus, Act
from workbench.services.permissions import Actor, Role

LABELS = ("claim",)


@pytest.fixture
def bench(own_engines, now):
    return Bench(Desk(own_engines, now))


def test_the_parts_of_a_split_stand_where_the_whole_did(bench):
    before = bench.texts()
    parts = bench.split("The pilots |doubt")

    at = before.index("The pilots doubt it.")
    assert bench.texts() == [*before[:at], "The pilots", "doubt it.", *before[at + 1 :]]
    assert [bench.named("The pilots"), bench.named("doubt it.")] == parts
    assert bench.desk.faults() == []


def test_the_parts_take_over_kind_queue_and_reason(bench):
    bench.split("By |Ada")

    assert [row[1:] for row in bench.spans() if row[1] == "byline"] == [
        row[1:] for row in bench.first if row[1] == "byline"
    ] * 2


def test_a_whole_is_merged_with_all_that_lies_between(bench):
    (whole,) = bench.merge("The pilots")

    assert bench.named("Nobody asked them.") == whole
    assert "The pilots doubt it. Nobody asked them." in bench.texts()
    assert bench.desk.faults() == []


def test_a_whole_is_asked_about_if_one_of_its_parts_was(bench):
    bench.do("merge_with_next", sentence=bench.named("Ferry back"))
    bench.do("set_kind", sentence=bench.named("Ferry"), kind="dateline", queued=False)
    bench.merge("Ferry back")

    (merged,) = [row for row in bench.spans() if row[0] == bench.named("Ferry")]
    assert merged[1:3] == ("body", True)


def test_the_last_segment_has_none_to_be_merged_with(bench):
    with pytest.raises(InputError):
        bench.merge("Sign up")


@pytest.mark.parametrize("off", [(0, 0), (0, -1), (1, 0), (1, 5)])
def test_a_part_is_never_empty(bench, off):
    edge, by = off
    whole = bench.named("The pilots")
    at = [int(one) for one in whole.partition(":")[2].split("-")][edge] + by
    with pytest.raises(InputError):
        bench.do("split", sentence=whole, at=at)


@pytest.mark.parametrize(
    "sign",
    [
        "e\u0301",
        "\U0001f469\u200d\U0001f680",
        "\U0001f44d\U0001f3fd",
        "\U0001f1eb\U0001f1f7",
        "❤\ufe0f",
    ],
)
def test_no_character_is_cut_in_two(own_engines, now, sign):
    bench = Bench(Desk(own_engines, now), f"Quay shut\n\nThe mayor signed {sign} on Monday.\n")
    found = bench.named("signed")
    start = int(found.partition(":")[2].partition("-")[0]) + len("The mayor signed ")
    for inside in range(1, len(sign)):
        with pytest.raises(InputError):
            bench.do("split", sentence=found, at=start + inside)
    assert len(bench.do("split", sentence=found, at=start + len(sign))) == 2


def test_places_are_code_points_whatever_stands_before(own_engines, now):
    bench = Bench(
        Desk(own_engines, now),
        "Quay shut\n\n\U0001f6a2\U0001f6a2 It reopened on Monday they said.\n",
    )

    bench.split("Monday| they")

    assert bench.texts()[-2:] == ["\U0001f6a2\U0001f6a2 It reopened on Monday", "they said."]


def test_a_labelled_sentence_keeps_its_labels_and_is_asked_about_no_more(bench):
    whole = bench.named("The pilots")
    bench.desk.send_one(op(whole, labels=LABELS))
    parts = bench.split("The pilots |doubt")

    assert whole not in bench.queue()
    assert bench.queue()[-3:-1] == parts
    assert bench.desk.progress()["done"] == 0
    stale = next(part for part in bench.view().segments if part["id"] == parts[0])["stale"]
    assert [(one["id"], one["n_labelled"]) for one in stale] == [(whole, 1)]


def test_a_stale_label_is_ones_own_to_see_and_nobody_elses(bench):
    whole = bench.named("The pilots")
    bench.desk.send_one(op(whole, labels=LABELS))
    bench.split("The pilots |doubt")

    (stale,) = next(part for part in bench.view().segments if part["stale"])["stale"]
    assert stale["mine"] is None
    with bench.desk.transaction() as session:
        view = articles.whole(
            session,
            actor=bench.desk.reviewer,
            slug=bench.desk.project.slug,
            article=bench.article,
        )
    (stale,) = next(part for part in view.segments if part["stale"])["stale"]
    assert stale["mine"]["labels"] == ["claim"]


def test_merged_back_a_sentence_has_its_labels_again(bench):
    whole = bench.named("The pilots")
    bench.desk.send_one(op(whole, labels=LABELS))
    bench.split("The pilots |doubt")
    bench.merge("The pilots")

    assert bench.spans() == bench.first
    assert bench.desk.progress()["done"] == 1
    assert bench.desk.mine(whole)["labels"] == ["claim"]
    assert bench.desk.faults() == []


def test_a_label_on_its_way_to_a_sentence_that_was_split_is_kept_on_it(bench):
    whole = bench.named("The pilots")
    bench.split("The pilots |doubt")
    ack = bench.desk.send_one(op(whole, labels=LABELS))

    assert (ack.status, ack.version) == (AckStatus.APPLIED, 1)
    assert "split" in (ack.reason or "")
    assert bench.desk.progress()["done"] == 0
    assert bench.desk.faults() == []
    bench.take_back()
    assert bench.desk.progress()["done"] == 1


def test_who_is_past_a_place_comes_back_for_the_parts(bench):
    for sentence in bench.queue():
        bench.desk.send_one(op(sentence, act=Act.LABEL))
    assert bench.queue() == []
    parts = bench.split("The pilots |doubt")

    assert bench.queue() == parts
    assert bench.desk.faults() == []


def test_the_queue_stays_in_reading_order(bench):
    bench.split("The pilots |doubt")
    bench.merge("We looked")
    bench.split("Ferry |back")

    queued = [part["id"] for part in bench.view().segments if part["queued"]]
    assert bench.queue() == queued


def test_a_quotation_that_is_joined_is_grouped_anew(bench):
    assert {group for *_, group in bench.rows()} == {None}
    bench.split('"We |looked')

    assert [group for _, retired, group in bench.rows() if not retired].count(0) == 2


def test_the_counts_of_the_article_and_the_project_follow(bench):
    bench.split("The pilots |doubt")
    bench.split("Sign |up")
    with bench.desk.transaction() as session:
        article = session.exec(select(Article)).one()
        project = session.get_one(Project, bench.desk.project.id)
        counted = (article.n_segments, article.n_queued, project.n_queued)
        queued = [row.is_queued for row in session.exec(select(Sentence)) if not row.is_retired]
    assert counted == (len(queued), sum(queued), sum(queued))


def test_of_two_managers_who_split_the_same_sentence_one_is_told(bench):
    whole = bench.named("The pilots")
    start = int(whole.partition(":")[2].partition("-")[0])

    def act():
        try:
            return bench.do("split", sentence=whole, at=start + 4)
        except NotFoundError as error:
            return str(error)

    done = bench.desk.at_once(act, act)
    assert sorted(type(one).__name__ for one in done) == ["list", "str"]
    assert bench.desk.faults() == []


def test_labels_and_a_split_at_once_lose_nothing(bench):
    whole = bench.named("The pilots")
    ops = [op(sentence, labels=LABELS) for sentence in bench.queue()]
    start = int(whole.partition(":")[2].partition("-")[0])
    bench.desk.at_once(
        lambda: bench.desk.send(*ops), lambda: bench.do("split", sentence=whole, at=start + 4)
    )

    assert len(bench.desk.op_ids()) == len(ops)
    assert bench.desk.progress()["done"] == len(ops) - 1
    assert bench.desk.faults() == []


@pytest.mark.parametrize("role", [*Role, "nobody"])
@pytest.mark.parametrize("act", ["split", "merge_with_next"])
def test_only_who_edits_articles_repairs_them(bench, act, role):
    if role == "nobody":
        actor = Actor(account_id=None, public_id="", name="nobody")
    else:
        actor = bench.desk.actor(role)
    given = {"sentence": bench.named("The pilots"), "actor": actor}
    if act == "split":
        given["at"] = int(given["sentence"].partition(":")[2].partition("-")[0]) + 4
    if role in (Role.MANAGER, Role.ADMIN):
        assert bench.do(act, **given)
        return
    with pytest.raises(NotAllowedError if isinstance(role, Role) else NotFoundError):
        bench.do(act, **given)
    assert bench.spans() == bench.first


def test_a_mark_is_never_behind_a_sentence_still_to_do(bench):
    for sentence in bench.queue():
        bench.desk.send_one(op(sentence))
    bench.split("Nobody |asked")
    bench.merge("Ferry")
    with bench.desk.transaction() as session:
        marks = [row.queue_mark for row in session.exec(select(Membership))]
        first = min(row.queue_key for row in session.exec(select(Sentence)) if row.is_queued)
    assert min(marks) <= first
    assert bench.desk.faults() == []
