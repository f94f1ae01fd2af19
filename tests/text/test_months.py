import pytest

from workbench.text.dates import read_date
from workbench.text.months import month_number


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("3. Mai 2016", "2016-05-03"),
        ("Dienstag, 3. März 2016, 10:15 Uhr", "2016-03-03"),
        ("le 3 août 2016 à 10:15", "2016-08-03"),
        ("Publié le 3 février 2016", "2016-02-03"),
        ("3 de enero de 2016", "2016-01-03"),
        ("3 de dezembro de 2016", "2016-12-03"),
        ("3 giugno 2016", "2016-06-03"),
        ("3 luglio 2016", "2016-07-03"),
        ("3 października 2016", "2016-10-03"),
        ("3. listopadu 2016", "2016-11-03"),
        ("12 мая 2017, 14:05", "2017-05-12"),
        ("3 июля 2016 г.", "2016-07-03"),
        ("3 червня 2016", "2016-06-03"),
        ("3 Ağustos 2016", "2016-08-03"),
        ("2016年5月3日 10:15", "2016-05-03"),
        ("2016년 5월 3일", "2016-05-03"),
        ("기사입력 2016-05-03 10:15:00 기사수정 2016-05-04 11:00:00", "2016-05-03"),
        ("3 mai 2016 à 10:15 (mis à jour: 11:40)", "2016-05-03"),
    ],
)
def test_a_date_is_read_in_many_languages(line, day):
    assert read_date(line) == day


@pytest.mark.parametrize("line", ["3 listopada 2016", "31. Februar 2016", "Friday 3 May 2016"])
def test_an_unclear_or_impossible_date_is_none(line):
    assert read_date(line) is None


@pytest.mark.parametrize("name", ["", "a", "bridge", "listopad", "x" * 40])
def test_no_month_is_0(name):
    assert month_number(name) == 0


@pytest.mark.parametrize(
    ("name", "number"),
    [("Mars", 3), ("mar", 3), ("Juni", 6), ("juillet", 7), ("Sept.", 9), ("décembre", 12)],
)
def test_a_month_has_its_number(name, number):
    assert month_number(name) == number
