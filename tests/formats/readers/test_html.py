import pytest

from tests.formats.readers import making, reading
from tests.formats.readers.making import BRIDGE, FERRY, HEAD, REPAIRS, page

LINKED = '<script type="application/ld+json">{}</script>'


def test_the_article_is_taken_out_of_the_page_with_its_details():
    data = page(head=HEAD).encode()
    record = reading.one("a.html", data)

    assert record.text == "\n".join(("Bridge closed", BRIDGE, REPAIRS, FERRY))
    assert (record.raw, record.encoding, record.number) == (data, "utf-8", 0)
    assert (record.title, record.outlet) == ("Bridge over the Orle closed", "Orle Courier")
    assert (record.author, record.published) == ("Ada Marsh", "2015-10-16")
    assert (record.url, record.language) == ("https://courier.example/bridge", "en")


def test_scripts_comments_and_menus_are_no_text():
    noise = "<script>document.write('x')</script><style>p{}</style><!-- x --><form>Search</form>"
    record = reading.one("a.htm", page(BRIDGE, REPAIRS, noise, FERRY).encode())

    assert record.text.splitlines()[1:] == [BRIDGE, REPAIRS, FERRY]


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="pubdate" content="2015-10-16">', "2015-10-16"),
        ('<meta itemprop="datePublished" content="2015-10-16">', "2015-10-16"),
        ('<meta name="DC.date.issued" content="2015-10">', "2015-10"),
        (LINKED.format('{"@type": "NewsArticle", "datePublished": "2015-10-16"}'), "2015-10-16"),
        (
            LINKED.format('{"@graph": [3, {"@type": ["Report"], "datePublished": "2015-10-16"}]}'),
            "2015-10-16",
        ),
        (LINKED.format('{"@type": "WebPage", "datePublished": "2015-10-16"}'), None),
        (LINKED.format('{"@type": "NewsArticle", "dateModified": "2015-10-16"}'), None),
        (LINKED.format('{"a": {"a": {"a": {"a": {"a": {"a": {"a": 1}}}}}}}'), None),
        (LINKED.format("{broken"), None),
        (LINKED.format("3"), None),
        (LINKED.format("[" * 5_000), None),
        (LINKED.format('"' + "x" * 300_000 + '"'), None),
        (LINKED.format(""), None),
        ('<meta property="article:modified_time" content="2022-04-20">', None),
        ('<meta name="date" content="2022-04-20">', None),
        ('<meta property="article:published_time" content="soon">', None),
        ('<meta property="article:published_time">', None),
    ],
)
def test_only_a_date_that_is_called_one_of_publication_counts(head, published):
    assert reading.one("a.html", page(head=head).encode()).published == published


def test_a_date_in_the_page_counts_where_it_is_marked_as_publication():
    marked = '<time itemprop="datePublished" datetime="2015-10-16">Friday</time>'
    plain = "<time datetime='2022-04-20'>20 April 2022</time> 16 October 2015"

    assert reading.one("a.html", page(marked, *making.BODY).encode()).published == "2015-10-16"
    assert reading.one("a.html", page(plain, *making.BODY).encode()).published is None


def test_the_language_is_the_one_the_page_names():
    locale = '<meta property="og:locale" content="fr_FR">'

    assert reading.one("a.html", page(head=locale, lang="").encode()).language == "fr"
    assert reading.one("a.html", page(lang="de-AT").encode()).language == "de"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (page(head='<meta charset="windows-1251">', lang="ru"), "cp1251"),
        (page(head='<meta http-equiv="x" content="text/html; charset=koi8-r">'), "koi8-r"),
        ("<?xml version='1.0' encoding='cp1251'?>" + page(), "cp1251"),
        (page(head='<meta charset="windows-1251">'), "utf-16"),
        (page(head='<meta charset="windows-1251">'), "utf-8"),
    ],
)
def test_the_bytes_decide_on_the_encoding_and_then_the_page(data, encoding):
    text = "Мост через реку закрыт для грузовиков, сообщил в понедельник инженер города. " * 3
    record = reading.one("a.html", data.replace(BRIDGE, text).encode(encoding))

    assert text.strip() in record.text
    assert record.encoding == encoding


@pytest.mark.parametrize("charset", ["nonsense", "hex", "ascii"])
def test_a_charset_that_does_not_fit_is_passed_over(charset):
    text = "Le ministre a déclaré que l’été serait très sec à Orléans, malgré tout. " * 3
    data = page(text, head=f'<meta charset="{charset}">').encode("cp1252")

    assert text.strip() in reading.one("a.html", data).text


def test_inline_pictures_do_not_count_as_markup():
    picture = f'<img src="data:image/png;base64,{"A" * 6_000_000}">'
    record = reading.one("a.html", page(BRIDGE, picture, REPAIRS).encode())

    assert record.text.endswith(REPAIRS)


@pytest.mark.parametrize(
    "data",
    [
        b"<html></html>",
        b"<html><body><script>x</script></body></html>",
        b"<!-- x -->",
        page("word " * 1_100_000).encode(),
        page("<i>x</i>" * 4_000).encode(),
        page(*["<i>x</i>" * 2_500] * 12).encode(),
        page("<div>" * 500 + BRIDGE).encode(),
        page(BRIDGE + "<img src='" + "A" * 21_000_000 + "'>").encode(),
    ],
)
def test_a_page_without_an_article_is_refused(data):
    assert reading.outline("a.html", data) == ["!"]


def test_a_page_that_is_none_is_read_as_text():
    record = reading.one("a.html", b"One < two.")

    assert (record.text, record.problems) == (
        "One < two.",
        ("read as .txt, although called .html",),
    )


def test_a_saved_page_is_read_with_its_address():
    data = making.saved_page(page(head=HEAD.partition("<link")[0]))
    record = reading.one("a.mhtml", data)

    assert record.text.endswith(FERRY)
    assert (record.raw, record.encoding) == (data, "mhtml")
    assert (record.url, record.published) == ("https://courier.example/bridge", "2015-10-16")


def test_a_saved_page_keeps_the_address_that_the_page_gives():
    data = making.saved_page(page(head=HEAD), address="file:///home/ada/bridge.html")

    assert reading.one("a.mht", data).url == "https://courier.example/bridge"


@pytest.mark.parametrize(
    "data",
    [
        making.saved_page(page()).replace(b"text/html", b"text/plain"),
        making.saved_page(""),
        making.saved_page(page()) + b"multipart/mixed " * 30,
        b"no mail at all",
    ],
)
def test_a_saved_page_without_a_page_is_refused(data):
    assert reading.outline("a.mhtml", data) == ["!"]


def test_a_charset_with_a_nul_in_its_name_is_no_charset():
    page = b'<meta charset="ut\x00f-8"><p>The bridge was closed on Monday, the council said.</p>'

    assert "closed on Monday" in reading.one("a.html", page).text
