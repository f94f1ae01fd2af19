import codecs

import pytest

from tests.formats.readers import making, reading
from tests.formats.readers.making import packed, page, paragraph, printed, word

LINE = [(72.0, 700.0, "The bridge over the Orle was closed to lorries on Monday.")]


@pytest.mark.parametrize("called", ["a.txt", "a.csv", "a.json", "a.pdf", "a.docx", "a.zip"])
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (printed([LINE]), ".pdf"),
        (word(paragraph("One.")), ".docx"),
        (packed({"a.txt": b"One."}), ".zip"),
        (making.table({"text": ["One."]}), ".parquet"),
        (page().encode(), ".html"),
        (codecs.BOM_UTF16_LE + page().encode("utf-16-le"), ".html"),
        (codecs.BOM_UTF8 + page().encode(), ".html"),
        (b"<!-- saved -->\n" + page().encode(), ".html"),
        (making.saved_page(page()), ".mhtml"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_name_is_seen_through_and_told(called, data, kind):
    told = reading.one(called, data).problems

    assert told == (
        () if called.endswith(kind) else (f"read as {kind}, although called {called[1:]}",)
    )


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".zip", ".gz", ".parquet"])
def test_a_text_that_is_called_something_else_is_refused(suffix):
    assert suffix in reading.reason(f"a{suffix}", b"The bridge was closed.")


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "Save it as .docx"),
        (b"{\\rtf1 One.}", "Save it as"),
        (b"Rar!\x1a\x07", "Pack it as ZIP"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"\0" * 257 + b"ustar" + b"\0" * 99, "Pack it as ZIP"),
        (packed({"xl/workbook.xml": b""}), "Save it as CSV"),
        (packed({"content.xml": b"", "mimetype": b""}), "OpenDocument"),
        (b"\x7fELF" + bytes(range(20)) * 20, "not a text"),
    ],
)
def test_what_is_not_read_is_named_with_what_to_do(data, advice):
    assert advice in reading.reason("a.txt", data)
    assert advice in reading.reason("a.doc", data)


def test_a_name_of_another_system_has_a_suffix_too():
    assert reading.one("C:\\reports.old\\A.HTM", page().encode()).problems == ()
