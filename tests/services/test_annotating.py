"""The annotate loop: each decision once, in order, and never another person's."""

from datetime import timedelta, timezone

import pytest
import sqlalchemy as sa
from factories import Make
from loop import TEXT, Desk, op

from db.models import Article, Sentence
from workbench.errors import NotAllowedError, NotFoundError
from workbench.services import annotating
from workbench.services.decisions import EARLIEST, AckStatus, Act, BadOp, parse_sentence_id
from workbench.services.permissions import OPERATOR, Role

APPLIED, REPLAYED = AckStatus.APPLIED, AckStatus.REPLAYED
CONFLICT, REFUSED = AckStatus.CONFLICT, AckStatus.REFUSED


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture
def sentences(desk):
    return desk.bring(TEXT)


def test_a_label_is_stored_with_its_event(desk, sentences):
    ack = desk.send_one(op(sentences[0], labels=("claim", "attribution")))

    assert (ack.status, ack.version) == (APPLIED, 1)
    assert desk.mine(sentences[0])["labels"] == ["attribution", "claim"]
    assert [event.op_id for event in desk.events()] == [ack.op_id]


def test_none_of_the_labels_is_an_answer(desk, sentences):
    desk.send(op(sentences[0], labels=()))

    assert desk.mine(sentences[0])["status"] == "labelled"
    assert desk.progress()["done"] == 1


def test_an_op_sent_again_changes_nothing_and_gets_the_same_answer(desk, sentences):
    once = op(sentences[0], labels=("claim",))
    first = desk.send_one(once)
    desk.send(op(sentences[0], 1, labels=("dispute",)))

    again = desk.send_one(once)

    assert (again.status, again.version) == (REPLAYED, first.version)
    assert desk.mine(sentences[0])["labels"] == ["dispute"]
    assert len(desk.events()) == 2


def test_an_op_twice_in_one_request_is_applied_once(desk, sentences):
    once = op(sentences[0])

    assert [ack.status for ack in desk.send(once, once)] == [APPLIED, REPLAYED]


def test_the_same_ops_from_eight_threads_are_applied_once(desk, sentences):
    ops = [op(sentence, labels=("claim",)) for sentence in sentences]

    answers = desk.at_once(*[lambda: desk.send(*ops)] * 8)

    statuses = [ack.status for acks in answers for ack in acks]
    assert statuses.count(APPLIED) == len(ops)
    assert statuses.count(REPLAYED) == 7 * len(ops)
    assert len(desk.events()) == len(ops)


@pytest.mark.parametrize(
    "other",
    [
        {"labels": ("dispute",)},
        {"base_version": 1},
        {"act": Act.SKIP, "reason": "broken"},
        {"check_worthiness": 2},
    ],
)
def test_a_used_op_id_with_another_payload_is_refused(desk, sentences, other):
    once = op(sentences[0], labels=("claim",))
    desk.send(once)
    values = {"op_id": once.op_id, "labels": ("claim",)} | other

    ack = desk.send_one(op(sentences[0], values.pop("base_version", 0), **values))

    assert (ack.status, len(desk.events())) == (REFUSED, 1)


def test_an_op_id_of_somebody_else_is_refused(desk, sentences):
    once = op(sentences[0])
    desk.send(once)

    assert desk.send_one(once, desk.actor()).status is REFUSED
    assert len(desk.events()) == 1


def test_two_people_may_be_first_with_one_op_id_at_once_and_one_of_them_is(desk, sentences):
    once, other = op(sentences[0]), desk.actor()

    acks = desk.at_once(lambda: desk.send_one(once), lambda: desk.send_one(once, other))

    assert sorted(ack.status for ack in acks) == [APPLIED, REFUSED]
    assert desk.faults() == []


def test_a_stale_tab_is_told_and_shown_what_is_stored(desk, sentences):
    desk.send(op(sentences[0], labels=("claim",)))

    ack = desk.send_one(op(sentences[0], labels=("dispute",)))

    assert (ack.status, ack.version) == (CONFLICT, 1)
    assert ack.current["labels"] == ["claim"]
    assert desk.mine(sentences[0])["labels"] == ["claim"]


def test_a_base_that_never_was_is_a_conflict_with_nothing_stored(desk, sentences):
    ack = desk.send_one(op(sentences[0], 3))

    assert (ack.status, ack.version, ack.current) == (CONFLICT, 0, None)


