from hypothesis import given
from hypothesis import strategies as st

from workbench.text.excerpts import strange_signs


def test_each_sign_is_shown_where_it_first_stands():
    text = "The café “reopened”\non Monday. The café, she said, was “full” in Łódź."
    found = strange_signs(text, around=10)
    assert [each.signs for each in found] == ["é", "”", "Łó"]
    assert found[0].before.endswith("The caf")
    assert found[1].after == " on Monday"


def test_plain_text_has_none():
    assert strange_signs("The quay opened.\r\nTwo ferries came.") == []


@given(st.text(), st.integers(1, 5))
def test_every_excerpt_is_a_piece_of_the_text_on_one_line(text, most):
    found = strange_signs(text, most=most)
    assert len(found) <= most
    for each in found:
        assert each.signs in text
        assert not set("\r\n\t") & set(each.before + each.after)
        assert not each.signs[0].isascii()
