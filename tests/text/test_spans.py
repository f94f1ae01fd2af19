from hypothesis import given
from hypothesis import strategies as st

from workbench.text.spans import Span, trimmed


def test_a_span_counts_code_points():
    assert Span(2, 6).of("🔥 fire") == "fire"


@given(st.text())
def test_trimming_takes_white_space_off_both_ends(text):
    assert trimmed(text, 0, len(text)).of(text) == text.strip()
