from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.tongues import TONGUES
from workbench.text.detecting import SURE, Detected, detect_language

# Bosnian, Croatian and Serbian, and Malay and Indonesian, are one to a guesser.
ALIKE = {"hr": {"hr", "bs", "sr"}, "id": {"id", "ms"}, "no": {"no"}, "sr": {"sr", "hr", "bs", "mk"}}
MENU = "Home\nNews\nSport\nWorld\nBusiness\nMost read\nSign in\nSubscribe now\nShare this\n"


def expected(language):
    return ALIKE.get(language, {language})


@pytest.mark.parametrize("language", TONGUES)
def test_the_language_of_a_paragraph_is_found(language):
    found = detect_language(" ".join(TONGUES[language]))

    assert found.language in expected(language)
    assert found.is_sure


@pytest.mark.parametrize("language", TONGUES)
def test_an_english_menu_around_an_article_does_not_count(language):
    found = detect_language(f"{MENU}\n{' '.join(TONGUES[language])}\n{MENU}{MENU}")

    assert found.language in expected(language)


@pytest.mark.parametrize("language", TONGUES)
def test_a_sentence_is_found_or_left_to_the_default(language):
    for sentence in TONGUES[language]:
        found = detect_language(sentence, default="xx")

        assert found.language in {*expected(language), "xx"}, sentence


@pytest.mark.parametrize(
    "text", ["", "Bridge falls", "12 — 14", "🔥🔥", "Pont", "\ud7ff\U000e0041"]
)
def test_a_text_too_short_to_tell_keeps_the_default(text):
    assert detect_language(text) == Detected("en", 0.0)
    assert detect_language(text, default="de") == Detected("de", 0.0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("谁看见了桥？", "zh"),
        ("橋が落ちた。", "ja"),
        ("다리가 무너졌다.", "ko"),
        ("Έπεσε η γέφυρα.", "el"),
        ("הגשר נפל.", "he"),
        ("สะพานพังแล้ว", "th"),
    ],
)
def test_a_few_words_in_a_script_of_its_own_are_enough(text, language):
    found = detect_language(text)

    assert (found.language, found.is_sure) == (language, True)


def test_a_name_in_another_script_is_not_the_text():
    text = "The bridge that people here call 橋 fell into the river on Friday, the mayor said."

    assert detect_language(text).language == "en"


def test_half_of_each_of_two_languages_keeps_the_default():
    text = "The bridge fell into the river last night, said Ana. Мост упал в реку вчера вечером."

    assert detect_language(text, default="fi").language in {"fi"}


@given(st.text())
def test_any_text_has_a_language_and_a_confidence(text):
    found = detect_language(text, default="xx")

    assert found.language
    assert 0 <= found.confidence <= 1
    assert found.is_sure == (found.confidence >= SURE)


def test_a_long_text_costs_no_more_than_a_page():
    page = " ".join(TONGUES["de"]) + "\n"
    detect_language(page)
    start = process_time()
    detect_language(page * 20_000)

    assert process_time() - start < 0.2