def test_of_two_tabs_on_one_base_one_is_applied(desk, sentences):
    for sentence in sentences:
        acks = desk.at_once(
            lambda sentence=sentence: desk.send_one(op(sentence, labels=("claim",))),
            lambda sentence=sentence: desk.send_one(op(sentence, labels=("dispute",))),
        )
        won, lost = sorted(acks, key=lambda ack: ack.status)
        assert (won.status, lost.status) == (APPLIED, CONFLICT)
        assert lost.current["labels"] == desk.mine(sentence)["labels"]


def test_ops_on_one_sentence_build_on_each_other_in_the_order_given(desk, sentences):
    first, second = op(sentences[0], labels=("claim",)), op(sentences[0], 1, labels=())

    assert [ack.version for ack in desk.send(first, second)] == [1, 2]
    assert [event.op_id for event in desk.events()] == [first.op_id, second.op_id]
    assert desk.mine(sentences[0])["labels"] == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"labels": ("nonsense",)}, "no label 'nonsense'"),
        ({"act": Act.SKIP}, "needs a reason"),
        ({"act": Act.SKIP, "reason": "  "}, "needs a reason"),
        ({"act": Act.COMMENT}, "comment is missing"),
        ({"comment": "x" * 4001}, "4,001 characters"),
        ({"act": Act.SKIP, "reason": "x" * 501}, "501 characters"),
    ],
)
def test_an_op_that_breaks_a_rule_is_refused_by_itself(desk, sentences, given, words):
    acks = desk.send(op(sentences[0], **given), op(sentences[1]))

    assert [ack.status for ack in acks] == [REFUSED, APPLIED]
    assert words in acks[0].reason
    assert len(desk.events()) == 1


@pytest.mark.parametrize("sentence", ["", "x", "0:0-1", "a\0b:0-1", "a:0-99999999999999999999"])
def test_a_sentence_that_is_not_there_is_refused(desk, sentences, sentence):
    acks = desk.send(op(sentence), op(sentences[0]))

    assert [ack.status for ack in acks] == [REFUSED, APPLIED]


def test_what_cannot_be_read_is_refused_with_its_reason_and_the_rest_goes_on(desk, sentences):
    acks = desk.send(BadOp("x", "'act' is missing."), op(sentences[0]))

    assert [(ack.status, ack.reason) for ack in acks] == [
        (REFUSED, "'act' is missing."),
        (APPLIED, None),
    ]


def test_undo_gives_the_earlier_value_as_a_new_decision(desk, sentences):
    desk.send(op(sentences[0], labels=("claim",)), op(sentences[0], 1, labels=("dispute",)))

    desk.send(op(sentences[0], 2, labels=("claim",)))

    assert desk.mine(sentences[0])["labels"] == ["claim"]
    assert [event.version for event in desk.events()] == [1, 2, 3]


def test_clear_takes_a_decision_back_and_the_sentence_is_to_do_again(desk, sentences):
    desk.send(op(sentences[0], labels=("claim",), comment="unsure"))
    desk.send(op(sentences[0], 1, Act.CLEAR))

    assert desk.mine(sentences[0])["status"] == "open"
    assert desk.mine(sentences[0])["labels"] == []
    assert desk.progress()["done"] == 0
    assert desk.window().items[0]["id"] == sentences[0]


def test_a_skipped_sentence_is_done_and_keeps_its_reason(desk, sentences):
    desk.send(op(sentences[0], act=Act.SKIP, reason="Not English."))

    assert desk.mine(sentences[0])["reason"] == "Not English."
    assert desk.progress()["done"] == 1


@pytest.mark.parametrize(
    "given", [{"act": Act.COMMENT, "comment": "See above."}, {"act": Act.FLAG}]
)
def test_a_comment_or_a_flag_leaves_the_labels_alone(desk, sentences, given):
    desk.send(op(sentences[0], labels=("claim",), check_worthiness=2))
    desk.send(op(sentences[0], 1, **given))

    mine = desk.mine(sentences[0])
    assert (mine["labels"], mine["check_worthiness"], mine["version"]) == (["claim"], 2, 2)
    assert desk.progress()["done"] == 1


def test_a_comment_on_a_sentence_without_an_answer_does_not_make_one(desk, sentences):
    desk.send(op(sentences[0], act=Act.COMMENT, comment="Who says so?"))

    assert desk.mine(sentences[0])["status"] == "open"
    assert desk.progress()["done"] == 0


