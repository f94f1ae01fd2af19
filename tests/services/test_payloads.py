"""Articles as the browser draws them: by their ids, and with whose answers."""

import pytest
from loop import TEXT, Desk, op

from db.engine import reading
from workbench.errors import NotFoundError
from workbench.services import payloads
from workbench.services.payloads import gap


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


def named(desk, *names, actor=None):
    with reading(desk.engines) as session:
        return payloads.named(
            session, actor=actor or desk.reviewer, project=desk.project, names=names
        )


def test_articles_come_by_their_ids_with_ones_own_answers(desk):
    sentences = desk.bring(TEXT, "A bridge was shut.\nIt came later.\n")
    desk.send(op(sentences[0], labels=("claim",)))
    desk.send(op(sentences[1], labels=("dispute",)), actor=desk.actor())
    name = sentences[0].partition(":")[0]

    ((told, article),) = named(desk, name).items()
    answers = {part["id"]: part["mine"] and part["mine"]["labels"] for part in article["segments"]}

    assert told == name
    assert (answers[sentences[0]], answers[sentences[1]]) == (["claim"], None)


def test_what_is_no_article_of_the_project_is_left_out(desk, own_engines, now):
    other = Desk(own_engines, now)
    (elsewhere,) = other.bring("A bridge was shut.")

    assert named(desk, elsewhere.partition(":")[0], "unknown", "\x00", "") == {}
    with pytest.raises(NotFoundError):
        named(desk, actor=desk.actor(is_member=False))


@pytest.mark.parametrize(
    ("white", "is_shown_as"),
    [
        ("", "none"),
        (" ", "space"),
        ("\t\u00a0", "space"),
        ("\n", "line"),
        ("\r\n", "line"),
        (" \u2028", "line"),
        ("\n\n", "paragraph"),
        ("\r\n \r\n", "paragraph"),
        ("\u2029", "paragraph"),
    ],
)
def test_the_white_space_before_a_segment(white, is_shown_as):
    assert gap(white) == is_shown_as
