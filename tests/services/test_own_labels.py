"""One's own labels are found again with all that led to them; nobody else's are."""

import pytest
from conftest import HOUR, NOON
from labelled import Labelled
from loop import Desk, op

from db.engine import reading
from workbench.errors import InputError, NotFoundError
from workbench.services import own_labels
from workbench.services.decisions import Act
from workbench.services.own_labels import Show
from workbench.services.permissions import Role


@pytest.fixture
def demo(session):
    made = Labelled(session, NOON)
    made.write("The quay fell.", "It cost 5% more \U0001f600.", "Nobody said so.", "Quay again.")
    made.decide(0, ["claim"], decided_at=NOON)
    made.decide(1, ["claim", "dispute"], decided_at=NOON + HOUR, comment="Why?")
    made.decide(2, [], decided_at=NOON + 2 * HOUR, is_flagged=True)
    made.decide(3, None, decided_at=NOON + 3 * HOUR, skip_reason="unclear")
    made.decide(0, ["dispute"], reviewer=2)
    return made


@pytest.fixture
def texts(session, demo):
    def found(number=1, **asked):
        who = demo.actor(number)
        listed = own_labels.listing(session, actor=who, slug=demo.project.slug, **asked)
        assert listed.total == len(listed.rows)
        return [row.text for row in listed.rows]

    return found


def test_the_newest_comes_first_and_it_is_ones_own(texts):
    mine = ["Quay again.", "Nobody said so.", "It cost 5% more \U0001f600.", "The quay fell."]
    assert texts() == mine
    assert texts(2) == ["The quay fell."]
    assert texts(3) == []


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ({"search": "QUAY"}, 2),
        ({"search": "quay fell"}, 1),
        ({"search": "5%"}, 1),
        ({"search": "_"}, 0),
        ({"label": "claim"}, 2),
        ({"label": "dispute"}, 1),
        ({"label": "gone"}, 0),
        ({"label": "claim", "search": "quay"}, 1),
        ({"show": Show.LABELLED}, 3),
        ({"show": Show.NONE}, 1),
        ({"show": Show.SKIPPED}, 1),
        ({"show": Show.FLAGGED}, 1),
        ({"show": Show.COMMENTED}, 1),
    ],
)
def test_search_and_filters_narrow_the_list(texts, asked, n):
    assert len(texts(**asked)) == n


def test_too_many_words_are_refused(texts):
    with pytest.raises(InputError):
        texts(search="a b c d e f g h i")


def test_a_page_holds_fifty(session, demo):
    demo.write(*(f"Line {n}." for n in range(70)))
    for n in range(70):
        demo.decide(n, [])
    who, slug = demo.actor(), demo.project.slug
    second = own_labels.listing(session, actor=who, slug=slug, page=2)
    assert (len(second.rows), second.total) == (24, 74)


def test_not_even_an_admin_sees_the_labels_of_others_here(session, demo):
    admin = demo.make.actor(demo.project, role=Role.ADMIN)
    assert own_labels.listing(session, actor=admin, slug=demo.project.slug).total == 0


@pytest.fixture
def desk(own_engines):
    return Desk(own_engines, NOON)


def past(desk, sentence, actor=None):
    with reading(desk.engines) as session:
        return own_labels.past(
            session, actor=actor or desk.reviewer, slug=desk.project.slug, sentence=sentence
        )


def test_a_correction_keeps_what_was_said_before(desk):
    (first, *_) = desk.bring("The quay fell.\nIt rose.\n")
    desk.send(op(first, labels=("claim",), check_worthiness=2))
    desk.later(minutes=5)
    desk.send(op(first, 1, labels=("attribution", "claim"), comment="Said so"))
    now, before = past(desk, first)
    assert (now.labels, now.version, now.comment) == (("Claim", "Attribution"), 2, "Said so")
    assert [(each.labels, each.check_worthiness) for each in before] == [
        (("Claim",), 2),
        (("Claim", "Attribution"), None),
    ]
    assert before[1].stored_at - before[0].stored_at == 5 * HOUR / 60


def test_a_label_taken_back_is_in_the_history_too(desk):
    (first, *_) = desk.bring("The quay fell.\n")
    desk.send(op(first, labels=("claim",)), op(first, 1, Act.CLEAR))
    now, before = past(desk, first)
    assert now.status == "open"
    assert [each.act for each in before] == ["label", "clear"]


@pytest.mark.parametrize("sentence", ["", "x", "0123456789abcdef:0-9"])
def test_a_sentence_one_has_said_nothing_about_has_no_past(desk, sentence):
    desk.bring("The quay fell.\n")
    with pytest.raises(NotFoundError):
        past(desk, sentence)


def test_the_past_of_another_is_not_to_be_had(desk):
    (first, *_) = desk.bring("The quay fell.\n")
    desk.send(op(first, labels=("claim",)))
    with pytest.raises(NotFoundError):
        past(desk, first, actor=desk.actor(Role.MANAGER))


def test_whether_there_is_anything_says_nothing_of_others(session, demo):
    assert not own_labels.has_any(session, actor=demo.actor(3), slug=demo.project.slug)
    demo.decide(1, None, reviewer=3)
    assert own_labels.has_any(session, actor=demo.actor(3), slug=demo.project.slug)
