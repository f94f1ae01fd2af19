import pytest

from tests.formats.readers import reading
from tests.formats.readers.making import BRIDGE

FRONT = b'---\ntitle: "Bridge closed"\ndate: 2015-10-16 # written\nauthors: [Ada]\n- x\n---\n'


@pytest.mark.parametrize("name", ["a.txt", "a.text", "A.TXT", "a.log", "a"])
def test_a_text_file_is_the_article(name):
    record = reading.one(name, f"\n{BRIDGE}\r\n".encode())

    assert (record.text, record.raw) == (f"\n{BRIDGE}\r\n", f"\n{BRIDGE}\r\n".encode())
    assert (record.encoding, record.number, record.source) == ("utf-8", 0, name)
    assert (record.title, record.published, record.problems) == (None, None, ())


def test_damage_is_told():
    assert reading.one("a.txt", b"Bridge\0 closed").problems == ("NUL characters replaced: 1",)


@pytest.mark.parametrize("data", [b"", b" \n", bytes(range(32)) * 9, b"x" * 1_000_001])
def test_what_is_no_text_is_refused(data):
    assert reading.outline("a.txt", data) == ["!"]


@pytest.mark.parametrize(
    ("data", "text", "title"),
    [
        (FRONT + b"One.\n", "One.\n", "Bridge closed"),
        (FRONT.replace(b"\n", b"\r\n") + b"One.", "One.", "Bridge closed"),
        (b"---\ntitle: 'x'\n...\nOne.", "One.", "x"),
        (b"---\nNo front matter.\n\nOne.", "---\nNo front matter.\n\nOne.", None),
        (b"# Bridge closed\n\nOne.", "# Bridge closed\n\nOne.", None),
        (b"<p align=center>One.</p>", "<p align=center>One.</p>", None),
        (b"---\ntext: other\n---\nOne.", "One.", None),
    ],
)
def test_markdown_is_text_below_its_front_matter(data, text, title):
    record = reading.one("a.md", data)

    assert (record.text, record.raw, record.title) == (text, data, title)


def test_front_matter_gives_the_details():
    record = reading.one("a.markdown", FRONT + b"One.")

    assert (record.author, record.published) == ("Ada", "2015-10-16")


def test_front_matter_alone_is_no_article():
    assert reading.outline("a.md", FRONT) == ["!"]
