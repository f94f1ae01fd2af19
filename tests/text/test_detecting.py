import pytest

from tests.text.tongues import TONGUES
from workbench.text.detecting import detect_language

# Bosnian, Croatian and Serbian, and Malay and Indonesian, are one to a guesser.
ALIKE = {"hr": {"hr", "bs", "sr"}, "id": {"id", "ms"}, "no": {"no"}, "sr": {"sr", "hr", "bs", "mk"}}


@pytest.mark.parametrize("language", TONGUES)
def test_the_language_of_a_paragraph_is_found(language):
    found = detect_language(" ".join(TONGUES[language]))

    assert found in ALIKE.get(language, {language})


@pytest.mark.parametrize("text", ["", "Bridge falls", "12 — 14", "🔥🔥"])
def test_a_text_too_short_to_tell_keeps_the_default(text):
    assert detect_language(text) == "en"
    assert detect_language(text, default="de") == "de"


def test_one_sentence_in_a_script_of_its_own_is_enough():
    assert detect_language("谁看见了桥？") == "zh"
