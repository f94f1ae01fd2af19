"""Near copies: one wording for equal sentences, signatures that similar ones share."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text import similarity
from workbench.text.similarity import (
    BANDS,
    NEAR,
    are_near,
    band_keys,
    exact_key,
    normalised,
    resemblance,
)

WORDS = [f"{one}{two}" for one in ("po", "qua", "cra", "fer") for two in ("rt", "lm", "st", "nd")]
LINE = "The port office said that 380 cranes were moved from the quay on Monday."
EXACT = 1152726913105588319
KEYS = (
    52271446275442791,
    8013675481770516381,
    95085767467098529,
    3244156542035181214,
    6348487881211797317,
    5698062267464755534,
    -877235255849407117,
    6009103785778769210,
)
SURROGATE = "\ud800"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("More than 380 targets", "more than 456 targets"),
        ("“It held,” she said", '"It held," she said'),
        ("«It held», she said", "'It held', she said"),
        ("It held — so far", "It held - so far"),
        ("It  held\u00a0so\nfar", "It held so far"),
        ("ﬁve ＦＵＬＬ", "five full"),
        ("GROẞE STRASSE", "große straße"),
        ("١٢٣ crews", "456 crews"),
        ("´It held´", "'It held'"),
    ],
)
def test_what_says_the_same_is_one_wording(one, other):
    assert normalised(one) == normalised(other)
    assert exact_key(normalised(one)) == exact_key(normalised(other))


@pytest.mark.parametrize(
    ("one", "other"), [("It held.", "It fell."), ("12 crews", "123 crews"), ("", "a")]
)
def test_what_says_something_else_is_another(one, other):
    assert exact_key(normalised(one)) != exact_key(normalised(other))


def test_keys_are_the_same_on_every_machine():
    wording = normalised(LINE)

    assert exact_key(wording) == EXACT
    assert band_keys(wording) == KEYS


@pytest.mark.parametrize("text", ["", "He declined to comment.", "One two three four five."])
def test_a_short_sentence_has_exact_copies_only(text):
    assert band_keys(normalised(text)) == ()
    assert not are_near(normalised(text), normalised(f"{text} Yes"))
    assert are_near(normalised(text), normalised(text))


@pytest.mark.parametrize(
    ("other", "is_near"),
    [
        ("The port office said that 12 cranes were moved from the quay on Tuesday.", True),
        ("The port office said that 380 cranes were moved from the old quay.", True),
        ("A port spokesman said on Monday that no lamp had been lit at the gate.", False),
    ],
)
def test_near_copies_share_half_of_their_5_grams(other, is_near):
    assert are_near(normalised(LINE), normalised(other)) is is_near


def test_what_is_similar_shares_a_band_and_what_is_not_does_not():
    rng = random.Random(7)  # noqa: S311 - no secret, the same words each time
    shared = {True: 0, False: 0}
    for _ in range(400):
        words = [f"{rng.choice(WORDS)}{rng.choice('abcdefgh')}" for _ in range(20)]
        copied = [*words[:18], "another", "ending"]
        strange = [f"{rng.choice('xyzuvw')}{rng.choice(WORDS)[::-1]}" for _ in range(20)]
        for is_copy, others in ((True, copied), (False, strange)):
            one, other = " ".join(words), " ".join(others)
            shared[is_copy] += bool(set(band_keys(one)) & set(band_keys(other)))

    assert shared[True] >= 390
    assert shared[False] <= 4


@given(st.text())
def test_every_text_has_keys_of_64_bits(text):
    wording = normalised(text)
    keys = (exact_key(wording), *band_keys(wording))

    assert len(keys) in (1, 1 + BANDS)
    assert all(-(1 << 63) <= key < 1 << 63 for key in keys)


@given(st.text(alphabet="ab \n0١“—é\U0001f6a2"), st.text(alphabet="ab \n0١“—é\U0001f6a2"))
def test_resemblance_is_the_same_both_ways_and_1_for_equals(one, other):
    a, b = normalised(one), normalised(other)

    assert resemblance(a, a) == 1
    assert 0 <= resemblance(a, b) == resemblance(b, a) <= 1
    assert are_near(a, b) == are_near(b, a)


@given(st.text(), st.lists(st.sampled_from([" ", "\n", "\u2003", "\t"]), min_size=1))
def test_white_space_and_case_make_no_difference(text, spaces):
    assert normalised(f" {text} ") == normalised(text)
    assert normalised(f"A{''.join(spaces)}b") == "a b"


def test_a_lone_surrogate_has_a_key_too():
    assert isinstance(exact_key(SURROGATE), int)


def test_the_threshold_is_that_of_the_docstring():
    assert f"at least {NEAR}" in (similarity.__doc__ or "")
