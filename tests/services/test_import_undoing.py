"""An import can be taken out as if it had never come, as long as nobody worked on it."""

import itertools
import random
import time

import pytest
import sqlalchemy as sa
from loop import TEXT, Act, Desk, op
from sqlmodel import col, select

from db.engine import reading, transaction
from db.models import (
    Article,
    ArticleSource,
    ArticleVersion,
    AuditEvent,
    CopySignature,
    ImportBatch,
    Project,
    Sentence,
    metadata,
)
from db.queries import imports as queries
from workbench.errors import NotAllowedError, NotFoundError, TakenError
from workbench.services import import_undoing, importing, imports, project_acts
from workbench.services.decisions import AckStatus
from workbench.services.importing import Outcome, Source
from workbench.services.permissions import OPERATOR, Actor, Role

NOBODY = Actor(account_id=None, public_id="", name="nobody")
POOL = (
    "The port office said on Monday that 380 cranes had been moved from the quay.",
    "The port office said on Tuesday that 380 cranes had been moved from the old quay.",
    "The port office said on Monday that 412 cranes had been moved from the quay.",
    "Residents of the lower town spoke of water that stood as high as the window sills.",
    "Engineers expect the coastal road to stay shut until the retaining wall is rebuilt.",
    # These three are one cluster through the middle one only.
    "Crews worked all night to clear the northern road of mud, ice and fallen trees there.",
    "Crews worked all night to clear the northern road of mud, and so did the farmers.",
    "Soldiers helped to clear the northern road of mud, and so did the farmers nearby.",
    "Two ferries were turned back at noon because the landing stage had broken loose.",
    "Lessons at the primary school will begin again once its boiler has been replaced.",
)


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


def bring(desk, *texts, encoding="utf-8", name="a"):
    """Import texts as files of their own; the reports."""
    sources = [
        Source(f"{name}{number}.txt", lambda text=text: text.encode(encoding))
        for number, text in enumerate(texts)
    ]
    given = {"actor": OPERATOR, "project_slug": desk.project.slug, "sources": sources}
    return list(importing.import_sources(desk.transaction, lambda _: desk.now, **given))


def undo(desk, number, actor=OPERATOR):
    with desk.transaction() as session:
        return import_undoing.undo(
            session, actor=actor, slug=desk.project.slug, number=number, now=desk.now
        )


def plan(desk, number, actor=OPERATOR):
    with reading(desk.engines) as session:
        return import_undoing.plan(session, actor=actor, slug=desk.project.slug, number=number)


def counted(desk):
    """How many rows each table has that an import writes."""
    with reading(desk.engines) as session:
        return {
            model.__tablename__: session.execute(
                sa.select(sa.func.count()).select_from(metadata.tables[model.__tablename__])
            ).scalar_one()
            for model in (Article, ArticleSource, Sentence, CopySignature)
        }


def state(desk):
    """Articles with their clusters, sentences with theirs, keys that they are found by, counts."""
    with reading(desk.engines) as session:
        articles = session.exec(select(Article).order_by(col(Article.public_id))).all()
        names = {article.id: article.public_id for article in articles}
        sentences = session.exec(select(Sentence).order_by(col(Sentence.id))).all()
        spans = {row.id: (names[row.article_id], row.start) for row in sentences}
        keys = session.exec(select(CopySignature)).all()
        return (
            [(article.public_id, article.wire_cluster) for article in articles],
            sorted((spans[row.id], row.wire_cluster or "") for row in sentences),
            sorted((row.key, row.band) for row in keys),
            session.exec(select(Project.n_queued)).all(),
        )


def test_what_came_in_is_gone_and_everything_is_as_it_was(desk):
    desk.bring(TEXT)
    before, rows = state(desk), counted(desk)
    bring(desk, "The quay opened.\nTwo ferries came.\n", "It rained all day.", name="b")
    found = plan(desk, 2)
    assert undo(desk, 2) == found
    assert (found.n_articles, found.n_sentences, found.n_queued) == (2, 3, 3)
    assert state(desk) == before
    assert counted(desk) == rows
    assert desk.faults() == []


def test_the_queue_goes_on_with_what_is_left(desk):
    bring(desk, "The quay opened.\nTwo ferries came.\n", name="b")
    sentences = desk.bring(TEXT)
    undo(desk, 1)
    assert [item["id"] for item in desk.window(want=100).items] == sentences[2:]
    assert desk.progress()["left"] == len(sentences) - 2


def test_marks_that_stood_behind_it_stay_right(desk):
    first = desk.bring(TEXT)
    bring(desk, "The quay opened.\n", name="b")
    desk.send(*[op(sentence, labels=("claim",)) for sentence in first])
    undo(desk, 2)
    assert desk.faults() == []
    assert desk.window(want=10).items == []
    bring(desk, "It rained all day.", name="c")
    assert len(desk.window(want=10).items) == 1


