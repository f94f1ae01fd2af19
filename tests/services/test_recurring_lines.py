"""Lines that several articles of a source carry are set aside at the end of an import."""

import threading

import orjson
import pytest
import sqlalchemy as sa
from loop import Act, Desk, op

from db.engine import reading
from db.models import Article, AuditEvent, Sentence
from db.models.naming import table
from workbench.services import articles, importing, imports
from workbench.services.decisions import AckStatus
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Role
from workbench.services.recurring_edits import SET_ASIDE
from workbench.services.recurring_lines import source_of
from workbench.text.recurring import RECURRING

LINE = "From the harbour desk"
STORIES = (
    "Bridge falls. The bridge of Orlen fell on Friday. Nobody was hurt by it.",
    "Ferries collide. Two ferries met in fog off Mere. One of them sank soon.",
    "Tram sold. The council of Brenn sold its last tram. A farmer bought it.",
    "Apples dear. Apples are dear this year. Growers in Lisk lost half of the crop.",
    "Library stays open. The library of Tarn opens at night. Students had asked for it.",
)


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


def story(number, line=LINE, **given):
    title, first, rest = STORIES[number].split(". ", 2)
    text = f"{title}\n\n{first}. {rest}\n\n{line}\n\n{title} indeed, as many had said before."
    return {"title": title, "text": text, "outlet": "Orlen Post", **given}


def bring(desk, *records, actor=OPERATOR):
    data = b"".join(orjson.dumps(record) + b"\n" for record in records)
    return list(
        importing.import_sources(
            desk.transaction,
            lambda _: desk.now,
            actor=actor,
            project_slug=desk.project.slug,
            sources=[Source("stories.jsonl", lambda: data)],
        )
    )


def segments(desk):
    """Article, text, kind, queued and reason of every segment, in order."""
    article, sentence = table(Article), table(Sentence)
    statement = (
        sa.select(article, sentence)
        .join(sentence, sentence.c.article_id == article.c.id)
        .order_by(article.c.id, sentence.c.position)
    )
    with reading(desk.engines) as session:
        return [
            (
                row.public_id,
                row.text[row.start : row.end],
                row.kind,
                row.is_queued,
                row.reason,
            )
            for row in session.execute(statement)
        ]


def n_set_aside(desk):
    return sum(reason == RECURRING[1] for *_, reason in segments(desk))


def told(desk, number=1):
    with reading(desk.engines) as session:
        found = imports.report(session, actor=OPERATOR, slug=desk.project.slug, number=number)
    return found.line.sums.n_set_aside


def line_of(desk, number):
    """The public id of the segment that holds the line, in the n-th article."""
    article, sentence = table(Article), table(Sentence)
    statement = (
        sa.select(article.c.public_id, article.c.text, sentence.c.start, sentence.c.end)
        .join(sentence, sentence.c.article_id == article.c.id)
        .order_by(article.c.id)
    )
    with reading(desk.engines) as session:
        ids = [
            f"{name}:{start}-{end}"
            for name, text, start, end in session.execute(statement)
            if text[start:end] == LINE
        ]
    return ids[number]


def test_a_line_in_three_stories_of_an_outlet_is_set_aside_with_its_reason(desk):
    bring(desk, *map(story, range(3)))
    found = [(kind, on, why) for _, text, kind, on, why in segments(desk) if text == LINE]
    assert found == [("boilerplate", False, RECURRING[1])] * 3
    assert told(desk) == 3
    assert desk.faults() == []


def test_the_queue_holds_what_is_left_and_its_counts_say_so(desk):
    bring(desk, *map(story, range(3)))
    queued = [text for _, text, _, on, _ in segments(desk) if on]
    assert LINE not in queued
    assert len(desk.window(want=100).items) == len(queued)
    assert desk.progress()["left"] == len(queued)


def test_two_stories_or_three_of_different_outlets_keep_their_line(desk):
    bring(desk, story(0), story(1), *(story(n, outlet=f"Paper {n}") for n in (2, 3, 4)))
    assert n_set_aside(desk) == told(desk) == 0


def test_articles_without_an_outlet_are_known_by_their_host(desk):
    address = "https://www.orlen.example/{}"
    bring(desk, *(story(n, outlet=None, url=address.format(n)) for n in range(3)))
    assert n_set_aside(desk) == 3


