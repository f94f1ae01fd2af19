import pytest

from tests.formats.readers import reading
from tests.formats.readers.making import WORD, packed, paragraph, word


def test_paragraphs_tables_and_insertions_are_text_and_deletions_are_not():
    row = f"<w:tr><w:tc>{paragraph('Dead')}</w:tc><w:tc>{paragraph('3')}</w:tc></w:tr>"
    body = (
        paragraph("Bridge ", "closed")
        + f"<w:ins>{paragraph('by order')}</w:ins>"
        + f"<w:del>{paragraph('by chance')}</w:del>"
        + "<w:p><w:ins><w:r><w:t>It </w:t></w:r></w:ins><w:del><w:r><w:delText>They</w:delText>"
        + "</w:r></w:del><w:r><w:t>fell</w:t><w:br/><w:t>in</w:t><w:tab/><w:t>May</w:t></w:r></w:p>"
        + f"<w:sdt><w:sdtContent>{paragraph('Kept')}</w:sdtContent></w:sdt>"
        + f"<w:tbl>{row}<w:tr><w:tc>{paragraph('')}</w:tc></w:tr>{row}</w:tbl>"
    )
    data = word(body)
    record = reading.one("a.docx", data)

    assert record.text.split("\n") == [
        *("Bridge closed", "by order", "It fell", "in\tMay", "Kept", "Dead\t3", "Dead\t3"),
    ]
    assert (record.raw, record.encoding, record.number) == (data, "docx", 0)


def test_a_text_box_is_read_once():
    box = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:pict>"
        + paragraph("Boxed")
        + '</w:pict></w:r><mc:Fallback xmlns:mc="urn:mc">'
        + paragraph("Boxed")
        + "</mc:Fallback></w:p>"
    )

    assert reading.one("a.docx", word(box)).text == "Before\nBoxed"


@pytest.mark.parametrize(
    ("title", "kept"), [("Bridge closed", "Bridge closed"), ("draft3.docx", None), ("", None)]
)
def test_the_title_is_kept_and_who_and_when_the_file_was_written_are_not(title, kept):
    record = reading.one("a.docx", word(paragraph("One."), title=title))

    assert (record.title, record.language) == (kept, "en")
    assert (record.author, record.published) == (None, None)


def test_a_main_part_with_a_number_is_found():
    data = packed(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document2.xml": f'<w:document xmlns:w="{WORD}">{paragraph("One.")}'
            "</w:document>".encode(),
        }
    )

    assert reading.one("a.docx", data).text == "One."


BILLION = '<!DOCTYPE w [<!ENTITY a0 "ha">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
)


@pytest.mark.parametrize(
    "data",
    [
        word(paragraph("&a9;"), doctype=BILLION),
        word('<w:p w:x="&a9;"/>', doctype=BILLION),
        word(paragraph("&a;"), doctype='<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        word(paragraph("One."), doctype='<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">'),
        word(paragraph("")),
        word("<w:p>"),
        word("<w:p>" * 400 + "</w:p>" * 400),
        word(paragraph("x" * 19_000_000)),
        word(paragraph("One."), more={"word/document.xml": b""}),
        word(paragraph("One."))[:-30],
        b"PK\x03\x04",
        b"no archive",
    ],
)
def test_a_file_that_no_word_wrote_is_refused(data):
    assert reading.outline("a.docx", data) == ["!"]