def test_progress_and_the_place_in_the_queue_follow_every_decision(desk, sentences):
    desk.send(*[op(sentence) for sentence in sentences[:3]])
    assert desk.progress()["done"] == 3
    assert desk.progress()["left"] == len(sentences) - 3
    assert desk.window().items[0]["id"] == sentences[3]

    desk.send(op(sentences[1], 1, Act.CLEAR))
    assert [item["id"] for item in desk.window().items][:2] == [sentences[1], sentences[3]]


def test_the_seconds_for_a_sentence_are_said_from_the_tenth_on(desk):
    sentences = desk.bring(*[TEXT.replace("One", f"Article {n}") for n in range(2)])[:10]
    desk.send(*[op(sentence, active_ms=1500) for sentence in sentences[:9]])
    assert desk.progress()["seconds_per_sentence"] is None

    desk.send(op(sentences[9], active_ms=6500))
    assert desk.progress()["seconds_per_sentence"] == 2.0


def test_whatever_is_decided_the_database_checks_out(desk, sentences):
    other = desk.actor()
    desk.send(
        op(sentences[0], labels=("claim",), active_ms=700),
        op(sentences[0], 1, labels=("claim", "dispute"), active_ms=300),
        op(sentences[1], act=Act.SKIP, reason="menu"),
        op(sentences[1], 1, Act.CLEAR),
        op(sentences[2], act=Act.COMMENT, comment="\U0001f600 ￿"),
    )
    desk.send(op(sentences[0], labels=("attribution",)), actor=other)

    assert desk.faults() == []


def test_times_of_another_zone_do_not_break_the_chain(desk, sentences, now):
    there = now.astimezone(timezone(timedelta(hours=5, minutes=30)))
    desk.send(op(sentences[0], shown_at=there, decided_at=there))

    assert desk.faults() == []


def test_events_chain_by_reviewer(desk, sentences):
    other = desk.actor()
    desk.send(op(sentences[0]))
    desk.send(op(sentences[0]), actor=other)
    desk.send(op(sentences[1]))

    first, foreign, second = desk.events()
    assert (first.prev_hash, foreign.prev_hash) == ("", "")
    assert second.prev_hash == first.hash


@pytest.mark.parametrize(
    "change", ["UPDATE annotation_event SET active_ms = 1", "DELETE FROM annotation_event"]
)
def test_events_can_be_neither_changed_nor_deleted(desk, sentences, change):
    desk.send(op(sentences[0]))

    with pytest.raises(sa.exc.DatabaseError, match="append-only"), desk.transaction() as session:
        session.execute(sa.text(change))
    assert len(desk.events()) == 1


def stopped_after(desk, one):
    with desk.transaction() as session:
        annotating.apply_ops(
            session, actor=desk.reviewer, project=desk.project, ops=[one], now=desk.now
        )
        raise KeyboardInterrupt


def test_nothing_of_a_request_is_stored_when_its_transaction_does_not_end(desk, sentences):
    with pytest.raises(KeyboardInterrupt):
        stopped_after(desk, op(sentences[0]))

    assert desk.events() == []
    assert desk.progress()["done"] == 0


def test_a_reviewer_sees_nobody_elses_answer(desk, sentences):
    other = desk.actor()
    desk.send(op(sentences[0], labels=("claim",), comment="mine alone"), actor=other)

    window = desk.window()
    assert [item["mine"] for item in window.items] == [None] * len(sentences)
    assert "mine alone" not in repr(window)
    assert desk.progress()["done"] == 0


def test_an_answer_stands_beside_other_peoples_and_not_in_their_place(desk, sentences):
    other = desk.actor()
    desk.send(op(sentences[0], labels=("claim",)), actor=other)

    assert desk.send_one(op(sentences[0], labels=("dispute",))).status is APPLIED
    assert desk.mine(sentences[0], other)["labels"] == ["claim"]


def test_with_the_clock_set_back_the_order_stays_and_labels_are_taken(desk, sentences):
    desk.send(op(sentences[0]))
    before = desk.now
    desk.later(hours=-3)

    assert desk.send_one(op(sentences[1])).status is APPLIED
    assert [event.stored_at for event in desk.events()] == [before, before]
    assert desk.faults() == []


def test_with_the_clock_set_on_labels_are_taken(desk, sentences):
    desk.send(op(sentences[0]))
    desk.later(days=400)

    assert desk.send_one(op(sentences[1])).status is APPLIED


