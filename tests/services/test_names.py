import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import InputError
from workbench.services import names


@pytest.mark.parametrize(
    ("given_name", "stored"),
    [
        ("Ada", "Ada"),
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\u00a0L.", "Ada L."),
        ("ﬁona", "fiona"),
        ("Zoë O'Neil-Smith", "Zoë O'Neil-Smith"),
        ("張偉", "張偉"),
        ("محمد", "محمد"),
        ("Анна 2", "Анна 2"),
        ("x" * 60, "x" * 60),
    ],
)
def test_a_name_is_stored_composed_and_without_white_space_around(given_name, stored):
    assert names.cleaned(given_name) == stored


@pytest.mark.parametrize(
    "hidden",
    [
        "\x00",
        "\n",
        "\t",
        "\x1b",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\u00ad",
        "\u2028",
        "\ue000",
        "\u034f",
        "\u3164",
        "\ufe0f",
        "\u2800",
        "\U000e0041",
        "\ud800",
    ],
)
def test_what_cannot_be_seen_is_refused(hidden):
    with pytest.raises(InputError, match="cannot be seen"):
        names.cleaned(f"A{hidden}da")


@pytest.mark.parametrize("empty", ["", "   ", "...", "-", "!?"])
def test_a_name_needs_a_letter_or_digit(empty):
    with pytest.raises(InputError, match="empty"):
        names.cleaned(empty)


def test_sixty_one_characters_are_too_many():
    with pytest.raises(InputError, match="61 characters"):
        names.cleaned("x" * 61)


def test_a_word_in_two_alphabets_is_refused():
    with pytest.raises(InputError, match="two alphabets"):
        names.cleaned("Аda")  # a Cyrillic A before Latin letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ADA"),
        ("Ada", "аdа"),  # Cyrillic
        ("Alice", "AIice"),  # capital i
        ("Alice", "A1ice"),
        ("Bob", "B0b"),
        ("Bernie", "Bemie"),
        ("Ada L.", " ada  l."),
        ("Ann", "Ａｎｎ"),
        ("Ann", "𝐀𝐧𝐧"),
        ("Νίκος", "ΝΊΚΟΣ"),
    ],
)
def test_names_that_look_alike_have_one_key(one, other):
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ada", "Adam"), ("Person 1", "Person 2"), ("Reviewer 1", "Reviewer 11"), ("張偉", "王芳")],
)
def test_names_that_differ_have_two_keys(one, other):
    assert names.key(one) != names.key(other)


@given(st.text(max_size=80))
def test_every_text_has_a_key_that_fits_its_column(text):
    assert len(names.key(text)) <= names.LONGEST_KEY


@given(st.text(max_size=80))
def test_a_name_that_passes_is_visible_short_and_stays_as_it_is(text):
    try:
        name = names.cleaned(text)
    except InputError:
        return
    assert names.cleaned(name) == name
    assert 0 < len(name) <= names.LONGEST
    assert not any(unicodedata.category(character).startswith("C") for character in name)
    assert names.key(name) == names.key(text)
