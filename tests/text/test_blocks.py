import textwrap

import pytest

from workbench.text.blocks import blocks


def cut(text):
    return [block.of(text) for block in blocks(text)]


WRAPPED = (
    "The harbour of Tarvos was closed on Thursday\nafter a raid that killed at least nine dockers\n"
)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\v", "\f", " \n\t"])
def test_every_line_end_parts_lines(sign):
    assert cut(f"One.{sign}Two.") == ["One.", "Two."]


def test_blank_lines_part_blocks():
    assert cut("\nOne.\n \t\nTwo.\n\n") == ["One.", "Two."]


def test_two_wrapped_lines_are_one_block():
    assert cut(WRAPPED) == [WRAPPED.strip()]


def test_a_headline_is_not_wrapped_into_its_article():
    text = "The harbour of Tarvos was closed after a raid\nNine dockers were killed."

    assert cut(text) == text.split("\n")


@pytest.mark.parametrize(
    "tail", ["- a bullet", "1. A label", "    An indented line", "Another paragraph starts here."]
)
def test_a_new_paragraph_in_wrapped_text_is_a_block(tail):
    text = WRAPPED + WRAPPED.lower() + "and then it ended here.\n"

    assert cut(text + tail) == [text.strip(), tail.strip()]


def test_a_dash_that_was_wrapped_to_the_start_of_a_line_is_no_bullet():
    text = (
        "The harbour of Tarvos was closed on Thursday night\n"
        "– for the third time this year, its master said –\n"
        "after a raid that killed at least nine dockers and\n"
        "left twenty of them in need of a doctor for weeks.\n"
    )

    assert cut(text) == [text.strip()]


def test_a_short_line_in_wrapped_text_ends_its_block():
    text = WRAPPED + WRAPPED.lower() + "Harbour news\n"

    assert cut(text + WRAPPED)[-1] == WRAPPED.strip()


def test_lines_too_long_to_be_wrapped_stay_lines():
    text = WRAPPED + "\n" + "word " * 40 + "\n" + "more " * 40

    assert len(cut(text)) == 3


UNCASED = {
    "he": "הגשר הישן שמעל לנהר קרס אתמול בערב ואיש לא נפגע כך אמר ראש העיר אחרי שביקר במקום",
    "ar": "انهار الجسر القديم فوق النهر مساء أمس ولم يصب أحد بأذى كما قال رئيس البلدية بعد زيارته",
    "hi": "नदी पर बना पुराना पुल कल शाम गिर गया और किसी को चोट नहीं आई ऐसा नगर के मुखिया ने कहा",
    "ko": "강 위의 오래된 다리가 어제 저녁 무너졌으나 다친 사람은 없었다고 시장이 말했다",
}


@pytest.mark.parametrize("language", UNCASED)
def test_text_in_a_script_without_capitals_is_unwrapped(language):
    text = "\n".join(textwrap.wrap(f"{UNCASED[language]} " * 4, 50))

    assert cut(text) == [text]


@pytest.mark.parametrize("language", UNCASED)
def test_headlines_in_a_script_without_capitals_stay_lines(language):
    words = UNCASED[language].split()
    lines = [" ".join(words[:count]) for count in (8, 11, 9, 12, 10)]

    assert cut("\n".join(lines)) == lines


def test_lines_without_spaces_stay_lines():
    lines = ["桥昨天晚上塌了没有人受伤" * count for count in (4, 3, 5, 4)]

    assert cut("\n".join(lines)) == lines
