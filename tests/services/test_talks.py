"""Talks as they are read: found by their state and words, new until seen, and nobody else's."""

import pytest
from loop import op
from talking import Table

from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services.decisions import Act
from workbench.services.permissions import Role
from workbench.services.talks import Show


@pytest.fixture
def desk(own_engines, now):
    return Table(own_engines, now)


def test_a_question_comes_with_its_sentence_in_its_article(desk):
    desk.ask(n=1, mention=(4, 8))

    (found,) = desk.questions(Show.OPEN).rows
    assert (found.text, found.mention, found.comment) == ("Two were not.", (4, 8), "Is this one?")
    assert found.before.strip() == "One was so."
    assert found.after.strip() == "Three are here."
    assert found.by == desk.reviewer.name


def test_the_words_around_a_sentence_are_cut_by_code_points(desk):
    far = "\U0001f600 went on. " * 40
    desk.sentences = desk.bring(f"{far}\n\nIs it so?\n\n{far}\n")
    desk.ask(n=43)  # after the three of the first article

    found = desk.newest(desk.reviewer)
    assert (found.text, len(found.before), len(found.after)) == ("Is it so?", 280, 280)


@pytest.mark.parametrize(
    ("show", "n"),
    [(Show.OPEN, 1), (Show.ANSWERED, 1), (Show.CLOSED, 1), (Show.FLAGGED, 1), (Show.ALL, 3)],
)
def test_questions_are_found_by_how_they_stand(desk, show, n):
    for number in range(3):
        desk.ask(n=number)
    desk.send(op(desk.sentences[2], 1, act=Act.FLAG))
    first, second = (desk.questions(Show.ALL).rows[k].id for k in (0, 1))
    desk.reply(first)
    desk.act("close", second)

    assert desk.questions(show).total == len(desk.questions(show).rows) == n


@pytest.mark.parametrize(("search", "n"), [("two", 1), ("this ONE", 3), ("ruled", 1), ("zzz", 0)])
def test_questions_are_found_by_sentence_comment_and_reply(desk, search, n):
    for number in range(3):
        desk.ask(n=number)
    desk.reply(desk.questions().rows[0].id, "As ruled before.")

    assert desk.questions(search=search).total == n


def test_who_has_waited_longest_comes_first_among_the_open_ones(desk):
    first = desk.ask()
    desk.later(minutes=5)
    second = desk.ask(n=1)

    assert [found.id for found in desk.questions(Show.OPEN).rows] == [first, second]
    assert [found.id for found in desk.questions(Show.ALL).rows] == [second, first]


def test_of_ones_own_what_was_replied_to_last_comes_first(desk):
    asked = []
    for n in range(3):
        asked.append(desk.ask(n=n))
        desk.later(minutes=5)
    desk.reply(asked[1])
    desk.reply(asked[0])

    assert [found.id for found in desk.own().rows] == [asked[0], asked[1], asked[2]]


def test_too_many_words_are_refused(desk):
    with pytest.raises(InputError, match="at most 8"):
        desk.questions(search="a b c d e f g h i")


def test_what_was_taken_back_unanswered_is_gone_and_what_was_answered_stays(desk):
    for n in (0, 1):
        desk.ask(n=n)
    desk.reply(desk.newest(desk.reviewer).id)
    for n in (0, 1):
        desk.ask("", n=n, base=1)

    assert [found.state for found in desk.questions().rows] == ["withdrawn"]
    assert desk.own().total == 1


def test_each_sees_their_own_questions_alone(desk):
    desk.ask()
    other = desk.actor(Role.ADJUDICATOR)
    desk.ask("Mine?", actor=other)

    assert [found.comment for found in desk.own().rows] == ["Is this one?"]
    assert [found.comment for found in desk.own(other).rows] == ["Mine?"]
    assert desk.questions().total == 2


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_nobody_who_only_labels_reads_everybodys(desk, role):
    desk.manager = desk.actor(role)
    with pytest.raises(NotAllowedError):
        desk.questions()


def test_strangers_find_no_project(desk, own_engines, now):
    stranger = Table(own_engines, now).reviewer
    for ask in (desk.own, desk.shared, desk.waiting, desk.at_desk):
        with pytest.raises(NotFoundError):
            ask(stranger)


def test_a_reply_is_new_until_it_was_seen(desk):
    talk = desk.ask()
    assert desk.waiting() == 0
    desk.reply(talk)
    assert (desk.waiting(), desk.at_desk()["n_new"]) == (1, 1)

    (remark,) = desk.newest(desk.reviewer).remarks
    assert remark.is_new
    desk.see(remark.id)
    desk.see(remark.id)
    assert desk.waiting() == 0
    assert not desk.newest(desk.reviewer).remarks[0].is_new


def test_what_is_new_to_one_is_not_seen_by_another(desk):
    desk.reply(desk.ask(), is_shared=True)
    remark = desk.newest(desk.reviewer).remarks[0].id
    desk.see(remark)

    other = desk.actor()
    assert (desk.waiting(), desk.waiting(other)) == (0, 1)


def test_of_anothers_talk_nothing_can_be_marked_as_seen(desk):
    desk.reply(desk.ask())
    remark = desk.newest(desk.reviewer).remarks[0].id
    other = desk.actor()
    desk.see(remark, actor=other)
    desk.act("show", desk.newest(desk.reviewer).id, remark=remark, to_all=True)

    assert desk.waiting(other) == 1


def test_for_who_answers_the_open_questions_wait(desk):
    talk = desk.ask()
    assert desk.waiting(desk.manager) == 1
    desk.reply(talk)
    assert desk.waiting(desk.manager) == 0


def test_what_is_for_everybody_tells_nothing_of_who_asked(desk):
    talk = desk.ask("Bob says claim, I say none.", mention=(0, 3))
    desk.reply(talk, "Figures are claims.", is_shared=True)

    (found,) = desk.shared(desk.actor())
    assert (found.text, found.quote, found.mention) == (
        "Figures are claims.",
        "One was so.",
        (0, 3),
    )
    assert desk.reviewer.name not in repr(found)
    assert "Bob" not in repr(found)


def test_the_annotate_page_is_told_of_ones_own_talks_that_have_a_reply(desk):
    for n in (0, 1):
        desk.ask(n=n)
    desk.reply(desk.questions(Show.OPEN).rows[0].id)
    desk.reply(desk.ask("Other?", actor=desk.actor()), "Not for you.")

    told = desk.at_desk()
    assert list(told["threads"]) == [desk.sentences[0]]
    (remark,) = told["threads"][desk.sentences[0]]["remarks"]
    assert (remark["text"], remark["by"], remark["is_new"]) == ("It is.", desk.manager.name, True)


def test_a_page_after_the_last_is_empty(desk):
    desk.ask()

    assert (desk.questions(page=2).rows, desk.questions(page=2).total) == ((), 1)