def test_earlier_articles_follow_when_the_third_comes(desk):
    bring(desk, story(0), story(1))
    assert n_set_aside(desk) == 0
    bring(desk, story(2))
    assert (n_set_aside(desk), told(desk, 2)) == (3, 3)
    bring(desk, story(3))
    assert (n_set_aside(desk), told(desk, 3)) == (4, 1)
    assert desk.faults() == []


def test_wire_copy_keeps_every_line(desk):
    copies = [story(0, title=f"Copy {n}") for n in range(4)]
    for number, copy in enumerate(copies):
        copy["text"] += f" The desk of {number} added this."
    bring(desk, *copies)
    assert n_set_aside(desk) == 0


def test_a_sentence_that_every_story_repeats_is_kept(desk):
    bring(desk, *(story(n, "The war began in 2014.") for n in range(5)))
    assert n_set_aside(desk) == 0


def test_what_somebody_answered_stays_in_the_queue(desk):
    bring(desk, story(0), story(1))
    sentence = line_of(desk, 0)
    ack = desk.send_one(op(sentence, labels=[]))
    assert ack.status is AckStatus.APPLIED
    bring(desk, story(2))
    assert n_set_aside(desk) == 2
    assert desk.mine(sentence)["labels"] == []
    assert desk.faults() == []


def test_what_was_taken_back_once_stays_taken_back(desk):
    manager = desk.actor(Role.MANAGER)
    bring(desk, *map(story, range(3)), actor=manager)
    article = line_of(desk, 0).partition(":")[0]
    before = {"actor": manager, "slug": desk.project.slug, "article": article}
    with desk.transaction() as session:
        assert articles.last_change(session, **before).by == manager.name
        assert articles.take_back(session, **before, now=desk.now) == 1
    bring(desk, story(3))
    kept = [name for name, text, _, on, _ in segments(desk) if text == LINE and on]
    assert kept == [article]
    assert desk.faults() == []


def test_all_lines_of_the_reason_in_an_article_come_back_at_once(desk):
    texts = [story(n, f"{LINE}\n\nOrlen Post weekend") for n in range(3)]
    bring(desk, *texts)
    with desk.transaction() as session:
        n = articles.set_kind_of_reason(
            session,
            actor=OPERATOR,
            slug=desk.project.slug,
            sentence=line_of(desk, 0),
            kind="body",
            queued=True,
            now=desk.now,
        )
    assert n == 2
    bring(desk, story(3))
    assert sum(on for _, text, _, on, _ in segments(desk) if text == LINE) == 1


def test_each_article_has_one_audit_row(desk):
    bring(desk, *map(story, range(3)))
    event = table(AuditEvent)
    with reading(desk.engines) as session:
        rows = session.execute(sa.select(event).where(event.c.act == SET_ASIDE)).all()
    assert len({row.object_id for row in rows}) == len(rows) == 3
    assert {len(row.details["before"]) for row in rows} == {1}


def test_a_label_that_arrives_at_the_same_time_is_stored_or_refused_and_never_lost(desk):
    bring(desk, story(0), story(1))
    sentence = line_of(desk, 0)
    together = threading.Barrier(2)

    def label():
        together.wait(60)
        return desk.send_one(op(sentence, act=Act.LABEL, labels=[]))

    def third():
        together.wait(60)
        return bring(desk, story(2))

    ack, _ = desk.at_once(label, third)
    is_queued = next(on for name, text, _, on, _ in segments(desk)
                     if text == LINE and sentence.startswith(name))  # fmt: skip
    assert is_queued is (ack.status is AckStatus.APPLIED)
    assert desk.faults() == []


@pytest.mark.parametrize(
    ("outlet", "url", "source"),
    [
        ("Orlen  Post", None, "orlen post"),
        ("Orlen Post", "https://a.example/1", "orlen post"),
        (None, "https://www.a.example/1", "a.example"),
        (None, "http://[", ""),
        (None, "no address", ""),
        (None, None, ""),
    ],
)
def test_a_source_is_an_outlet_or_else_a_host(outlet, url, source):
    assert source_of(outlet, url) == source
