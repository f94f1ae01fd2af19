import pytest

from workbench.text.datelines import dateline_agency, dateline_end


@pytest.mark.parametrize(
    ("dateline", "agency"),
    [
        ("ORLEN:", None),
        ("ORLEN, Norland, Oct. 4 (UPI) --", "UPI"),
        ("ORLEN, November 12. /TASS/.", "TASS"),
        ("NEW ORLEN, N.Y. (AP) —", "AP"),
        ("Orlen (AFP) -", "AFP"),
        ("Port el-Mere, Norland (Xinhua) --", "Xinhua"),
        ("Orlen, 3 March –", None),
        ("ORLEN/MERE (Reuters) -", "Reuters"),
        ("AFP -", "AFP"),
        ("PORT MERE, May 3 (Lakepress) --", "Lakepress"),
        ("Port Mere (Lakepress) –", "Lakepress"),
        ("ORLEN, June 2 (AP) _", "AP"),
        ("ORLEN/MERE May 3 (Lakepress) -", "Lakepress"),
        ("ORLEN, May 3, 2015 /Lakepress/ —", "Lakepress"),
        ("ORLEN, (Lakepress) –", "Lakepress"),
        ("Orlen, AFP –", "AFP"),
        ("ORLEN, Sunday, May 3 --", None),
        ("(LPX) --", "LPX"),
    ],
)
def test_a_dateline_is_found(dateline, agency):
    assert dateline_end(f"{dateline} The bridge fell.") == len(dateline)
    assert dateline_agency(dateline) == agency


@pytest.mark.parametrize(
    "line",
    [
        "UPDATE: The bridge fell.",
        "BREAKING NEWS: The bridge fell.",
        "NATO — which fell",
        "THE BRIDGE FELL: More",
        "ORLEN, Norland. The bridge fell.",
        "EDITORIAL: The bridge fell.",
        "EXCLUSIVE - The bridge fell.",
        "Mara Ellison - who left - came back.",
        "Voss (Labour): The bridge fell.",
        "U.S. President Ana Roth left.",
        "The bridge - An old one - fell.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_is_left_alone(line):
    assert dateline_end(line) == 0
    assert dateline_agency(line) is None
