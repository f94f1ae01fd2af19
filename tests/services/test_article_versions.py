"""An article that comes in again: beside the old one, with every answer that still holds."""

import json

import pytest
from loop import Desk, op
from repaired import Bench
from sqlmodel import col, select

from db.models import Article, Membership
from workbench.errors import InputError, TakenError
from workbench.formats.final_labels import LabelChoice
from workbench.services import articles, exporting, import_undoing, importing
from workbench.services.decisions import AckStatus, Act
from workbench.services.permissions import OPERATOR

OLD = "Quay opens\n\nThe quay opened on Monday. Two ferries came in. Nobody was hurt there.\n"
NEW = "Quay opens\n\nThe quay opened on Monday. Three ferries came in. Nobody  was hurt there.\n"


@pytest.fixture
def bench(own_engines, now):
    """One article with the answers of two people, and what brings it in again."""
    bench = Bench(Desk(own_engines, now), OLD)
    bench.old, bench.other = bench.article, bench.desk.actor()
    with bench.desk.transaction() as session:
        bench.file = session.exec(select(Article.source_name)).one()
    bench.desk.send(
        op(bench.named("The quay"), labels=("claim",), comment="sure", check_worthiness=2),
        op(bench.named("Two ferries"), labels=("dispute",)),
        op(bench.named("Nobody"), act=Act.SKIP, reason="menu"),
    )
    bench.desk.send_one(op(bench.named("The quay"), labels=()), bench.other)
    bench.desk.send_one(op(bench.named("Nobody"), act=Act.FLAG), bench.other)
    return bench


def bring(bench, text=NEW, name=None):
    """Import a file, called as the first one; its report, with the bench at its article."""
    name = name or bench.file
    (report,) = importing.import_sources(
        bench.desk.transaction,
        lambda _session: bench.desk.now,
        actor=OPERATOR,
        project_slug=bench.desk.project.slug,
        sources=[importing.Source(name, text.encode)],
    )
    if report.article:
        bench.article = report.article
    return report


def mine(bench, words, actor=None):
    return bench.desk.mine(bench.named(words), actor)


def test_answers_on_unchanged_sentences_hold_for_the_newer_version(bench):
    bring(bench)

    first = mine(bench, "The quay")
    assert (first["labels"], first["comment"], first["check_worthiness"]) == (["claim"], "sure", 2)
    assert mine(bench, "The quay", bench.other)["status"] == "labelled"
    assert mine(bench, "Nobody")["reason"] == "menu"
    assert mine(bench, "Nobody", bench.other)["flagged"] is True
    assert mine(bench, "Three ferries") == {}
    assert bench.desk.faults() == []


def test_each_repeated_answer_is_an_event_that_names_its_source(bench):
    source = bench.named("The quay")
    before = len(bench.desk.events())
    bring(bench)

    new = bench.desk.events()[before:]
    assert len(new) == 4
    assert {event.act for event in new} == {"label", "skip", "flag"}
    assert source in {event.new["copied_from"] for event in new}


def test_a_repeated_answer_can_be_changed_as_any_other(bench):
    bring(bench)
    ack = bench.desk.send_one(op(bench.named("The quay"), 1, labels=("dispute",)))

    assert ack.status is AckStatus.APPLIED
    assert bench.desk.faults() == []


def test_only_what_is_new_is_asked_about(bench):
    bring(bench)

    assert bench.queue() == [bench.named("Quay opens"), bench.named("Three ferries")]
    assert {item["article"] for item in bench.desk.window(want=100).items} == {bench.article}
    assert bench.desk.progress() | {"seconds_per_sentence": 0} == {
        "done": 2,
        "left": 2,
        "seconds_per_sentence": 0,
    }


def test_what_does_not_hold_is_listed_and_told_in_the_report(bench):
    report = bring(bench)

    assert "4 answers carried over, 1 left" in report.reason
    assert [(left.text, left.n_answers) for left in bench.view().version.left_behind] == [
        ("Two ferries came in.", 1)
    ]


