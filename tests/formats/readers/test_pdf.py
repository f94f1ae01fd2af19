import pytest

from tests.formats.readers import reading
from tests.formats.readers.making import PROTECTED, printed
from workbench.formats.readers import pdf
from workbench.formats.readers.paragraphs import PrintedLine, joined

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
    monkeypatch.setattr(pdf, "_MOST_CHARACTERS", 150)

    assert reading.outline("a.pdf", printed([block(LONG, 700)] * 2)) == ["!"]


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
