"""Replying, closing and sharing: by whom, once, and what comes of it."""

import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa
from loop import op
from talking import Table

from db.engine import reading
from db.models import AuditEvent
from db.models.naming import table
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services.decisions import Act
from workbench.services.permissions import OPERATOR, Role
from workbench.services.talks import Show


@pytest.fixture
def desk(own_engines, now):
    return Table(own_engines, now)


@pytest.fixture
def talk(desk):
    return desk.ask()


def said(desk, actor=None):
    return [(one.act, one.text) for one in desk.newest(actor or desk.reviewer).remarks]


def acts(desk):
    audit = table(AuditEvent)
    with reading(desk.engines) as session:
        rows = session.execute(
            sa.select(audit.c.act, audit.c.details)
            .where(audit.c.object_type == "talk")
            .order_by(audit.c.id)
        )
        return [(act, details["project"]) for act, details in rows]


def test_a_reply_reaches_who_asked(desk, talk):
    desk.reply(talk, " It is. ", section="")

    found = desk.newest(desk.reviewer)
    assert (found.state, said(desk)) == ("answered", [("reply", "It is.")])
    assert found.remarks[0].by == desk.manager.name


def test_the_same_reply_sent_again_is_one_reply(desk, talk):
    given = {"op_id": str(uuid.uuid4())}
    for _ in range(3):
        desk.reply(talk, **given)

    assert said(desk) == [("reply", "It is.")]
    assert acts(desk) == [("reply", desk.project.slug)]


def test_eight_clicks_at_once_are_one_reply(desk, talk):
    given = {"op_id": str(uuid.uuid4())}
    desk.at_once(*[lambda: desk.reply(talk, **given)] * 8)

    assert said(desk) == [("reply", "It is.")]


def test_an_op_id_is_good_for_one_talk_only(desk, talk):
    other = desk.ask(n=1)
    given = {"op_id": str(uuid.uuid4())}
    desk.reply(talk, **given)

    with pytest.raises(TakenError):
        desk.reply(other, **given)


@pytest.mark.parametrize("text", ["", " \n", "x" * 4001])
def test_a_reply_has_something_to_say_and_an_end(desk, talk, text):
    with pytest.raises(InputError, match="1 to 4,000"):
        desk.reply(talk, text)


def test_a_reply_names_a_section_that_the_guideline_has(desk, talk):
    with pytest.raises(InputError, match="no such section"):
        desk.reply(talk, section="Weather")


def test_who_asked_can_go_on_and_waits_again(desk, talk):
    desk.reply(talk)
    desk.reply(talk, "And this?", as_=desk.reviewer)

    assert desk.newest(desk.reviewer).state == "open"
    assert [one.by for one in desk.newest(desk.reviewer).remarks] == [desk.manager.name, ""]
    assert acts(desk) == [("reply", desk.project.slug)]  # what a manager did, and no more


def test_a_closed_talk_takes_no_more_of_its_asker_until_they_ask_anew(desk, talk):
    desk.reply(talk, closes=True)
    with pytest.raises(TakenError, match="closed"):
        desk.reply(talk, "And this?", as_=desk.reviewer)

    desk.ask("And this?", base=1)
    assert desk.newest(desk.reviewer).state == "open"


def test_a_talk_is_closed_and_opened_again_once_each(desk, talk):
    for name in ("close", "close", "reopen", "reopen"):
        desk.act(name, talk)

    assert [one.act for one in desk.newest(desk.reviewer).remarks] == ["close", "reopen"]
    assert [act for act, _ in acts(desk)] == ["close_talk", "reopen_talk"]


def test_a_reply_is_shared_and_taken_back(desk, talk):
    desk.reply(talk, is_shared=True)
    remark = desk.newest(desk.reviewer).remarks[0].id
    other = desk.actor()
    assert [one.text for one in desk.shared(other)] == ["It is."]

    desk.act("show", talk, remark=remark, to_all=False)
    assert desk.shared(other) == []
    desk.act("show", talk, remark=remark, to_all=True)
    assert len(desk.shared(other)) == 1
    assert [act for act, _ in acts(desk)] == ["reply", "withdraw_reply", "share_reply"]


def test_what_the_asker_said_is_not_shared(desk, talk):
    desk.reply(talk, "Because of Bob.", as_=desk.reviewer)
    remark = desk.newest(desk.reviewer).remarks[0].id

    with pytest.raises(InputError, match="stays between"):
        desk.act("show", talk, remark=remark, to_all=True)


@pytest.mark.parametrize("act", ["close", "reopen"])
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_nobody_but_managers_acts_on_anothers_talk(desk, talk, role, act):
    stranger = desk.actor(role)
    with pytest.raises(NotFoundError):
        desk.act(act, talk, as_=stranger)
    with pytest.raises(NotFoundError):
        desk.reply(talk, as_=stranger)
    with pytest.raises(NotAllowedError):
        desk.act(act, talk, as_=desk.reviewer)


@pytest.mark.parametrize("given", [{"is_shared": True}, {"closes": True}])
def test_who_asked_neither_shares_nor_closes(desk, talk, given):
    with pytest.raises(NotAllowedError):
        desk.reply(talk, as_=desk.reviewer, **given)


def test_a_manager_of_another_project_finds_nothing(desk, talk, own_engines, now):
    stranger = Table(own_engines, now).manager
    with pytest.raises(NotFoundError):
        desk.reply(talk, as_=stranger)
    with pytest.raises(NotFoundError):  # the other's talk by its key, in a project of one's own
        Table(own_engines, now).reply(talk)


def test_in_an_archived_project_nobody_talks(desk, talk):
    manager = replace(desk.manager, archived=frozenset({desk.project.id}))
    with pytest.raises(NotAllowedError, match="archived"):
        desk.reply(talk, as_=manager)


def test_only_a_person_replies(desk, talk):
    with pytest.raises(NotAllowedError, match="account"):
        desk.reply(talk, as_=OPERATOR)


def test_what_was_asked_stays_what_it_was(desk, talk):
    desk.reply(talk)
    desk.send(op(desk.sentences[0], 1, act=Act.LABEL, labels=("claim",)))

    assert desk.mine(desk.sentences[0])["comment"] == "Is this one?"
    assert desk.faults() == []
    assert [found.id for found in desk.questions(Show.ANSWERED).rows] == [talk]
