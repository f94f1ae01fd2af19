"""A question goes with its sentence into a newer version of the article, and is asked once."""

import threading
import uuid

import pytest
import sqlalchemy as sa
from loop import op
from running import until
from talking import Table

from db.engine import reading
from db.queries import talks as talk_queries
from workbench.errors import TakenError
from workbench.services import discussing, import_undoing, importing
from workbench.services.decisions import Act
from workbench.services.permissions import OPERATOR
from workbench.services.talks import Show

OLD = "Quay opens\n\nThe quay opened on Monday. Two ferries came in. Nobody was hurt there.\n"
NEW = OLD.replace("Two", "Three")
NEWEST = NEW.replace("The quay", "It rained. The quay")
_HEADLINE, QUAY, FERRIES, NOBODY = range(4)


@pytest.fixture
def desk(own_engines, now):
    desk = Table(own_engines, now)
    desk.sentences = brought(desk, OLD)
    return desk


def brought(desk, text):
    """The sentences of the newest version, in their order."""
    before = set(named(desk))
    (report,) = importing.import_sources(
        desk.transaction,
        lambda _session: desk.now,
        actor=OPERATOR,
        project_slug=desk.project.slug,
        sources=[importing.Source("quay.txt", text.encode)],
    )
    assert report.article
    return [sentence for sentence in named(desk) if sentence not in before]


def named(desk):
    """Every sentence that is in the queue, whoever has done what."""
    return [item["id"] for item in desk.window(desk.actor(), want=100).items]


def undo(desk, number):
    with desk.transaction() as session:
        import_undoing.undo(
            session, actor=OPERATOR, slug=desk.project.slug, number=number, now=desk.now
        )


def seen(talk):
    return talk.id, talk.comment, talk.mention, talk.is_flagged, [one.text for one in talk.remarks]


def test_a_question_and_its_replies_stand_with_the_unchanged_sentence_once(desk):
    talk = desk.ask(n=QUAY, mention=(4, 8))
    desk.reply(talk)
    before = seen(desk.newest(desk.reviewer))
    new = brought(desk, NEW)

    for rows in (desk.own().rows, desk.questions().rows):
        (found,) = rows
        assert found.sentence == new[QUAY]
        assert seen(found) == before
        assert not found.is_replaced
    threads = desk.at_desk()["threads"]
    assert {key: len(told["remarks"]) for key, told in threads.items()} == {new[QUAY]: 1}
    assert desk.faults() == []


def test_what_was_read_and_shown_to_everybody_stays_so(desk):
    talk = desk.ask(n=QUAY)
    desk.reply(talk, is_shared=True)
    (shared,) = desk.shared()
    desk.see(shared.id)
    new = brought(desk, NEW)

    assert [(one.sentence, one.is_new) for one in desk.shared()] == [(new[QUAY], False)]
    assert desk.waiting() == 0


def test_it_goes_on_where_it_is_now(desk):
    talk = desk.ask(n=QUAY)
    new = brought(desk, NEW)
    desk.reply(talk)
    desk.act("close", talk)
    desk.sentences = new

    assert desk.ask("And now?", n=QUAY, base=1) == talk
    (found,) = desk.questions(Show.OPEN).rows
    assert (found.id, found.comment) == (talk, "And now?")


def test_it_goes_on_from_version_to_version(desk):
    talk = desk.ask(n=NOBODY)
    brought(desk, NEW)
    newest = brought(desk, NEWEST)

    (found,) = desk.own().rows
    assert (found.id, found.sentence) == (talk, newest[-1])


def test_each_asker_takes_their_own_along(desk):
    other = desk.actor()
    mine, theirs = desk.ask(n=QUAY), desk.ask(n=QUAY, actor=other)
    new = brought(desk, NEW)

    found = {(row.id, row.sentence) for row in desk.questions().rows}
    assert found == {(mine, new[QUAY]), (theirs, new[QUAY])}
    assert [row.id for row in desk.own(other).rows] == [theirs]


def test_what_belongs_to_a_sentence_that_is_gone_is_found_and_says_so(desk):
    talk = desk.ask(n=FERRIES)
    desk.reply(talk)
    brought(desk, NEW)

    for rows in (desk.own().rows, desk.questions(Show.ANSWERED).rows):
        (found,) = rows
        assert (found.id, found.sentence, found.is_replaced) == (
            talk,
            desk.sentences[FERRIES],
            True,
        )
    desk.reply(talk, "Still so.")
    assert [one.text for one in desk.own().rows[0].remarks] == ["It is.", "Still so."]


def test_a_question_that_was_taken_back_stays_where_nothing_else_was_answered(desk):
    talk = desk.ask(n=QUAY)
    desk.reply(talk)
    desk.send(op(desk.sentences[QUAY], 1, act=Act.COMMENT, comment=""))
    before = desk.own().rows
    brought(desk, NEW)
    assert [row.is_replaced for row in desk.own().rows] == [True]
    undo(desk, 3)

    assert desk.own().rows == before


def test_a_version_that_took_a_question_along_is_not_undone(desk):
    desk.ask(n=QUAY)
    new = brought(desk, NEW)
    with pytest.raises(TakenError, match="labelled, commented or flagged"):
        undo(desk, 3)

    assert [row.sentence for row in desk.own().rows] == [new[QUAY]]


def test_what_was_on_its_way_to_the_old_version_is_a_question_of_its_own(desk):
    talk = desk.ask(n=QUAY)
    new = brought(desk, NEW)
    late = desk.ask("Or this?", n=QUAY, base=1)

    found = {row.id: (row.sentence, row.comment, row.is_replaced) for row in desk.own().rows}
    assert found == {
        talk: (new[QUAY], "Is this one?", False),
        late: (desk.sentences[QUAY], "Or this?", True),
    }


def waits_for_us(desk):
    """Whether on PostgreSQL another transaction waits; on SQLite there is no other one."""
    statement = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    if desk.engines.path is not None:
        return True
    with reading(desk.engines) as session:
        return bool(session.execute(sa.text(statement)).scalar_one())


def test_whoever_replies_while_a_newer_version_comes_in_is_not_waited_for_in_turn(desk):
    talk = desk.ask(n=QUAY)
    new = []
    bringing = threading.Thread(target=lambda: new.extend(brought(desk, NEW)))
    with desk.transaction() as session:
        talk_queries.locked(session, project_id=desk.project.id, talk_id=talk)
        bringing.start()
        until(lambda: waits_for_us(desk))
        values = {"op_id": str(uuid.uuid4()), "text": "It is.", "now": desk.now}
        discussing.reply(session, actor=desk.manager, slug=desk.project.slug, talk=talk, **values)
    bringing.join(60)

    (found,) = desk.own().rows
    assert (found.id, found.sentence, len(found.remarks)) == (talk, new[QUAY], 1)