def test_the_same_bytes_can_come_in_again(desk):
    (first,) = bring(desk, "The quay opened, she said.")
    undo(desk, 1)
    (again,) = bring(desk, "The quay opened, she said.")
    assert (again.outcome, again.article, again.batch) == (Outcome.ADDED, first.article, 2)


@pytest.mark.parametrize(
    "decision",
    [{"labels": ("claim",)}, {"act": Act.SKIP, "reason": "menu"}, {"act": Act.COMMENT}],
    ids=["a label", "a skip", "a comment"],
)
def test_any_decision_of_anybody_refuses_it_with_numbers(desk, decision):
    sentences = desk.bring(TEXT)
    other = desk.actor()
    given = decision | ({"comment": "Who?"} if decision.get("act") is Act.COMMENT else {})
    desk.send(op(sentences[0], **given))
    desk.send(op(sentences[0], **given), op(sentences[1], **given), actor=other)
    before = state(desk)
    with pytest.raises(TakenError, match=r"2 of its sentences are .* by 2 reviewers"):
        undo(desk, 1)
    assert state(desk) == before
    assert plan(desk, 1).reason.startswith("Import 1 cannot be undone")


def test_a_label_that_was_taken_back_refuses_it_too(desk):
    sentences = desk.bring(TEXT)
    desk.send(op(sentences[0], labels=("claim",)), op(sentences[0], 1, Act.CLEAR))
    with pytest.raises(TakenError, match="1 of its sentences is"):
        undo(desk, 1)


def test_labels_in_another_import_do_not_matter(desk):
    sentences = desk.bring(TEXT)
    bring(desk, "The quay opened.\n", name="b")
    desk.send(op(sentences[0], labels=("claim",)))
    undo(desk, 2)
    assert desk.mine(sentences[0])["labels"] == ["claim"]
    assert desk.faults() == []


def test_an_import_is_undone_once(desk):
    desk.bring(TEXT)
    undo(desk, 1)
    with pytest.raises(TakenError, match="was undone on"):
        undo(desk, 1)


def test_an_import_that_brought_nothing_has_nothing_to_undo(desk):
    bring(desk, "")
    with pytest.raises(TakenError, match="brought no article in"):
        undo(desk, 1)


@pytest.mark.parametrize("number", [0, 7])
def test_an_import_that_is_not_there_is_not_undone(desk, number):
    with pytest.raises(NotFoundError, match="no import"):
        undo(desk, number)


@pytest.mark.parametrize(
    ("role", "error"),
    [(Role.REVIEWER, NotAllowedError), (Role.ADJUDICATOR, NotAllowedError), (None, NotFoundError)],
)
def test_only_who_imports_undoes(desk, role, error):
    desk.bring(TEXT)
    who = NOBODY if role is None else desk.actor(role)
    before = state(desk)
    for act in (undo, plan):
        with pytest.raises(error):
            act(desk, 1, actor=who)
    assert state(desk) == before


def test_it_stays_in_the_list_and_in_the_audit_log(desk):
    desk.bring(TEXT)
    manager = desk.actor(Role.MANAGER)
    undo(desk, 1, actor=manager)
    with reading(desk.engines) as session:
        (line,) = imports.listing(session, actor=manager, slug=desk.project.slug).rows
        (event,) = session.exec(select(AuditEvent).where(col(AuditEvent.act) == "undo_import"))
        assert (event.actor_id, event.object_id) == (manager.account_id, f"{desk.project.slug}/1")
        assert event.details == {
            "articles": 1,
            "segments": 5,
            "queued": 5,
            "standing_again": [],
        }
    assert (line.n_articles, line.sums.n_added, line.undone_at) == (0, 1, desk.now)


VERSIONS = tuple(
    "The quay opened on Monday.\nTwo ferries came in.\nNobody was hurt.\nThe mayor thanked the "
    f"crews.\nIt rained all day.\n{last}\n"
    for last in ("It was warm.", "It was cold.", "It was dark.")
)


def chain(desk):
    """Which article replaces which, and which are in the queue."""
    with reading(desk.engines) as session:
        names = {each.id: each for each in session.exec(select(Article)).all()}
        rows = session.exec(select(ArticleVersion)).all()
        links = {(names[row.article_id].text, names[row.replaces_id].text) for row in rows}
        return links, {each.text for each in names.values() if each.n_queued}


def test_an_article_that_was_replaced_stands_again_as_it_was(desk):
    bring(desk, VERSIONS[0])
    before = state(desk)
    bring(desk, VERSIONS[1])
    assert chain(desk) == ({(VERSIONS[1], VERSIONS[0])}, {VERSIONS[1]})
    assert plan(desk, 2).n_older == 1
    undo(desk, 2)
    assert state(desk) == before
    assert len(desk.window(want=10).items) == 6
    assert desk.faults() == []


def test_a_version_taken_out_from_between_leaves_the_newest_in_force(desk):
    for version in VERSIONS:
        bring(desk, version)
    undo(desk, 2)
    assert chain(desk) == ({(VERSIONS[2], VERSIONS[0])}, {VERSIONS[2]})
    undo(desk, 3)
    assert chain(desk) == (set(), {VERSIONS[0]})
    assert desk.faults() == []