def test_who_is_not_in_the_project_finds_none(desk, sentences):
    with pytest.raises(NotFoundError):
        desk.send(op(sentences[0]), actor=desk.actor(is_member=False))


def test_the_operator_is_nobody_who_labels(desk, sentences):
    with pytest.raises(NotAllowedError):
        desk.send(op(sentences[0]), actor=OPERATOR)


def test_an_admin_takes_part_with_the_first_label_however_many_tabs_send_it(desk, sentences):
    admin = desk.actor(Role.ADMIN, is_member=False)
    once = op(sentences[0])

    acks = desk.at_once(*[lambda: desk.send_one(once, admin)] * 8)

    assert sorted(ack.status for ack in acks) == [APPLIED] + [REPLAYED] * 7
    assert desk.progress(admin)["done"] == 1


def test_a_sentence_of_another_project_is_not_there(desk, sentences, now):
    with desk.transaction() as session:
        make = Make(session, now)
        foreign = make.article(make.project())

    ack = desk.send_one(op(f"{foreign.public_id}:0-4"))

    assert (ack.status, ack.reason) == (REFUSED, "This sentence is not in the project.")


def test_an_event_says_under_which_rules_it_was_made(desk, sentences):
    desk.send(op(sentences[0]))

    (event,) = desk.events()
    assert (event.label_set_id, event.guideline_id) == desk.rules()


def test_a_browsers_time_that_cannot_be_is_left_out_and_the_label_stored(desk, sentences, caplog):
    day = timedelta(days=1)
    years = [EARLIEST - day, EARLIEST, desk.now + day, desk.now + 2 * day]
    ops = [
        op(sentence, shown_at=moment, decided_at=moment)
        for sentence, moment in zip(sentences, years, strict=False)
    ]

    assert [ack.status for ack in desk.send(*ops)] == [APPLIED] * 4
    assert [(event.shown_at, event.decided_at) for event in desk.events()] == [
        (None, None),
        (EARLIEST, EARLIEST),
        (desk.now + day, desk.now + day),
        (None, None),
    ]
    assert "A browser's clock is wrong: left out 4 times that it told;" in caplog.text
    assert desk.faults() == []


def test_taking_back_what_was_never_given_is_answered_and_leaves_nothing(desk, sentences):
    twice = op(sentences[0], act=Act.CLEAR)

    assert [(ack.status, ack.version) for ack in desk.send(twice, twice)] == [(APPLIED, 0)] * 2
    assert (desk.events(), desk.mine(sentences[0])) == ([], {})


def test_taking_back_twice_leaves_one_event(desk, sentences):
    desk.send(op(sentences[0], labels=("claim",)), op(sentences[0], 1, Act.FLAG))
    ops = [op(sentences[0], 2, Act.CLEAR), op(sentences[0], 3, Act.CLEAR)]

    acks = desk.send(*ops)

    assert [(ack.status, ack.version) for ack in acks] == [(APPLIED, 3), (APPLIED, 3)]
    assert acks[1].current["flagged"]
    assert desk.send_one(ops[0]).status is REPLAYED
    assert len(desk.events()) == 3


@pytest.fixture
def bring_out(desk):
    """Take a sentence out of the queue, as changing its kind does."""

    def out(sentence):
        article, start, _ = parse_sentence_id(sentence)
        with desk.transaction() as session:
            ids = sa.select(Article.id).where(Article.public_id == article)
            session.execute(
                sa.update(Sentence)
                .where(Sentence.article_id.in_(ids), Sentence.start == start)
                .values(kind="byline", is_queued=False)
            )

    return out


@pytest.mark.parametrize("act", [Act.LABEL, Act.SKIP, Act.COMMENT, Act.FLAG])
def test_a_segment_outside_the_queue_takes_no_decision(desk, sentences, bring_out, act):
    bring_out(sentences[0])

    ack = desk.send_one(op(sentences[0], act=act, reason="menu", comment="x"))

    assert (ack.status, desk.events()) == (REFUSED, [])
    assert "not in the queue" in ack.reason


def test_what_left_the_queue_after_it_was_labelled_can_be_corrected(desk, sentences, bring_out):
    first = op(sentences[0], labels=("claim",))
    desk.send(first)
    bring_out(sentences[0])

    statuses = [ack.status for ack in desk.send(first, op(sentences[0], 1, labels=()))]

    assert statuses == [REPLAYED, APPLIED]
    assert desk.send_one(op(sentences[0]), desk.actor()).status is REFUSED
