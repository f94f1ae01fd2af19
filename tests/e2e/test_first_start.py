"""From the printed link to the first sentence, and every other way in and out."""

import re

import pytest
from playwright.sync_api import expect
from running import serving

PASSWORD = "three quiet herons"


@pytest.fixture
def fresh(tmp_path):
    """A workbench that nobody has been to."""
    with serving(tmp_path / "home", "--samples") as workbench:
        yield workbench


@pytest.fixture
def owner(fresh, visit):
    """Somebody who has opened the printed link and not done anything yet."""
    visitor = visit("Ada", fresh.url)
    visitor.page.goto(fresh.first_link)
    return visitor


def begin(owner):
    owner.page.get_by_label("Your name").fill("Ada")
    owner.page.get_by_role("button", name="Start labelling").click()
    expect(owner.page.get_by_test_id("sentence")).to_be_visible()


def set_password(annotator):
    page = annotator.visitor.open("/account")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Set a password").click()
    expect(page.get_by_text("The password is set.")).to_be_visible()


def sign_out(annotator):
    page = annotator.visitor.open("/account")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    return page


def test_the_printed_link_asks_for_a_name_and_nothing_else(fresh, owner):
    expect(owner.page.get_by_role("textbox")).to_have_count(1)
    expect(owner.page.get_by_role("button")).to_have_count(1)
    begin(owner)

    assert owner.page.get_by_test_id("annotator").get_attribute("data-sentence")
    assert owner.page.url == f"{fresh.url}/"


def test_the_printed_link_works_once_and_the_next_start_prints_none(fresh, owner, visit):
    begin(owner)
    late = visit("Late", fresh.url)
    late.may_lose_connections = True
    late.page.goto(fresh.first_link)
    expect(late.page.get_by_role("alert")).to_be_visible()
    expect(late.page.get_by_label("Your name")).to_have_count(0)

    owner.may_lose_connections = True
    fresh.stop()
    assert "token" not in fresh.start().first_link
    owner.page.reload()
    expect(owner.page.get_by_test_id("sentence")).to_be_visible()


def test_a_stranger_at_a_new_workbench_learns_only_where_the_link_is(fresh, visit):
    stranger = visit("Nobody", fresh.url)
    page = stranger.open("/articles")

    expect(page.get_by_role("heading", name="Almost there")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)


def test_a_sign_in_link_works_once(annotator, installation, visit):
    link = installation.workbench.link(annotator.name)
    visit("First", installation.url).page.goto(link)
    second = visit("Second", installation.url)
    second.may_lose_connections = True
    second.page.goto(link)

    expect(second.page.get_by_role("alert")).to_be_visible()
    expect(second.page.get_by_label("Password")).to_be_visible()


def test_no_script_can_read_the_cookie(annotator):
    (cookie,) = [
        each for each in annotator.visitor.context.cookies() if each["name"] == "workbench"
    ]

    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert "workbench" not in annotator.page.evaluate("document.cookie")


def test_with_a_password_one_comes_in_without_a_link(annotator, queue):
    annotator.press("1")
    annotator.has_sent_all()
    set_password(annotator)
    page = sign_out(annotator)
    page.get_by_label("Name").fill(annotator.name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    annotator.shows(queue[1])


def test_a_wrong_password_is_refused_and_the_name_kept(annotator):
    set_password(annotator)
    page = sign_out(annotator)
    annotator.visitor.may_lose_connections = True
    page.get_by_label("Name").fill(annotator.name)
    page.get_by_label("Password").fill("three quiet hens")
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value(annotator.name)


def test_who_signs_out_sees_nothing_more(annotator):
    sign_out(annotator)

    for path in ("/", "/articles", "/account", "/export/default/latest.csv"):
        annotator.visitor.open(path)
        expect(annotator.page).to_have_url(re.compile("/signin"))
        expect(annotator.page.get_by_test_id("sentence")).to_have_count(0)
