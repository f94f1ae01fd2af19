"""An answer that repeats another one says so, in its event and beside it, while it does."""

import pytest
import sqlalchemy as sa
from loop import TEXT, Act, Desk, op

from db.engine import reading
from db.models import AnnotationOrigin, Article, Sentence
from db.models.naming import table
from workbench.services.decisions import AckStatus


@pytest.fixture
def desk(own_engines, now):
    desk = Desk(own_engines, now)
    desk.sentences = desk.bring(TEXT)
    return desk


def origins(desk):
    origin, sentence, article = table(AnnotationOrigin), table(Sentence), table(Article)
    with reading(desk.engines) as session:
        rows = session.execute(
            sa.select(article.c.public_id, sentence.c.start, sentence.c.end)
            .select_from(origin.join(sentence, sentence.c.id == origin.c.sentence_id))
            .join(article, article.c.id == sentence.c.article_id)
        )
        return [f"{row[0]}:{row[1]}-{row[2]}" for row in rows]


def test_a_repeated_answer_names_its_source_beside_it_and_in_its_event(desk):
    one, two, *_ = desk.sentences
    desk.send_one(op(two, labels=("claim",), copied_from=one))

    assert origins(desk) == [one]
    assert desk.events()[-1].new["copied_from"] == one
    assert desk.faults() == []


def test_answered_anew_it_repeats_nothing(desk):
    one, two, *_ = desk.sentences
    desk.send(op(two, labels=("claim",), copied_from=one), op(two, 1, Act.COMMENT, comment="same"))
    assert origins(desk) == [one]
    desk.send_one(op(two, 2, labels=("dispute",)))
    assert origins(desk) == []
    assert desk.faults() == []


@pytest.mark.parametrize("source", ["ffffffffffffffff:0-4", "nonsense", "", "{two}"])
def test_a_label_counts_whatever_became_of_its_source(desk, source):
    _, two, *_ = desk.sentences
    ack = desk.send_one(op(two, labels=("claim",), copied_from=source.format(two=two)))

    assert ack.status is AckStatus.APPLIED
    assert origins(desk) == []
    assert "copied_from" not in desk.events()[-1].new
    assert desk.faults() == []


def test_sent_again_it_is_the_same_op_and_with_another_source_it_is_not(desk):
    one, two, three, *_ = desk.sentences
    first = op(two, labels=("claim",), copied_from=one)
    other = op(two, labels=("claim",), copied_from=three, op_id=first.op_id)

    assert [desk.send_one(each).status for each in (first, first, other)] == [
        AckStatus.APPLIED,
        AckStatus.REPLAYED,
        AckStatus.REFUSED,
    ]


def test_a_sentence_of_another_project_is_no_source(desk, own_engines, now):
    elsewhere = Desk(own_engines, now)
    (other, *_) = elsewhere.bring("Elsewhere it rained.\n")
    desk.send_one(op(desk.sentences[0], labels=("claim",), copied_from=other))

    assert origins(desk) == []
