import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.readers import reading
from workbench.formats.readers import guess_mapping, read
from workbench.formats.readers import headers as headers_of
from workbench.formats.readers.columns import distinct


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["a", "b"], ["a", "b"]),
        ([" a ", "", "a", "  ", "a"], ["a", "column 2", "a (2)", "column 4", "a (3)"]),
        (["a", "a (2)", "a"], ["a", "a (2)", "a (3)"]),
        (["column 2", ""], ["column 2", "column 2 (2)"]),
        (["", "column 1"], ["column 1 (2)", "column 1"]),
        ([], []),
    ],
)
def test_every_column_has_a_name_of_its_own(names, told):
    assert list(distinct(names)) == told


@given(st.lists(st.sampled_from(["", " ", "a", "a (2)", "a (3)", "column 1", "column 2"])))
def test_no_two_columns_are_told_by_one_name(names):
    found = distinct(names)
    assert len(set(found)) == len(found) == len(names)
    assert all(found)


def test_thousands_of_columns_of_one_name_are_told_apart_at_once():
    assert distinct(["a"] * 200_000)[-1] == "a (200000)"


def test_a_column_of_a_repeated_or_blank_name_can_be_chosen():
    data = b"text;;text\nOne.;Two.;Three.\n"
    assert headers_of("a.csv", data) == ("text", "column 2", "text (2)")
    for column, text in (("text", "One."), ("column 2", "Two."), ("text (2)", "Three.")):
        (found,) = read("a.csv", data, mapping={"text": column})
        assert found.text == text


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (["text"], {"text": "text"}),
        (["ID", "Article Text"], {"text": "Article Text", "id": "ID"}),
        (["content", "body"], {"text": "body"}),
        (["source", "publisher", "text"], {"text": "text", "outlet": "publisher"}),
        (["pub_date", "date", "text"], {"text": "text", "published": "pub_date"}),
        (
            ["scraped_at", "updated", "text"],
            {"text": "text", "updated": "updated", "scraped": "scraped_at"},
        ),
        (["created", "text"], {"text": "text"}),
        (["by-line", "lang", "href"], {"author": "by-line", "language": "lang", "url": "href"}),
        (["a", "b"], {}),
        ([], {}),
    ],
)
def test_columns_are_guessed_by_name(headers, mapping):
    assert guess_mapping(headers) == mapping


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://courier.example/1?a=b", "https://courier.example/1?a=b"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("courier.example", None),
    ],
)
def test_an_address_is_http_or_nothing(url, kept):
    (record,) = reading.records("a.csv", f"text\turl\nOne.\t{url}\n".encode())

    assert record.url == kept
    assert bool(record.problems) == (kept is None)


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("2015-10-16", "2015-10-16"),
        ("2015-10", "2015-10"),
        ("20151016", "2015-10-16"),
        ("2015-10-16T23:59:59.123+02:00", "2015-10-16"),
        ("2015-10-16 10:00", "2015-10-16"),
        ("Fri, 16 Oct 2015 10:00:00 GMT", "2015-10-16"),
        ("16 October 2015", "2015-10-16"),
        ("Friday 16 October 2015", "2015-10-16"),
        ("Monday 16 October 2015", None),
        ("3/4/2015", None),
        ("2015-13-01", None),
        ("2015-02-30", None),
        ("0001-01-01", None),
        ("0001-01", None),
        ("32 Oct 2015 10:00:00", None),
        ("yesterday", None),
        ("1445000000", None),
        ("x" * 100, None),
    ],
)
def test_a_date_of_publication_is_read_strictly(published, kept):
    (record,) = reading.records("a.tsv", f"text\tdate\nOne.\t{published}\n".encode())

    assert record.published == kept
    assert bool(record.problems) == (kept is None)


def test_details_are_single_lines_without_control_characters():
    data = (
        '{"text": "One.", "title": " A\\n\\u0000 b\\ud800 ", "author": ["Ada", 3, "Ben"], "id": 7}'
    )
    (record,) = reading.records("a.json", data.encode())

    assert (record.title, record.author, record.external_id) == ("A b?", "Ada, Ben", "7")


@pytest.mark.parametrize(
    ("language", "kept"), [("en", "en"), ("EN-gb", "en"), ("deu", "deu"), ("English", None)]
)
def test_a_language_is_a_code(language, kept):
    (record,) = reading.records("a.csv", f"text,lang\nOne.,{language}\n".encode())

    assert record.language == kept


def test_every_date_has_a_role_and_none_stands_in_for_another():
    data = b"text,scraped_at,last_update\nIt rained.,2022-04-20,2022-04-19T10:00:00Z\n"
    record = reading.one("a.csv", data)
    dates = (record.published, record.updated, record.scraped)
    assert dates == (None, "2022-04-19", "2022-04-20")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b'{"title": "A headline and no text"}'),
        ("a.json", b'[{"title": "A headline"}, {"title": "Another one"}]'),
        ("a.jsonl", b'{"title": "A headline"}\n{"url": "https://example.org/a"}\n'),
        ("a.csv", b"title\nA headline\n"),
    ],
)
def test_a_title_alone_is_no_article(name, data):
    found = reading.outline(name, data)
    assert found
    assert not [each for each in found if "headline" in each]


def test_one_column_of_no_known_name_is_the_text():
    assert reading.outline("a.csv", b"reports\nIt rained.\n") == ["It rained."]
