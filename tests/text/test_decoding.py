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


def test_a_guess_that_does_not_fit_is_dropped(monkeypatch):
    monkeypatch.setattr("chardet.detect", lambda data: {"encoding": "ascii"})

    assert decode(b"\x93Yes\x94").text == "“Yes”"


def test_a_line_over_the_limit_is_refused_by_number():
    line = b"a" * MAX_LINE

    assert decode(line + b"\n" + line).encoding == "utf-8"
    with pytest.raises(UndecodableError, match="Line 3 is longer than 1,000,000 characters"):
        decode(b"one\r\ntwo\n" + line + b"a\nfour")