def test_the_versions_know_each_other_and_the_list_shows_the_newest(bench):
    bring(bench)
    assert (bench.view().version.older, bench.view().version.newer) == (bench.old, None)
    with bench.desk.transaction() as session:
        rows = articles.listing(session, actor=bench.manager, slug=bench.desk.project.slug).rows
    assert [row.public_id for row in rows] == [bench.article]
    new, bench.article = bench.article, bench.old
    assert (bench.view().version.older, bench.view().version.newer) == (None, new)


def test_the_old_version_is_changed_by_nobody(bench):
    sentence = bench.named("The quay")
    bring(bench)
    with pytest.raises(InputError, match="newer version"):
        bench.do("merge_with_next", sentence=sentence)


def test_a_label_on_its_way_to_the_old_version_is_kept_there(bench):
    headline = bench.named("Quay opens")
    bring(bench)
    ack = bench.desk.send_one(op(headline, labels=("claim",)))

    assert (ack.status, bool(ack.reason)) == (AckStatus.APPLIED, True)
    assert bench.desk.progress()["done"] == 2
    assert bench.desk.faults() == []


def test_exports_take_the_newest_version_only(bench):
    bring(bench)
    with bench.desk.transaction() as session:
        given = {"actor": bench.manager, "project_slug": bench.desk.project.slug}
        plan = exporting.plan(session, **given, labels=LabelChoice.ALL)
        stream = exporting.stream(session, **given, labels=LabelChoice.ALL, fmt="jsonl")
        exported = b"".join(stream)
    assert bench.article.encode() in exported
    assert bench.old.encode() not in exported
    assert (plan.n_rows, plan.n_stale) == (exported.count(b"\n"), 1)


def test_a_third_version_follows_the_second(bench):
    bring(bench)
    second = bench.article
    bring(bench, NEW.replace("Three", "Four"))

    assert bench.view().version.older == second
    assert mine(bench, "The quay")["labels"] == ["claim"]
    assert bench.desk.faults() == []


def test_what_a_person_had_corrected_still_holds(bench):
    bench.do("change_details", article=bench.article, values={"outlet": "Harbour Post"})
    bench.do("set_kind", sentence=bench.named("Nobody"), kind="caption", queued=False)
    bring(bench)

    assert bench.view().header["outlet"] == "Harbour Post"
    (kept,) = [part for part in bench.view().segments if "Nobody" in part["text"]]
    assert (kept["kind"], kept["queued"]) == ("caption", False)
    assert bench.desk.faults() == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (NEW, "other.txt"),
        (NEW + "It rained. It poured. It snowed. It hailed. It cleared up.\n", None),
        ("Ferry lost\n\nIt rained. It snowed for days. Nothing else did happen.\n", None),
    ],
)
def test_another_file_or_another_text_is_another_article(bench, text, name):
    bring(bench, text, name)

    assert bench.view().version.older is None
    assert bench.desk.faults() == []


def test_what_names_another_outlet_is_another_article(bench):
    bench.do("change_details", article=bench.article, values={"outlet": "Harbour Post"})
    record = json.dumps({"text": NEW, "outlet": "Meridian"})
    bring(bench, record, "0.json")
    bring(bench, record.replace("Three", "Four").replace("Meridian", "Herald"), "0.json")

    assert bench.view().version.older is None


def test_the_same_bytes_are_there_already(bench):
    assert bring(bench, OLD).outcome is importing.Outcome.ALREADY_THERE
    assert bench.view().version.newer is None


def test_an_import_that_replaced_an_article_is_not_undone(bench):
    bring(bench)
    with bench.desk.transaction() as session, pytest.raises(TakenError):
        import_undoing.undo(
            session, actor=OPERATOR, slug=bench.desk.project.slug, number=2, now=bench.desk.now
        )


def test_answers_of_somebody_who_left_are_kept_too(bench):
    with bench.desk.transaction() as session:
        theirs = select(Membership).where(col(Membership.account_id) == bench.other.account_id)
        session.exec(theirs).one().ended_at = bench.desk.now
    report = bring(bench)

    assert "4 answers carried over" in report.reason
    assert bench.desk.faults() == []
