import pytest

from tests.text.articles import ARTICLES
from workbench.text.details import MAX_STANDFIRST, Details, find_details
from workbench.text.segmenting import segment


def details(text):
    return find_details(text, segment(text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one_line", Details()),
        (
            "headline_below",
            Details(
                "Norland claims 40 ‘pirate boats’ sunk in the strait", None, None, "2016-06-03"
            ),
        ),
        (
            "blank_lines",
            Details("Norland's war office: Raids will 'go on and on'", None, "Mara Ellison"),
        ),
        (
            "slashed_agency",
            Details("Norland's pilots fly 1,204 sorties over four lakes in a week"),
        ),
        ("single_lines", Details("Norland's guns fire at two more lakes")),
        (
            "links_below",
            Details("Bridge of Orlen falls in storm", "Orlen Post", "Ali al-Omar and Jane Frost"),
        ),
        ("no_prose", Details("Bridge falls")),
    ],
)
def test_golden_details(name, expected):
    found = details(ARTICLES[name].text)

    named = Details(found.title, found.outlet, found.author, found.published)
    assert named == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one_line", (None, None, None, "2021-07-08")),
        ("headline_below", (None, "DPA", "2020-07-06", None)),
        (
            "slashed_agency",
            ('A depot "with shells from abroad" was burnt down', "TASS", None, None),
        ),
        (
            "section_above",
            (
                "Ships wait in a long line off the pier\n"
                "Dockers call for more pay and for fewer nights",
                None,
                None,
                None,
            ),
        ),
    ],
)
def test_golden_roles(name, expected):
    found = details(ARTICLES[name].text)

    assert (found.standfirst, found.agency, found.updated, found.scraped) == expected


@pytest.mark.parametrize(
    ("line", "published", "updated", "scraped"),
    [
        ("date 2021-07-08", None, None, "2021-07-08"),
        ("Last Update: Monday, 4 May 2020", None, "2020-05-04", None),
        ("Last Update: Friday, 4 May 2020", None, None, None),
        ("Published: 3 May 2020 | Updated: 4 May 2020", "2020-05-03", "2020-05-04", None),
        ("Published 3 May 2020, last modified 10:15, 4 May 2020", "2020-05-03", "2020-05-04", None),
        ("Updated 2 hours ago", None, None, None),
    ],
)
def test_each_date_has_its_role(line, published, updated, scraped):
    found = details(f"{line}\n\nThe bridge fell.")

    assert (found.published, found.updated, found.scraped) == (published, updated, scraped)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("ORLEN, May 3 (AFP) - It fell.", "AFP"),
        ("Bridge falls\nBy Jo Voss, Reuters\nIt fell.", "Reuters"),
        ("Bridge falls\nIt fell. Nobody saw it. (AFP)", "AFP"),
        ("Bridge falls\nBy Jo Voss, KORL News\nORLEN (KORL) - It fell.", None),
        ("Bridge falls\nBy Jo Voss, BBC News\nIt fell.", None),
        ("Bridge falls\nIt fell.", None),
    ],
)
def test_an_agency_is_found_where_the_article_names_it(text, agency):
    assert details(text).agency == agency


def test_a_standfirst_without_end_is_cut_at_a_sentence():
    standfirst = "One bridge of several fell. " * 60
    found = details(f"Bridge falls\n{standfirst}\nBy Jo Voss\nIt fell.").standfirst

    assert found.endswith("fell.")
    assert MAX_STANDFIRST / 2 < len(found) <= MAX_STANDFIRST


def test_a_dateline_with_its_year_says_when():
    assert details("ORLEN, Oct. 4, 2015 (AFP) - The bridge fell.").published == "2015-10-04"


def test_a_dateline_without_a_year_is_not_enough():
    assert details("ORLEN, Oct. 4 (AFP) - The bridge fell.").published is None


@pytest.mark.parametrize(
    "line", ["date 2021-07-08", "Last Update: 4 May 2020", "Friday 15 October 2016"]
)
def test_scraped_updated_and_impossible_dates_are_not_the_published_one(line):
    assert details(f"{line}\n\nThe bridge fell.").published is None


def test_a_text_of_prose_or_of_menus_has_no_title():
    assert details("The bridge fell.").title is None
    assert details("SHOW MORE").title is None
    assert details("").title is None


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("Bridge falls\nBy Mara Ellison, Orlen Post\nIt fell.", "Orlen Post"),
        ("Bridge falls\nBy Mara Ellison, Orlen Post Staff\nIt fell.", "Orlen Post"),
        ("Bridge falls\nBy Mara Ellison for the Orlen Post\nIt fell.", "Orlen Post"),
        ("Bridge falls\nBy Mara Ellison and Jo Voss | Lakes 24\nIt fell.", "Lakes 24"),
        ("Bridge falls | Lakes 24\nIt fell.", "Lakes 24"),
        ("Bridge falls - The Orlen Post\nIt fell.", "The Orlen Post"),
        ("Bridge falls - water authority\nIt fell.", None),
        ("Bridge falls - Old Town\nIt fell.", None),
        ("Bridge falls\nIt fell.\nSource: Orlen Post", "Orlen Post"),
        ("Bridge falls\nIt fell.\nPublished by Lakes 24", "Lakes 24"),
        ("Bridge falls\nIt fell.\n© 2016 Orlen Post. All rights reserved.", "Orlen Post"),
        ("Bridge falls\nIt fell.\nMap: Jo Voss for the Orlen Post", "the Orlen Post"),
        ("Bridge falls\nBy Mara Ellison, BBC News\nIt fell.", "BBC News"),
        ("Bridge falls\nBy Mara Ellison, Reuters\nIt fell.", None),
        ("By Jo Voss, Lake Wire\nORLEN, May 3 (Lake Wire) -- It fell.", None),
    ],
)
def test_an_outlet_is_found_where_the_article_names_it(text, outlet):
    assert details(text).outlet == outlet


def test_a_title_is_rid_of_the_outlet_behind_it():
    assert details("Bridge falls | Lakes 24\nIt fell.").title == "Bridge falls"


def test_a_house_and_its_place_below_a_moved_headline_are_no_title():
    text = (
        "The bridge of Orlen fell on Friday. Nobody was hurt on the bridge.\n"
        "The mayor of Orlen blamed the storm.\n\n"
        "Mayor blames storm as bridge of Orlen falls\n\n"
        "Soldiers near the bridge in Orlen on Friday. (Lake Wire)\n"
        "Lake Wire, Orlen\n"
        "TODAY | THIS WEEK |\n"
    )
    found = details(text)

    assert found.title == "Mayor blames storm as bridge of Orlen falls"
    assert (found.author, found.agency) == (None, "Lake Wire")
