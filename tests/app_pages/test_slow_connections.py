"""What is pressed while the page from before still stands on the screen, and in the same moment.

On a slow connection that is some seconds. An act is done to what was seen, with what stood in the
fields at the click, and once.
"""

import pytest
import sqlalchemy as sa
from screens import QUAY, choose, press_late, pressed_before, words
from streamlit.testing.v1 import AppTest

from db.engine import database_now, reading
from workbench.services import accounts, holders, queue_settings, subsets
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings


@pytest.fixture
def project(installation):
    made = installation.project()
    installation.bring_in(quay=QUAY, other=b"One came. Two came. Three came.\n")
    return made


@pytest.fixture
def admin(installation, project):
    return installation.sign_in(Role.ADMIN, project)


@pytest.fixture
def ada(installation, project):
    return installation.sign_in(Role.REVIEWER, project)


def asked(installation, ask, **given):
    with reading(installation.engines) as session:
        return ask(session, actor=OPERATOR, **given)


def button(page, label):
    (found,) = [each for each in page.button if each.label == label]
    return found


def press(page, label):
    button(page, label).click().run()
    assert not page.exception
    return page


# --- Once -----------------------------------------------------------------------------------------


def _count() -> None:
    import streamlit as st

    from workbench.ui.once import once

    def add() -> None:
        st.session_state["n"] = st.session_state.get("n", 0) + 1

    n = st.session_state.get("n", 0)
    st.button("Once", on_click=once(add), key=f"once-{n}")


def test_of_two_presses_of_a_button_as_it_was_drawn_the_first_one_counts():
    page = AppTest.from_function(_count).run()
    press_late(page, page.button[0])
    assert page.session_state["n"] == 1
    press(page, "Once")
    assert page.session_state["n"] == 2


def _make() -> None:
    import streamlit as st

    from workbench.ui import once

    asked = once.Turn("made", 0)  # the button as it stands on the screen
    with once.taking(asked) as is_first:
        st.text("made" if is_first else "nothing")


def test_what_was_made_by_one_press_is_not_made_by_a_later_one():
    page = AppTest.from_function(_make).run()
    assert [each.value for each in page.text] == ["made"]
    assert [each.value for each in page.run().text] == ["nothing"]


def test_a_second_press_opens_a_form_and_does_not_close_it(installation, admin):
    for name, label, field in [
        ("people", "Invite somebody", "Name, if you know it"),
        ("people", "Add a person", "Name"),
        ("projects", "New project", "Name"),
    ]:
        page = installation.open(name, as_=admin)
        press_late(page, button(page, label))
        assert field in [each.label for each in page.text_input]


def test_a_second_press_makes_no_second_invitation_and_leaves_the_link(installation, admin):
    page = press(installation.open("people", as_=admin), "Invite somebody")
    press_late(page, button(page, "Make an invitation link"))

    with reading(installation.engines) as session:
        found = accounts.invitations(session, actor=OPERATOR, now=database_now(session))
    assert len(found) == 1
    assert "/signin?token=" in page.code[0].value


def test_a_second_press_says_no_word_against_who_was_added_and_leaves_the_link(installation, admin):
    page = press(installation.open("people", as_=admin), "Add a person")
    page.text_input(key="people-add-name").set_value("Cy")
    press_late(page, button(page, "Add and make a sign-in link"))

    assert "/signin?token=" in page.code[0].value
    assert not page.warning


def test_a_link_is_not_kept_once_its_form_was_left(installation, admin):
    page = press(installation.open("people", as_=admin), "Invite somebody")
    press(page, "Make an invitation link")
    assert page.code
    press(press(page, "Close the invitation"), "Invite somebody")
    assert not page.code


def test_a_second_press_sets_a_password_once_and_says_nothing_against_it(installation, admin):
    page = installation.open("account", as_=admin)
    page.text_input[0].set_value("three quiet herons")
    press_late(page, button(page, "Set a password"))

    assert not page.warning
    assert "Change the password" in [each.label for each in page.button]


# --- In the same moment ---------------------------------------------------------------------------


def people(installation):
    return {each.name: each for each in asked(installation, accounts.people)}


