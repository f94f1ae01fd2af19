import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.decoding import MAX_LINE, UndecodableError, decode

FRENCH = "Le ministre a déclaré que l’été à Orléans serait très sec, « malgré tout ».\n" * 4


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (b"A bridge fell.", "A bridge fell.", "utf-8"),
        ("Zoë — 🔥".encode(), "Zoë — 🔥", "utf-8"),
        (codecs.BOM_UTF8 + b"A bridge", "A bridge", "utf-8-sig"),
        ("A brídge".encode("utf-16"), "A brídge", "utf-16"),
        (codecs.BOM_UTF16_BE + "A brídge".encode("utf-16-be"), "A brídge", "utf-16"),
        (codecs.BOM_UTF32_LE + "A 🔥".encode("utf-32-le"), "A 🔥", "utf-32"),
        ("A bridge fell.".encode("utf-16-le"), "A bridge fell.", "utf-16-le"),
        ("A bridge fell.".encode("utf-16-be"), "A bridge fell.", "utf-16-be"),
        ("Мост упал, никто не пострадал. ".encode("cp1251") * 9, None, "cp1251"),
        (FRENCH.encode("cp1252"), FRENCH, "cp1252"),
        (b"\x93Yes\x94 \x96 no", "“Yes” – no", "cp1252"),
    ],
)
def test_the_encoding_is_found(data, text, encoding):
    found = decode(data)

    assert found.encoding == encoding
    assert found.text == (text or data.decode(encoding))
    assert found.problems == ()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_back_unchanged(text):
    if not text.strip() or text.startswith("\ufeff"):
        text = f"a{text}"

    assert decode(text.encode()).text == text


@given(st.binary())
def test_any_bytes_are_a_text_or_refused(data):
    try:
        found = decode(data)
    except UndecodableError:
        return
    assert found.text.strip()
    assert "\0" not in found.text
    assert found.text.encode().decode() == found.text


def test_nothing_but_nul_is_changed():
    text = "e\u0301\r\n\u200bA\rB\n\u2028 \ufb01 “"

    assert decode(text.encode()).text == text


def test_a_nul_is_replaced_one_for_one_and_reported():
    found = decode(b"The bridge\0fell in the night.")

    assert found.text == "The bridge\ufffdfell in the night."
    assert found.problems == ("NUL characters replaced: 1",)


def test_damaged_characters_stay_and_are_counted():
    found = decode("The army \ufffd so they say \ufffd left.".encode())

    assert found.text.count("\ufffd") == 2
    assert found.problems == ("damaged characters: 2",)


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_a_cut_utf8_file_is_still_utf8(mark):
    found = decode(mark + ("Zoë naïve café — " * 9).encode() + b"\xe2\x80")

    assert found.encoding.startswith("utf-8")
    assert found.problems == ("damaged characters: 1",)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, "\u2028 ".encode()])
def test_an_empty_file_is_refused(data):
    with pytest.raises(UndecodableError, match=r"^The file is empty\.$"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6", b"a\1\2", bytes(range(256)) * 9],
)
def test_a_binary_file_is_refused(data):
    with pytest.raises(UndecodableError, match="not a text"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (codecs.BOM_UTF16_LE + b"A\0\x00\xd8", None),
        (codecs.BOM_UTF16_LE + b"A\0B", None),
        (b"\xff", "utf-8"),
        (b"abc", "no-such-encoding"),
    ],
)
def test_what_does_not_fit_its_encoding_is_refused(data, encoding):
    with pytest.raises(UndecodableError, match="not valid"):
        decode(data, encoding)


def test_half_a_pair_is_refused():
    with pytest.raises(UndecodableError, match="half a character pair"):
        decode(b"Hi +2AA- there", "utf-7")


def test_a_person_may_choose_the_encoding():
    assert decode(b"\xe9t\xe9", "cp1250").text == "été"


@pytest.mark.parametrize("guessed", ["ascii", "no-such-encoding", None])
def test_a_guess_that_does_not_fit_is_dropped(monkeypatch, guessed):
    monkeypatch.setattr("chardet.detect_all", lambda data: [{"encoding": guessed}])

    assert decode(b"\x93Yes\x94").text == "“Yes”"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Il l'a nié", "cp1252"),
        ("La città è più grande.", "cp1252"),
        ("Håll bron öppen!", "cp1252"),
        ("Broen på søen er i god stand, siger hun", "cp1252"),
        ("Köln", "cp1252"),
        ("Most spadł wczoraj, powiedział burmistrz Łodzi.", "cp1250"),
        ("Starosta Šťastný řekl, že most včera spadl.", "cp1250"),
        ("Мост", "cp1251"),
        ("Вчера упал мост.", "cp1251"),
    ],
)
def test_a_short_text_in_a_code_page_is_read(text, encoding):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "Мост упал вчера. Никто не пострадал.",
        "Η γέφυρα έπεσε χθες το βράδυ.",
        "הגשר נפל אתמול בערב.",
        "سقط الجسر مساء أمس.",
        "पुल कल शाम गिर गया।",
        "桥昨晚塌了。\n没有人受伤。\n",
        "다리가 어젯밤 무너졌다. 아무도 다치지 않았다.",
    ],
)
def test_utf16_without_a_mark_is_found_in_any_script(text, encoding):
    found = decode(text.encode(encoding))

    assert (found.text, found.encoding, found.problems) == (text, encoding, ())


def test_plain_text_with_a_stray_nul_is_no_utf16():
    assert decode(b"The bridge\0fell at night, they say.").text.startswith("The bridge\ufffdfell")


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_signs_that_came_as_surrogates_are_joined_and_reported(mark):
    found = decode(mark + b"Fire \xed\xa0\xbd\xed\xb4\xa5 on the lake, caf\xc3\xa9")

    assert found.text == "Fire 🔥 on the lake, café"
    assert found.problems == ("signs that came as two halves: joined",)


def test_half_a_sign_that_came_as_a_surrogate_is_damage_and_reported():
    found = decode(b"Fire \xed\xa0\xbd on the lake")

    assert found.text == "Fire \ufffd on the lake"
    assert found.problems[-1] == "damaged characters: 1"


def test_a_line_over_the_limit_is_refused_by_number():
    line = b"a" * MAX_LINE

    assert decode(line + b"\n" + line).encoding == "utf-8"
    with pytest.raises(UndecodableError, match="Line 3 is longer than 1,000,000 characters"):
        decode(b"one\r\ntwo\n" + line + b"a\nfour")


def test_surrogates_among_other_damage_are_damage():
    found = decode("Ein großes Feuer über Köln. ".encode() * 90 + b"\xed\xa0\xbd\xff")

    assert found.encoding == "utf-8"
    assert "\ufffd" in found.text
