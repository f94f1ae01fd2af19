"""Texts from outside turn nothing round, and stay what they are."""

import re

from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.written import plain, written

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
ACTING_BESIDE = "\u200e\u200f\u061c\u200c\u200d"
BOX = re.compile(r'<span class="wb-turn" data-code="U\+[0-9A-F]{4}">(.)</span>')


def test_each_sign_that_turns_words_round_stands_in_a_box_that_shows_its_code():
    assert written("said \u202e<no>") == (
        'said <span class="wb-turn" data-code="U+202E">\u202e</span>&lt;no&gt;'
    )
    assert BOX.findall(written(TURNING)) == list(TURNING)


def test_what_acts_on_the_letters_beside_it_alone_is_left_as_it_is():
    assert written(ACTING_BESIDE) == plain(ACTING_BESIDE) == ACTING_BESIDE


def test_where_there_is_no_html_the_code_stands_in_the_sign_s_place():
    assert plain("Port \u202edesolc") == "Port [U+202E]desolc"


@given(st.text(st.sampled_from(TURNING + ACTING_BESIDE + "ab ")))
def test_the_text_in_the_html_is_the_text(text):
    assert BOX.sub(r"\1", written(text)) == text