def test_a_role_is_given_where_the_choice_stood_at_the_click(installation, project, admin):
    with installation.rows() as (_, make):
        make.membership(project, make.account("Zed"))
    names = list(people(installation))
    page = installation.open("people", as_=admin)
    choose(page, list(page.dataframe[0].value["Name"]).index("Zed"))
    assert set(names) == set(page.dataframe[0].value["Name"])
    role, place = [each for each in page.selectbox if each.label in ("Role", "Project")]
    role.set_value("manager")
    place.set_value("every project, also later ones").run()
    role, place = [each for each in page.selectbox if each.label in ("Role", "Project")]
    place.set_value("demo")
    press(page, "Change the role")

    assert people(installation)["Zed"].joins_as is None
    assert people(installation)["Zed"].role == "manager"


def test_a_role_is_given_to_the_person_in_whose_panel_it_was_chosen(installation, project, admin):
    with installation.rows() as (_, make):
        for name in ("Yan", "Zed"):
            make.membership(project, make.account(name))
    page = installation.open("people", as_=admin)
    names = list(page.dataframe[0].value["Name"])
    choose(page, names.index("Yan"))
    page.selectbox[0].set_value("manager").run()
    send = pressed_before(page, button(page, "Change the role"))
    choose(page, names.index("Zed"))
    send()

    found = people(installation)
    assert (found["Yan"].role, found["Zed"].role) == ("manager", "reviewer")


def subset_page(installation, admin):
    with installation.rows() as (session, make):
        given = {"actor": OPERATOR, "slug": "demo", "now": make.now}
        queue_settings.change(session, settings=QueueSettings(overlap=1), **given)
    return opened(installation, admin, "Subsets")


def opened(installation, admin, side):
    page = installation.open("queue", as_=admin)
    page.session_state["queue-side"] = side
    page.run()
    assert not page.exception
    return page


def listed(installation):
    return asked(installation, subsets.listed, slug="demo")


def test_a_subset_is_saved_with_what_was_filled_in_last_and_once(installation, admin, ada):
    page = press(subset_page(installation, admin), "Make a subset")
    press(page, "Add all 2 that are free")
    page.multiselect[0].set_value([ada.partition(":")[0]])
    page.text_input[0].set_value("Quay first")
    press_late(page, button(page, "Save the subset"))

    (made,) = listed(installation)
    assert (made.name, len(made.articles), len(made.reviewers)) == ("Quay first", 2, 1)
    assert not page.warning


def test_articles_are_added_as_they_are_chosen_at_the_click(installation, admin):
    page = press(subset_page(installation, admin), "Make a subset")
    choose(page, 0)
    found = page.dataframe[0]
    selection = {"rows": [0, 1], "columns": [], "cells": []}
    page.session_state[found.key] = {"selection": selection}
    press(page, "Add the chosen 1")

    assert "2 articles, 8 sentences." in words(page)


def test_a_press_from_before_adds_to_no_draft_that_was_closed(installation, admin):
    page = press(subset_page(installation, admin), "Make a subset")
    send = pressed_before(page, button(page, "Add all 2 that are free"))
    press(page, "Close without saving")
    send()

    assert "subset-draft-demo" not in page.session_state


# --- To what was seen -----------------------------------------------------------------------------


def test_what_is_released_is_what_stood_in_the_panel_that_was_pressed(installation, admin, ada):
    page = subset_page(installation, admin)
    installation.open("annotate", as_=ada)
    page = choose(opened(installation, admin, "Leases"), 0)
    (first,) = [each for each in page.button if each.label.startswith("Release these")]
    send = pressed_before(page, first)
    n = int(page.dataframe[0].value["Sentences"][0])
    choose(page, 1)
    n_before = _n_held(installation)
    send()

    assert _n_held(installation) == n_before - n


def _n_held(installation):
    with reading(installation.engines) as session:
        given = {"actor": OPERATOR, "slug": "demo", "now": database_now(session)}
        return sum(line.n_sentences for line in holders.listed(session, **given))


def test_what_is_made_again_is_the_subset_that_was_named(installation, admin, ada):
    page = subset_page(installation, admin)
    who = [ada.partition(":")[0]]
    with installation.rows() as (session, make):
        for name, article in zip(("One", "Two"), _articles(session), strict=True):
            given = {"actor": OPERATOR, "slug": "demo", "now": make.now}
            subsets.make(session, name=name, articles=[article], reviewers=who, **given)
    press(choose(page.run(), 0), "Remove now")
    send = pressed_before(page, button(page, "Make it again"))
    press(choose(page, 0), "Remove now")
    send()

    assert [each.name for each in listed(installation)] == ["One"]


def _articles(session):
    return list(session.execute(sa.text("SELECT public_id FROM article ORDER BY id")).scalars())
