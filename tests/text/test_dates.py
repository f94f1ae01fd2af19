import pytest

from workbench.text.dates import find_date, read_date


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Friday 14 October 2016", "2016-10-14"),
        ("Fri, Oct. 14, 2016 10:22 am GMT", "2016-10-14"),
        ("Published: 2016-10-14T10:22:00Z", "2016-10-14"),
        ("Sunday, October 4th, 2015 at 3:15 PM", "2015-10-04"),
        ("14/10/2016", "2016-10-14"),
        ("10/14/2016", "2016-10-14"),
        ("4.4.2015", "2015-04-04"),
        ("October 2015", "2015-10"),
        ("10/11/2015", None),
        ("Friday 15 October 2016", None),
        ("2015-13-40", None),
        ("31 February 2015", None),
        ("Smarch 2015", None),
        ("We 16 2015", None),
        ("14 October 2016 was a Friday", None),
        ("date 2021-07-08", None),
    ],
)
def test_a_date_line_is_read_strictly(line, expected):
    assert read_date(line) == expected


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        ("ORLEN, Oct. 4, 2015 (AFP) -", "2015-10-04"),
        ("ORLEN, Oct. 4 (AFP) -", None),
        ("ORLEN, Smarch 2015", None),
    ],
)
def test_a_date_inside_a_dateline_needs_its_year(piece, expected):
    assert find_date(piece) == expected
