"""The window: where a reviewer stands, what comes next, and the articles around it."""

import pytest
from loop import TEXT, Act, Desk, op

from workbench.errors import InputError


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture
def sentences(desk):
    return desk.bring(TEXT, "A bridge was shut.\nIt came later.\n")


def ids(window):
    return [item["id"] for item in window.items]


def test_it_begins_at_the_first_sentence(desk, sentences):
    assert ids(desk.window()) == sentences


def test_asking_twice_gives_the_same(desk, sentences):
    assert desk.window() == desk.window()


def test_it_resumes_where_the_reviewer_stopped(desk, sentences):
    desk.send(*[op(sentence) for sentence in sentences[:3]])

    assert ids(desk.window()) == sentences[3:]


def test_a_sentence_left_out_comes_first_again(desk, sentences):
    desk.send(op(sentences[0]), op(sentences[2]))

    assert ids(desk.window()) == [sentences[1], *sentences[3:]]


def test_an_earlier_sentence_taken_back_comes_first_again(desk, sentences):
    desk.send(*[op(sentence) for sentence in sentences])
    desk.send(op(sentences[4], 1, Act.CLEAR))

    assert ids(desk.window()) == [sentences[4]]


def test_the_cursor_leads_on_without_gap_or_repetition(desk, sentences):
    first = desk.window(want=2)
    second = desk.window(want=3, after=first.cursor)
    third = desk.window(want=3, after=second.cursor)

    assert ids(first) + ids(second) + ids(third) == sentences


def test_at_the_end_the_cursor_stays(desk, sentences):
    last = desk.window()
    past = desk.window(after=last.cursor)

    assert (past.items, past.cursor) == ([], last.cursor)


def test_what_was_imported_meanwhile_comes_after_the_cursor(desk, sentences):
    last = desk.window()
    desk.bring("Fresh news.\n")

    assert len(ids(desk.window(after=last.cursor))) == 1


@pytest.mark.parametrize("cursor", ["x", "-1", "1.5", "٣", "9" * 19, "9" * 5000])
def test_a_cursor_that_is_not_ours_is_refused(desk, cursor):
    with pytest.raises(InputError):
        desk.window(after=cursor)


@pytest.mark.parametrize(("want", "n_items"), [(0, 0), (-5, 0), (3, 3), (10**9, 7)])
def test_as_many_as_are_wanted_and_there(desk, sentences, want, n_items):
    assert len(desk.window(want=want).items) == n_items


def test_the_start_comes_first_even_when_it_is_done(desk, sentences):
    desk.send(op(sentences[5], labels=("claim",)))
    window = desk.window(start=sentences[5])

    assert ids(window) == [sentences[5], *sentences[:5], sentences[6]]
    assert window.items[0]["mine"]["labels"] == ["claim"]


@pytest.mark.parametrize("start", ["", "nonsense", "0123456789abcdef:0-4", "a:0-99999999999999"])
def test_a_start_that_is_not_there_is_passed_over(desk, sentences, start):
    assert ids(desk.window(start=start)) == sentences


def test_an_empty_queue_is_an_empty_window(desk):
    window = desk.window()

    assert (window.items, window.articles, window.cursor) == ([], {}, "")


def test_when_all_is_done_nothing_comes(desk, sentences):
    desk.send(*[op(sentence) for sentence in sentences])

    assert desk.window().items == []
    assert desk.progress() == {"done": 7, "left": 0, "seconds_per_sentence": None}


def test_articles_that_the_browser_holds_are_not_sent_again(desk, sentences):
    held = sentences[0].partition(":")[0]

    assert held in desk.window().articles
    assert held not in desk.window(have=[held]).articles


def test_segments_give_the_article_back_but_for_white_space(desk, sentences):
    (article,) = [a for a in desk.window().articles.values() if len(a["segments"]) == 5]

    shown = "".join(segment["text"] for segment in article["segments"])
    assert shown.split() == "".join(TEXT.splitlines()).split()
    assert [segment["id"] for segment in article["segments"]] == sorted(
        (s for s in sentences if s in {segment["id"] for segment in article["segments"]}),
        key=lambda s: int(s.partition(":")[2].partition("-")[0]),
    )


def test_a_sentence_out_of_the_queue_is_seen_and_does_not_come(desk):
    (sentence,) = desk.bring("HOME | NEWS | SPORT\n\nThe mayor said on Monday that it rained.\n")

    (article,) = desk.window().articles.values()
    assert len(article["segments"]) == 2
    assert ids(desk.window()) == [sentence]


LINE = "The port office said on Monday that {} cranes had been moved from the quay."


def test_a_sentence_comes_with_what_the_reviewer_gave_its_copy(desk):
    desk.bring(LINE.format(380), LINE.format(412), "Nobody else has counted them so far.")
    first, *_ = [item for item in desk.window().items if item["copies"]]
    (other,) = [item for item in desk.window().items if item["copies"] and item != first]
    assert first["copies"] == {"n": 1, "mine": None, "sentences": [other["id"]]}
    desk.send(op(first["id"], labels=("claim",)), actor=desk.actor())
    told = [item["copies"] for item in desk.window().items if item["copies"]]
    assert [(copies["n"], copies["mine"]) for copies in told] == [(1, None), (1, None)]
    desk.send(op(first["id"], labels=("dispute", "claim")))

    (second,) = [item for item in desk.window().items if item["copies"]]
    assert second["copies"]["mine"]["labels"] == ["claim", "dispute"]
    assert second["copies"]["mine"]["article_title"]
    assert sum(item["copies"] is None for item in desk.window().items) == 1


def test_the_sentences_of_one_quotation_come_with_their_group_and_who_speaks(own_engines, now):
    desk = Desk(own_engines, now)
    text = 'Quay shut\n\n"We left," the pilot said. "Nobody came. We waited." It rained.\n'
    (article,) = {sentence.partition(":")[0] for sentence in desk.bring(text)}
    parts = desk.window(want=100).articles[article]["segments"]
    told = {part["text"]: (part["group"], part.get("speaker")) for part in parts}
    said = next(part["id"] for part in parts if "the pilot said" in part["text"])

    assert told["Quay shut"] == told["It rained."] == (None, None)
    assert told['"Nobody came.'] == told['We waited."'] == (0, said)
