import csv as standard
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.readers import reading
from workbench.formats.readers import headers

FRENCH = "Le ministre a déclaré que l’été serait très sec à Orléans « malgré tout »."
SHORT = b"id,text,author,url\n"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b"text\nOne.\nTwo.\n", ["One.", "Two."]),
        (b"id,text\n1,One.\n", ["One."]),
        (b"id;text\n1;One, two.\n", ["One, two."]),
        (b"id\ttext\n1\tOne, two.\n", ["One, two."]),
        (b"id|text\n1|One, two.\n", ["One, two."]),
        (b"sep=;\r\nid;text\r\n1;One, two.\r\n", ["One, two."]),
        (b"text\nOne, two; three.\n", ["One, two; three."]),
        (b'id,text\r\n1,"One\r\ntwo."\r\n', ["One\r\ntwo."]),
        (b'id,text\n1,"One ""two"" three."\n', ['One "two" three.']),
        (b'id, text\n1, "One, two."\n', ["One, two."]),
        (b"id,text\n1,One\rtwo.\n", ["One\rtwo."]),
        (b"id,text\r1,One.\r2,Two.\r", ["One.", "Two."]),
        (b"id,text\n\n1,One.\n\n\n2,Two.", ["One.", "Two."]),
        (b"id,text\n1,One.,,\n", ["One."]),
        (b"\xef\xbb\xbftext,id\nOne.,1\n", ["One."]),
        ("id,text\n1,Zoë.\n".encode("utf-16"), ["Zoë."]),
        (f"id,text\n1,{FRENCH}\n".encode("cp1252"), [FRENCH]),
        (b"text,text\nOne.,two\n", ["One."]),
        (b"id,text\n1,\n2,Two.\n", ["line 2", "Two."]),
        (b"id,text\n1,a,b\n2,Two.\n", ["line 2", "Two."]),
        (b"id,text\n1\n2,Two.\n", ["line 2", "Two."]),
    ],
)
def test_golden_tables(data, texts):
    assert reading.outline("table.csv", data) == texts


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"Yes" he said', '"Yes" he said'),
        ('He said "yes"', 'He said "yes"'),
        ('5" of rain', '5" of rain'),
        ('"Yes', '"Yes'),
    ],
)
def test_a_lone_quotation_mark_is_text_and_told(cell, text):
    data = f'id,text,title\n1,{cell},One\n2,"Two.",Two\n'.encode()
    first, second = reading.records("table.csv", data)

    assert first.text == text
    assert bool(first.problems) == cell.startswith('"')
    assert second.text == "Two."


def test_a_mark_that_is_never_closed_ends_the_table_with_a_fault():
    data = b'id,text\n1,One.\n2,"Two.\n3,Three.\n'

    assert reading.outline("table.csv", data) == ["One.", "line 3"]


def test_a_row_that_a_line_break_tore_gives_no_half_article():
    data = SHORT + b"1,The bridge\nwas closed.,Ada,\n2,Two.,Ada,\n"

    assert reading.outline("table.csv", data) == ["line 2", "line 3", "Two."]


def test_a_row_torn_more_than_once_gives_no_article():
    data = SHORT + b"1,The bridge\nwas\nclosed.,Ada,\n2,Two.,Ada,\n"

    assert reading.outline("table.csv", data)[-1] == "Two."
    assert len(reading.outline("table.csv", data)) == 4


def test_missing_cells_at_the_end_are_told():
    first, second = reading.records("table.csv", SHORT + b"1,One.\n2,Two.\n")

    assert first.problems == ("cells missing at the end: 2",)
    assert (first.author, second.number) == (None, 2)


def test_a_row_knows_its_bytes_its_number_and_its_details():
    data = (
        b"Headline;Article Text;Source;By;Date;Link;ID\r\n"
        b'Closed;"One\n""two"".";Courier;Ada;16 October 2015;https://courier.example/1;x7\r\n'
    )
    (record,) = reading.records("table.csv", data, mapping=None)

    assert record.raw == data.partition(b"\r\n")[2]
    assert (record.number, record.encoding, record.source) == (1, "utf-8", "table.csv")
    assert (record.title, record.outlet, record.author) == ("Closed", "Courier", None)
    assert (record.published, record.external_id) == ("2015-10-16", "x7")
    assert record.url == "https://courier.example/1"


def test_damaged_bytes_are_shown_told_and_kept():
    rows = "".join(f"{number},Zoë and Chloë were there.\n" for number in range(99)).encode()
    last = reading.records("table.csv", b"id,text\n" + rows + b"99,Zo\xeb.\n")[-1]

    assert (last.text, last.raw) == ("Zo\ufffd.", b"99,Zo\xeb.\n")
    assert last.problems == ("damaged characters: 1",)


def test_a_person_can_say_which_column_is_which():
    data = b"a,b\nOne.,T\n"

    (record,) = reading.records("table.csv", data, mapping={"text": "a", "title": "b"})
    assert (record.text, record.title) == ("One.", "T")
    assert headers("table.csv", data) == ("a", "b")


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n",
        b"\n\n",
        b"id,text\n",
        b"x" * 1_100_000 + b"\n1,2\n",
    ],
)
def test_a_table_without_articles_is_refused(data):
    assert reading.outline("table.csv", data)[-1] == "!"


@pytest.mark.parametrize(
    "mapping", [{}, {"text": "c"}, {"text": "a", "colour": "b"}, {"title": "a"}]
)
def test_a_choice_that_cannot_be_is_refused(mapping):
    with pytest.raises(ValueError, match="column"):
        reading.records("table.csv", b"a,b\n1,2\n", mapping=mapping)


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\r\n\t|'), min_size=1
).filter(lambda text: text.strip() and not text.startswith("\ufeff"))


@given(st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_what_the_standard_library_writes_comes_back_equal(texts, delimiter):
    file = io.StringIO()
    writer = standard.writer(file, delimiter=delimiter, quoting=standard.QUOTE_ALL)
    writer.writerows([["id", "text"], *enumerate(texts)])

    found = reading.records("table.csv", file.getvalue().encode())
    assert [record.text for record in found] == texts
    head = f'"id"{delimiter}"text"\r\n'.encode()
    assert head + b"".join(record.raw for record in found) == file.getvalue().encode()


@given(st.lists(st.text('ab",\n\r ', max_size=8), max_size=12))
def test_no_row_is_read_twice(cells):
    data = "id,text\n" + "\n".join(cells)
    raws = [record.raw for record in reading.kept("table.csv", data.encode())]

    assert sum(map(len, raws)) <= len(data.encode())
