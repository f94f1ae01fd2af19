"""Comments and flags become questions in the transaction of their op."""

import pytest
import sqlalchemy as sa
from loop import Desk, op

from db.engine import reading
from db.models import Talk
from db.models.naming import table
from workbench.services.decisions import AckStatus, Act


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture
def sentence(desk):
    return desk.bring("One was.\nTwo were.\n")[0]


def states(desk):
    talk = table(Talk)
    with reading(desk.engines) as session:
        return list(session.execute(sa.select(talk.c.state).order_by(talk.c.id)).scalars())


def test_a_label_asks_nothing(desk, sentence):
    desk.send(op(sentence, labels=("claim",)))

    assert states(desk) == []


@pytest.mark.parametrize("given", [{"act": Act.COMMENT, "comment": "Why?"}, {"act": Act.FLAG}])
def test_a_comment_or_a_flag_opens_a_talk(desk, sentence, given):
    asked = op(sentence, **given)
    desk.send(asked)
    desk.send(asked)  # sent again

    assert states(desk) == ["open"]


def test_each_reviewer_asks_for_themselves(desk, sentence):
    for actor in (None, desk.actor()):
        desk.send(op(sentence, act=Act.FLAG), actor=actor)

    assert states(desk) == ["open", "open"]


def test_a_question_ends_when_comment_and_flag_are_taken_back(desk, sentence):
    desk.send(op(sentence, act=Act.COMMENT, comment="Why?"))
    desk.send(op(sentence, 1, act=Act.FLAG))
    desk.send(op(sentence, 2, act=Act.COMMENT, comment=""))
    assert states(desk) == ["open"]

    desk.send(op(sentence, 3, act=Act.FLAG, flagged=False))
    assert states(desk) == ["withdrawn"]


def test_a_mention_is_kept_with_its_comment_and_checked(desk, sentence):
    asked = {"act": Act.COMMENT, "comment": "Why?"}
    ack = desk.send_one(op(sentence, mention=(0, 99), **asked))
    assert (ack.status, states(desk)) == (AckStatus.REFUSED, [])

    desk.send(op(sentence, mention=(0, 3), **asked), op(sentence, 1, labels=("claim",)))
    assert desk.mine(sentence)["mention"] == {"start": 0, "end": 3}
    assert desk.faults() == []
