"""What a reviewer did last, told so that it can be taken back wherever they go on."""

import uuid
from dataclasses import replace

import pytest
from loop import TEXT, Act, Desk, op

from db.engine import reading
from workbench.errors import NotFoundError
from workbench.services import undoing
from workbench.services.decisions import AckStatus
from workbench.services.undoing import AT_ONCE, N_ACTS


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture
def sentences(desk):
    return desk.bring(TEXT, "A bridge was shut.\nIt came later.\n", "It rained.\n")


def recent(desk, actor=None):
    with reading(desk.engines) as session:
        return undoing.recent(session, actor=actor or desk.reviewer, project=desk.project)


def test_acts_are_told_oldest_first_with_the_answer_before_each(desk, sentences):
    first = op(sentences[0], labels=("claim",))
    desk.send(first, op(sentences[1], act=Act.SKIP, reason="menu"), op(sentences[0], 1, Act.CLEAR))

    acts = recent(desk).acts

    assert [(act["sentence"], act["act"]) for act in acts] == [
        (sentences[0], "label"),
        (sentences[1], "skip"),
        (sentences[0], "clear"),
    ]
    assert (acts[0]["op_id"], acts[0]["old"]) == (first.op_id, None)
    assert acts[2]["old"]["labels"] == ["claim"]


def test_only_the_newest_are_told(desk, sentences):
    ops = [op(sentences[0], base, labels=()) for base in range(N_ACTS + 3)]
    desk.send(*ops)

    assert [act["op_id"] for act in recent(desk).acts] == [each.op_id for each in ops[3:]]


def test_the_articles_of_the_newest_come_with_them_and_with_ones_own_labels(desk, sentences):
    desk.send(*[op(sentence, labels=("claim",)) for sentence in (sentences[0], *sentences[5:])])

    articles = recent(desk).articles

    newest = {sentence.partition(":")[0] for sentence in sentences[5:]}
    assert set(articles) == newest
    mine = [each["mine"] for article in articles.values() for each in article["segments"]]
    assert [each["labels"] for each in mine] == [["claim"]] * 3


def told(desk):
    return [act["op_id"] for act in recent(desk).acts]


def taken_back(one, base):
    return op(one.sentence, base, Act.CLEAR, undoes=one.op_id)


def test_what_was_taken_back_is_not_told_nor_the_taking_back(desk, sentences):
    one, two, three = (op(sentence, labels=("claim",)) for sentence in sentences[:3])
    desk.send(one, two, taken_back(two, 1), three, taken_back(three, 1))

    assert told(desk) == [one.op_id]


def test_however_much_was_taken_back_the_acts_before_it_are_told(desk, sentences):
    stand = [op(sentences[0], base, labels=()) for base in range(N_ACTS)]
    desk.send(*stand)
    for base in range(0, 2 * AT_ONCE, 2):
        again = op(sentences[1], base, labels=("claim",))
        desk.send(again, taken_back(again, base + 1))

    assert told(desk) == [each.op_id for each in stand]


def test_the_articles_of_the_acts_that_stand_come_with_them(desk, sentences):
    first, last = op(sentences[0], labels=("claim",)), op(sentences[-1], labels=("claim",))
    desk.send(first, last, taken_back(last, 1))

    assert set(recent(desk).articles) == {sentences[0].partition(":")[0]}


def test_what_one_press_decided_is_told_whole(desk, sentences):
    press = str(uuid.uuid4())
    one, two = (op(sentence, labels=("claim",), together=press) for sentence in sentences[:2])
    later = [op(sentences[2], base, labels=()) for base in range(N_ACTS - 1)]
    desk.send(op(sentences[3], labels=()), one, two, *later)

    acts = recent(desk).acts
    assert [act["op_id"] for act in acts[:3]] == [one.op_id, two.op_id, later[0].op_id]
    assert [act["together"] for act in acts[:3]] == [press, press, None]
    assert desk.faults() == []


def test_an_op_id_taking_back_another_op_is_another_op(desk, sentences):
    one = op(sentences[0], labels=("claim",))
    two = replace(one, undoes=str(uuid.uuid4()))
    three = replace(one, together=two.undoes)

    acks = [desk.send_one(each).status for each in (one, one, two, three)]
    assert acks == [AckStatus.APPLIED, AckStatus.REPLAYED, AckStatus.REFUSED, AckStatus.REFUSED]


def test_nobody_is_told_what_another_did(desk, sentences):
    desk.send(op(sentences[0], labels=("claim",)))

    assert recent(desk, desk.actor()).acts == []
    with pytest.raises(NotFoundError):
        recent(desk, desk.actor(is_member=False))
