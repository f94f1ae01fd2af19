import pytest

from workbench.text.bylines import read_byline
from workbench.text.lines import line_kind


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        (
            "boilerplate",
            ["4821 Views Boats", "Comments (12)", "MONTH | YEAR |", "-", "1,093", "SHOW MORE »",
             "All news", "Home > World > Norland", "Read more: Boats", "Follow us on Facebook",
             "Last Update: 4 May 2020", "Updated 3 hours ago", "date 2021-07-08",
             "Copyright 2016 Orlen Post"],
        ),
        (
            "byline",
            ["By Mara Ellison", "AFP, Tarvos", "Tarvos, Reuters", "BY MARA ELLISON | AP",
             "Mara Ellison, Reuters", "Additional reporting by Ali al-Omar.", "Staff writer",
             "(Writing by Ana Roth, who walked from Orlen to the sea and back in one long night.)"],
        ),
        (
            "dateline",
            ["Friday 14 October 2016", "Published: 2016-10-14", "ORLEN, May 3 (Lakepress)",
             "14. Oktober 2016, 14:20 Uhr", "2016年10月14日"],
        ),
        ("credit", ["Photo: AFP", "(Reuters)", "REUTERS/Ana Roth", "Image courtesy of Orlen Post"]),
        (
            "caption",
            ["Frame grab taken from footage shows smoke. (Reuters)",
             "In this photo from May, boats burn.",
             "Smoke is seen over Mere on Friday. (AP Photo/Ana Roth)"],
        ),
        (
            None,
            ["300 shares were sold on Monday.", "Updated figures for 2015 show a rise.",
             "By Sunday, troops had left", "A man told Reuters he was fine. (AFP)",
             "Reporting by the radio of Orlen found that the mayor had lied to the council.",
             "Copyright law passes", "7 views " * 90, "Bridge falls", "Ana | reads | a lot."],
        ),
    ],
)  # fmt: skip
def test_a_line_shows_its_kind_by_itself(kind, lines):
    verdicts = [line_kind(line) for line in lines]

    assert [str(verdict[0]) if verdict else None for verdict in verdicts] == [kind] * len(lines)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Ellison", ("Mara Ellison", None)),
        ("By Ali al-Omar and Jane Frost, Reuters", ("Ali al-Omar and Jane Frost", "Reuters")),
        ("Mara Ellison | AP", ("Mara Ellison", "AP")),
        ("Tarvos, Reuters", (None, "Reuters")),
        ("By Mara Ellison for the Orlen Post", ("Mara Ellison", "Orlen Post")),
        ("By MARA ELLISON FOR ORLEN POST", ("MARA ELLISON", "ORLEN POST")),
        ("By Mara Ellison, Jo Voss", ("Mara Ellison, Jo Voss", None)),
        ("By Mara Ellison, Political Editor", ("Mara Ellison", None)),
        ("By " + "Mara " * 20, (None, None)),
        ("The bridge fell.", (None, None)),
    ],
)
def test_a_byline_names_author_and_outlet(line, names):
    assert read_byline(line) == names
