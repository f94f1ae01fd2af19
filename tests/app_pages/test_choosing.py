"""What is chosen in a table is kept by what it is: rows come, go and change places under it."""

from pathlib import Path

import pytest
from screens import choose
from streamlit.testing.v1 import AppTest

import workbench


def _draw(mode: str) -> None:
    import streamlit as st

    from workbench.ui import choosing

    rows = st.session_state.get("rows", ["ada", "ben", "cy"])
    given = {"key": "people", "ids": rows, "mode": mode, "hide_index": True}
    picked = choosing.table({"Name": rows, "Letters": [len(row) for row in rows]}, **given)
    st.text(" ".join(rows[row] for row in picked) or "nobody")


@pytest.fixture(params=["single-cell", "single-row", "multi-row"])
def page(request):
    return AppTest.from_function(_draw, kwargs={"mode": request.param}).run()


def then(page, *rows):
    """The page once its table has these rows; who is chosen in it."""
    page.session_state["rows"] = list(rows)
    return chosen(page.run())


def chosen(page):
    assert not page.exception
    return page.text[0].value


def test_nothing_is_chosen_at_first(page):
    assert chosen(page) == "nobody"


def test_a_choice_stays_on_its_thing_when_rows_change_places(page):
    choose(page, 0)
    assert then(page, "cy", "ben", "ada") == "ada"
    assert then(page, "new", "ada") == "ada"


def test_a_choice_ends_when_its_thing_is_gone_and_does_not_come_back(page):
    choose(page, 1)
    assert then(page, "ada", "cy") == "nobody"
    assert then(page, "ada", "ben", "cy") == "nobody"


def test_a_click_is_about_the_rows_that_the_browser_shows(page):
    page.session_state["rows"] = ["ben", "cy", "ada"]
    assert chosen(choose(page, 0)) == "ada"


def test_a_choice_can_be_changed_and_taken_back(page):
    assert chosen(choose(page, 0)) == "ada"
    assert chosen(choose(page, 2)) == "cy"
    assert chosen(choose(page)) == "nobody"
    assert then(page, "cy", "ada") == "nobody"


def test_of_several_those_that_are_left_stay_chosen():
    page = AppTest.from_function(_draw, kwargs={"mode": "multi-row"}).run()
    assert chosen(choose(page, 0, 2)) == "ada cy"
    assert then(page, "cy", "ben", "ada") == "cy ada"
    assert then(page, "ben", "ada") == "ada"


def test_every_table_that_rows_are_chosen_in_keeps_them_so():
    root = Path(workbench.__file__).parent
    by_row = {path.name for path in root.rglob("*.py") if "on_select=" in path.read_text("utf-8")}
    # The files that lie ready are opened by their names, which the click hands over itself.
    assert by_row == {"choosing.py", "import_table.py"}
