import zipfile
from io import BytesIO

import pytest

from tests.formats.readers import reading
from tests.formats.readers.making import PROTECTED, again_and_again, printed
from workbench.formats.readers import pdf
from workbench.formats.readers.paragraphs import PrintedLine, joined
from workbench.formats.readers.pdf_pages import Bounds

LONG = (
    "The bridge over the Orle was closed to lorries on Monday after two",
    "cracks were found in its eastern pier, the engineer of the town said.",
    "Repairs will take until March.",
)
NEXT = ("The operator of the ferry disputed that figure on Tuesday, and then",)


def block(lines, top, left=72.0):
    return [(left, top - 14 * number, line) for number, line in enumerate(lines)]


def test_lines_become_paragraphs_again():
    data = printed([block(LONG, 700) + block(NEXT, 640)], title="Bridge closed")
    record = reading.one("a.pdf", data)

    assert record.text.split("\n\n") == [" ".join(LONG), NEXT[0]]
    assert (record.raw, record.encoding, record.title) == (data, "pdf", "Bridge closed")
    assert (record.author, record.published) == (None, None)


def test_a_paragraph_goes_on_over_the_page():
    data = printed([block(NEXT, 700), block(("said the cost was higher.",), 700), []])

    assert reading.one("a.pdf", data).text == f"{NEXT[0]} said the cost was higher."


@pytest.mark.parametrize("title", ["draft3.docx", "Microsoft Word - draft", ""])
def test_a_file_name_is_no_title(title):
    assert reading.one("a.pdf", printed([block(LONG, 700)], title=title)).title is None


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (printed([[]]), "OCR"),
        (printed([block(LONG, 700)], extra=PROTECTED), "password"),
        (printed([[]] * 1_001), "pages"),
        (printed([block(LONG, 700)])[:200], "damaged"),
        (b"no PDF", "damaged"),
    ],
)
def test_a_file_without_a_text_is_refused_in_a_clear_line(data, word):
    assert word in reading.reason("a.pdf", data)


def test_a_file_that_is_longer_than_any_article_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "_BOUNDS", Bounds(characters=150))

    assert reading.outline("a.pdf", printed([block(LONG, 700)] * 2)) == ["!"]


SMALL = Bounds(memory=300_000_000)


@pytest.mark.parametrize("depth", [0, 7], ids=["a stream", "forms in forms"])
def test_a_page_that_unpacks_to_far_too_much_is_refused_and_the_next_file_is_read(
    monkeypatch, depth
):
    monkeypatch.setattr(pdf, "_BOUNDS", SMALL)
    bomb = again_and_again(b"(The bridge fell.) Tj ", 100_000 if depth == 0 else 10, depth=depth)

    assert len(bomb) < 10_000
    assert "unpacks to more" in reading.reason("bomb.pdf", bomb)
    assert reading.one("a.pdf", printed([block(LONG, 700)])).text == " ".join(LONG)


def test_a_file_that_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "_BOUNDS", Bounds(seconds=1))
    slow = again_and_again(b"( ) Tj ", 10_000, n_pages=999)

    assert "takes longer" in reading.reason("slow.pdf", slow)


def archive(*files):
    """A ZIP of PDF files, as they are."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, data in enumerate(files):
            made.writestr(f"{name}.pdf", data)
    return packed.getvalue()


def test_an_archive_that_holds_pdf_files_as_they_are_is_no_pdf_file():
    packed = archive(printed([block(LONG, 700)]), printed([block(NEXT, 700)]))

    assert reading.outline("a.zip", packed) == [" ".join(LONG), NEXT[0]]


def test_an_archive_is_left_alone_after_three_files_that_take_too_much(monkeypatch):
    monkeypatch.setattr(pdf, "_BOUNDS", SMALL)
    bomb, fine = again_and_again(b"(The bridge fell.) Tj ", 100_000), printed([block(LONG, 700)])
    assert reading.outline("a.zip", archive(bomb, bomb, fine, bomb, fine)) == [
        "member 0.pdf",
        "member 1.pdf",
        " ".join(LONG),
        "!",
    ]


def test_a_page_that_cannot_be_read_is_told():
    data = printed([block(LONG, 700), block(NEXT, 700)])
    broken = data.replace(b"/Type /Page /Parent", b"/Type /None/Parent", 1)
    record = reading.one("a.pdf", broken)

    assert record.problems == ("page 1 could not be read",)
    assert record.text == NEXT[0]


def line(text, bottom, *, left=72.0, right=500.0, height=10.0, page=0):
    return PrintedLine(text, page, left, right, bottom, bottom + height)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        ([line(" ", 700)], ""),
        ([line("one", 700), line("two", 686)], "one two"),
        ([line("infor\x02", 700), line("mation", 686)], "information"),
        ([line("well-", 700), line("known", 686)], "well-known"),
        ([line("end.", 700, right=200), line("Next", 686)], "end.\n\nNext"),
        ([line("end.", 700), line("next", 686)], "end. next"),
        ([line("end.", 700), line("Next", 686, left=90)], "end.\n\nNext"),
        ([line("Head", 700, height=30), line("body", 686)], "Head\n\nbody"),
        ([line("one", 700), line("two", 686), line("three", 650)], "one two\n\nthree"),
        ([line("one", 100), line("two", 700, left=320)], "one two"),
        ([line("one.", 100), line("two", 700, left=320)], "one.\n\ntwo"),
        ([line("one", 100), line("Two", 700, page=1)], "one\n\nTwo"),
    ],
)
def test_golden_paragraphs(lines, text):
    assert joined(lines) == text
