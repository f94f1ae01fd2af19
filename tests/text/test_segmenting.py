from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.articles import ARTICLES as FIRST
from tests.text.manners import MANNERS
from workbench.text.engine import ENGINE
from workbench.text.kinds import QUEUED_KINDS, Kind
from workbench.text.segmenting import segment

WORDS = [
    "U.S.",
    "Gen.",
    "(Reuters)",
    "The",
    "he said",
    "...",
    ".",
    "?!",
    "a.B",
    "end.The",
    "[1]",
    "(!)",
    "1907 r.",
    "यू.के.",
]
SIGNS = ['"', "“", "”", "(", ")", "[", "]", "。", "」", "\u200b", "\ufffd", "🔥", "\u0301"]
LINES = [
    "MOSCOW, Oct. 4 (UPI) --",
    "By Ana Roth",
    "date 2020-01-02",
    "7 Views",
    "Bridge falls",
    "No. 5",
    "Facebook 12 Twitter 3",
    "Ana Roth, AFP 10:15 9 May 2016",
    "Lakes",
    "Old cinema finds a buyer at last…",
]
LONG = "lower case goes on and on for a whole line of text"
BITS = st.sampled_from(["\n", "\r\n", "\n\n", "\u2028", " ", "\t", LONG, *SIGNS, *WORDS, *LINES])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])), st.lists(BITS, max_size=60).map("".join)
)
ARTICLES = {**FIRST, **MANNERS}
LANGUAGES = st.sampled_from(["en", "de", "ja", "zh-CN", "pl", "tr", "hi", "he", "xx", ""])


@pytest.mark.parametrize("name", ARTICLES)
def test_golden_articles(name):
    text, expected = ARTICLES[name]

    found = segment(text)

    assert [(str(piece.kind), piece.of(text)) for piece in found] == expected


@given(TEXTS, LANGUAGES)
def test_segments_are_in_order_and_do_not_overlap(text, language):
    found = segment(text, language)

    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(0 <= piece.start < piece.end <= len(text) for piece in found)


@given(TEXTS, LANGUAGES)
def test_segments_lose_only_white_space(text, language):
    pieces = [piece.of(text) for piece in segment(text, language)]

    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(TEXTS, LANGUAGES)
def test_segments_have_no_white_space_at_their_edges(text, language):
    assert all(piece.of(text) == piece.of(text).strip() for piece in segment(text, language))


@given(TEXTS)
def test_the_same_text_gives_the_same_segments(text):
    assert segment(text) == segment(text)


@given(TEXTS)
def test_every_kind_but_body_has_a_reason(text):
    assert all(bool(piece.reason) == (piece.kind is not Kind.BODY) for piece in segment(text))


@given(st.lists(BITS, max_size=40).map("".join))
def test_crlf_and_lf_give_the_same_pieces(text):
    unix = text.replace("\r\n", "\n")
    dos = unix.replace("\n", "\r\n")

    assert [(piece.kind, piece.of(unix).split()) for piece in segment(unix)] == [
        (piece.kind, piece.of(dos).split()) for piece in segment(dos)
    ]


@pytest.mark.parametrize(
    "text", ["", " \n\u2028 ", "date 2021-07-08", "ORLEN, November 12. /TASS/."]
)
def test_a_text_without_sentences_queues_nothing(text):
    assert not [piece for piece in segment(text) if piece.kind in QUEUED_KINDS]


def test_a_trailing_credit_is_a_piece_of_its_own():
    text = "The bridge fell. It was old. [AFP]"

    assert [piece.kind for piece in segment(text)] == [Kind.BODY, Kind.BODY, Kind.CREDIT]


def test_a_dateline_opens_one_of_the_first_two_paragraphs_only():
    text = "The bridge fell.\nIt was old.\nORLEN (AFP) - It was closed."

    assert [piece.kind for piece in segment(text)] == [Kind.BODY] * 3


def test_a_byline_below_the_first_paragraphs_makes_no_standfirst_of_them():
    text = "Bridge falls\nOne is.\nTwo is.\nThree is.\nBy Ana Roth\nFour is."

    kinds = [Kind.HEADLINE, Kind.BODY, Kind.BODY, Kind.BODY, Kind.BYLINE, Kind.BODY]
    assert [piece.kind for piece in segment(text)] == kinds


def test_a_long_line_without_a_full_stop_is_no_subhead():
    text = f"The bridge fell.\nIt {'really ' * 18}fell\nIt was old."

    assert [piece.kind for piece in segment(text)] == [Kind.BODY] * 3


def test_the_engine_is_named_with_its_version():
    assert ENGINE.startswith("punkt 2.2.1")