def test_the_oldest_version_can_be_taken_out_by_itself(desk):
    for version in VERSIONS[:2]:
        bring(desk, version)
    undo(desk, 1)
    assert chain(desk) == (set(), {VERSIONS[1]})
    assert desk.faults() == []


def test_whatever_people_make_of_articles_and_sentences_stands_against_it(desk):
    sentences = desk.bring(TEXT)
    desk.send(op(sentences[0], labels=("claim",)))
    with reading(desk.engines) as session:
        made = queries.made_of_it(session, project_id=desk.project.id, number=1)
    assert made == {"annotation": 2, "annotation_event": 1}  # one refers to both


def test_of_every_table_that_refers_to_them_it_is_known_whether_it_goes_or_stands(desk):
    going = {model.__tablename__ for model in queries.TAKEN_OUT}
    standing = {"annotation", "annotation_event", "annotation_origin", "talk"}
    referring = {
        one.name
        for one in metadata.sorted_tables
        for key in one.foreign_keys
        if key.column.table.name in ("article", "sentence")
    }
    # A new table belongs to one of the two: what is found at import goes, what people make stands.
    assert referring <= going | standing
    assert going - {"article"} <= referring


@pytest.mark.parametrize("seed", range(8))
def test_wire_copies_are_as_if_it_had_never_come(desk, seed):
    rng = random.Random(seed)  # noqa: S311 - no secret, the same articles each time
    texts = ["\n\n".join(rng.sample(POOL, rng.randint(1, 6))) for _ in range(7)]
    texts = [f"{text}\n\nThis is number {'x' * n} of the day." for n, text in enumerate(texts)]
    gone = set(rng.sample(range(7), 3))
    for text in (each for n, each in enumerate(texts) if n not in gone):
        bring(desk, text)
    expected = state(desk)
    for number in range(1, 5):
        undo(desk, number)
    assert state(desk)[:3] == ([], [], [])
    with desk.transaction() as session:  # the same order of ids is not promised, so begin anew
        assert session.exec(select(sa.func.count()).select_from(CopySignature)).one() == 0
    numbers = {n: bring(desk, text)[0].batch for n, text in enumerate(texts)}
    for n in sorted(gone, key=lambda n: rng.random()):
        undo(desk, numbers[n])
    assert state(desk)[:2] == expected[:2]
    assert state(desk)[3] == expected[3]
    assert desk.faults() == []


def test_what_is_left_is_found_by_what_comes_later(desk):
    bring(desk, POOL[0])
    bring(desk, POOL[0] + "\n\nSomething else was said.")
    undo(desk, 1)
    (later,) = bring(desk, f"{POOL[0]}\n\n{POOL[3]}")
    assert later.n_copies == 1
    assert desk.faults() == []


def test_a_label_and_an_undo_at_the_same_time_leave_one_of_them(desk):
    won = {"label": 0, "undo": 0}
    for round_ in range(20):
        (report,) = bring(desk, f"The quay opened on day {round_}.\n", name=f"r{round_}-")
        sentence = f"{report.article}:0-{len(f'The quay opened on day {round_}.')}"

        def label(sentence=sentence, wait=round_ % 4):
            time.sleep(wait / 1000)
            return desk.send_one(op(sentence, labels=("claim",)))

        def take_out(number=report.batch, wait=round_ % 3):
            time.sleep(wait / 1000)
            try:
                return undo(desk, number)
            except TakenError as error:
                return error

        ack, undone = desk.at_once(label, take_out)
        is_undone = not isinstance(undone, TakenError)
        assert (ack.status is AckStatus.REFUSED) is is_undone
        assert ack.status in (AckStatus.APPLIED, AckStatus.REFUSED)
        won["undo" if is_undone else "label"] += 1
    assert sum(won.values()) == 20
    assert desk.faults() == []


def test_an_import_that_is_undone_while_it_runs_ends_there(desk):
    def files():
        for number in itertools.count():
            if number == 45:
                undo(desk, 1)
            assert number < 90
            yield Source(f"{number}.txt", f"It rained on day {number}.".encode)

    reports = importing.import_sources(
        desk.transaction,
        lambda _: desk.now,
        actor=OPERATOR,
        project_slug=desk.project.slug,
        sources=files(),
    )
    with pytest.raises(TakenError, match="undone while it ran"):
        list(reports)
    assert counted(desk)["article"] == 0
    with transaction(desk.engines) as session:
        (batch,) = session.exec(select(ImportBatch)).all()
    assert batch.report[0]["stopped"].startswith("Import 1 was undone")
    assert desk.faults() == []


def test_in_an_archived_project_nobody_undoes_an_import(desk):
    bring(desk, TEXT)
    with desk.transaction() as session:
        project_acts.archive(session, actor=OPERATOR, slug=desk.project.slug, now=desk.now)
    before = counted(desk)

    with pytest.raises(NotAllowedError, match="archived"):
        undo(desk, 1)
    assert counted(desk) == before
