import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.utf16 import from_utf16, to_utf16


def test_an_astral_character_is_two_units():
    assert to_utf16("🔥 fire", 2) == 3


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_there_and_back_is_the_same_offset(text, data):
    offset = data.draw(st.integers(0, len(text)))

    assert from_utf16(text, to_utf16(text, offset)) == offset
    assert to_utf16(text, offset) == len(text[:offset].encode("utf-16-le")) // 2


@pytest.mark.parametrize("offset", [-1, 7])
def test_an_offset_outside_the_text_is_refused(offset):
    with pytest.raises(ValueError, match="outside"):
        to_utf16("🔥 fire", offset)


@pytest.mark.parametrize("offset", [-1, 1, 8])
def test_half_a_pair_and_places_outside_are_refused(offset):
    with pytest.raises(ValueError, match="no boundary"):
        from_utf16("🔥 fire", offset)
