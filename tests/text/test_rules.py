import pytest

from tests.text.tongues import TONGUES, UNSPACED
from workbench.text.rules import ALL_RULES, Rule
from workbench.text.segmenting import segment
from workbench.text.sentences import sentences
from workbench.text.spans import Span

# One text for each rule; without the rule it is cut otherwise.
WORTH = {
    Rule.RANKS: "Cllr. Ana Roth left.",
    Rule.INITIALS: "Ask B. Young.",
    Rule.LABELS: "1. The army left.",
    Rule.LETTERS: "He met the (C.I.A.) Director.",
    Rule.ABBREVIATIONS: "It made $1.2 bn. last year.",
    Rule.NUMBERS: "It is Ext. 7 of ten.",
    Rule.QUOTED: "“Why?” he asked.",
    Rule.DOTS: "They left... Nobody stayed.",
    Rule.SMILEYS: "Nobody has seen it :-) Ask him.",
    Rule.SCRIPT_STOPS: "桥塌了。没有人。",
    Rule.GLUED: "He met the army.The minister left.",
    Rule.BRACKETS: "He spoke (for once. At last.) and left.",
    Rule.WORDLESS: "He left. ...",
    Rule.DATELINES: "ORLEN (AFP) - The bridge fell.",
    Rule.ASIDES: "She got a tram (!) Driver to stop.",
    Rule.CREDITS: "The bridge fell. It was old. (AFP)",
}


# What is worth nothing in English is shown in another language.
ABROAD = {
    Rule.STARTERS: ("pl", "Most zbudowano w 1907 r. To był dobry rok."),
    Rule.NOTES: ("es", "El puente cayó.³ Nadie murió."),
}


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_can_be_switched_off(rule):
    language, text = ABROAD.get(rule) or ("en", WORTH[rule])

    assert segment(text, language) != segment(text, language, rules=ALL_RULES - {rule})


@pytest.mark.parametrize("language", TONGUES)
def test_sentences_of_many_languages(language):
    text = ("" if language in UNSPACED else " ").join(TONGUES[language])

    found = [piece.of(text) for piece in sentences(text, Span(0, len(text)), language)]

    assert found == TONGUES[language]
