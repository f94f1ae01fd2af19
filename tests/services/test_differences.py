"""What a difference of two texts shows is enough to make one from the other."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.services.differences import Mark, difference

LINES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=30)


def marked(old, new):
    return [(line.mark, line.text) for line in difference(old, new)]


def test_equal_texts_do_not_differ():
    assert difference("a\nb  \n", "a\nb") == []


def test_a_changed_line_is_removed_and_added_between_those_that_stayed():
    old, new = "1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nfour\n5\n6\n7"
    assert marked(old, new) == [
        (Mark.LEFT_OUT, "1 line unchanged"),
        (Mark.SAME, "2"),
        (Mark.SAME, "3"),
        (Mark.REMOVED, "4"),
        (Mark.ADDED, "four"),
        (Mark.SAME, "5"),
        (Mark.SAME, "6"),
        (Mark.LEFT_OUT, "1 line unchanged"),
    ]


def test_the_first_text_is_all_new():
    assert marked("", "a\nb") == [(Mark.ADDED, "a"), (Mark.ADDED, "b")]


@given(LINES, LINES)
def test_every_line_of_both_texts_is_shown_or_counted(old, new):
    found = difference("\n".join(old), "\n".join(new))
    if not found:
        assert old == new
        return
    left_out = sum(int(line.text.split()[0]) for line in found if line.mark is Mark.LEFT_OUT)
    n_same = sum(line.mark is Mark.SAME for line in found)
    for texts, mark in ((old, Mark.REMOVED), (new, Mark.ADDED)):
        assert left_out + n_same + sum(line.mark is mark for line in found) == len(texts)
