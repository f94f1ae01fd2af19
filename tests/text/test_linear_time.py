from time import process_time

import pytest

from workbench.text.segmenting import segment

UNITS = [
    "word ", '"', "“", "a.", "a. ", "A. ", "! ", ".", "(", "(a. B.) ", '." ', "\n", "a\n", " ",
    "aa.Aa ", "aa.Aaa", "U.S. ", "He left. ", "One two three.\n", "date 2021-07-08 ", "我。", "。",
    "7 Views ", "By Aa ", "a | ", "Aa, ", "-- ", "\ufffd", "a@b.Cc ",
    "Pier news\nThe pier is old.\n", "At a pier\n", "Photo: Aa ", "2015 at at ", "A.“ ",
    "Lakes\n", "Facebook 1 ", "Facebook", "a (!) ", "a.[1] ", "5. A ", "a, ", "Aa / ", "1 r. To ",
    "2015-01-02 10:15 ", "Aa Bb 9 May 2016 10:15\n", "Mayor sells the tram to…\n", "「あ。", "। ” ",
    "ההה ווו זזז\n", "10:15 ", "May 3, ", "| ", "(Photo Aa ", "/ AA ",
    "a long enough line that is wrapped at fifty signs or so\n",
]  # fmt: skip
SMALL, FACTOR = 5_000, 8


def seconds(text, language="en"):
    # The best of three: a busy machine only ever adds time.
    times = []
    for _ in range(3):
        start = process_time()
        segment(text, language)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_no_faster_than_the_text(unit):
    segment("Warm. The model is loaded.")
    small = unit * (SMALL // len(unit))

    # Quadratic work would take FACTOR times FACTOR as long.
    assert seconds(small * FACTOR) < (seconds(small) + 0.01) * FACTOR * 2.5


@pytest.mark.parametrize("unit", ["A. El ", "5. Alay ", "a. — b ", "1 r. To ", "а. Но ", "? a "])
@pytest.mark.parametrize("language", ["es", "tr", "pl", "ru"])
def test_time_grows_no_faster_than_the_text_abroad(unit, language):
    segment("Warm.", language)
    small = unit * (SMALL // len(unit))

    assert seconds(small * FACTOR, language) < (seconds(small, language) + 0.01) * FACTOR * 2.5


def test_deep_brackets_are_linear():
    small = "(" * SMALL + ")" * SMALL
    large = "(" * SMALL * FACTOR + ")" * SMALL * FACTOR

    assert seconds(large) < (seconds(small) + 0.01) * FACTOR * 2.5
