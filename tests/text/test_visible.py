"""Names from outside act on nothing that shows them."""

import pytest

from workbench.text.visible import visible


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("report.txt", "report.txt"),
        ("čtení 👩‍👩‍👧 می‌خواهم.txt", "čtení 👩‍👩‍👧 می‌خواهم.txt"),
        ("a\x1b[2Jb\x07\x9b", "a\\x1b[2Jb\\x07\\x9b"),
        ("fpd.\u202etxt\u2066\u200f", "fpd.\\u202etxt\\u2066\\u200f"),
        ("two\nlines\u2028more", "two\\x0alines\\u2028more"),
        ("\udcff.txt", "\\xff.txt"),
        ("\ud800.txt", "\\ud800.txt"),
    ],
)
def test_what_would_act_is_written_out_and_everything_else_stays(name, shown):
    assert visible(name) == shown
    assert visible(shown) == shown


def test_what_is_meant_to_act_can_be_kept():
    assert visible("a\tb\n", keeps="\t") == "a\tb\\x0a"
