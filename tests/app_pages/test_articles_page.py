from importlib import import_module
from types import SimpleNamespace

import pytest
from screens import QUAY, component_data, words

from workbench.services import articles
from workbench.services.permissions import OPERATOR, Role

ROLES = list(Role)
EDITORS = {Role.MANAGER, Role.ADMIN}


@pytest.fixture
def project(installation):
    return installation.project()


def sends(monkeypatch, component, **triggers):
    """Let a component answer once, as a browser would: AppTest has none."""
    module = import_module(f"workbench.components.{component}")
    draw = module._mount

    def mount(**given):
        draw(**given)
        return SimpleNamespace(get=lambda name: triggers.pop(name, None))

    monkeypatch.setattr(module, "_mount", mount)


def leads_to_import(page):
    return "articles-import" in {button.key for button in page.button}


def test_an_empty_installation_leads_its_owner_to_the_import(installation):
    page = installation.open("articles", as_=installation.sign_in(Role.ADMIN))
    assert not page.exception
    assert leads_to_import(page)


def test_somebody_in_no_project_is_told_so(installation, project):
    page = installation.open("articles", as_=installation.sign_in(None))
    assert not page.exception
    assert "A manager imports them" in words(page)
    assert not leads_to_import(page)


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_project_offers_the_import_to_managers_only(installation, project, role):
    page = installation.open("articles", as_=installation.sign_in(role, project))
    assert not page.exception
    assert leads_to_import(page) is (role in EDITORS)


@pytest.mark.parametrize("role", ROLES)
def test_the_list_shows_every_article(installation, project, role):
    installation.bring_in(quay=QUAY, ferry=b"The ferry came in late.")
    page = installation.open("articles", as_=installation.sign_in(role, project))
    assert not page.exception
    assert "2 articles." in words(page)
    rows = component_data(page)["rows"]
    assert [row["title"] for row in rows] == ["ferry.txt", "Quay reopens after the flood"]
    assert leads_to_import(page) is (role in EDITORS)


def test_a_search_without_a_hit_says_so_and_can_be_changed(installation, project):
    installation.bring_in(quay=QUAY)
    page = installation.open("articles", as_=installation.sign_in(Role.REVIEWER, project))
    page.text_input(key="articles-search").set_value("zebra").run()
    assert "No article has all of these words" in words(page)
    page.text_input(key="articles-search").set_value("quay").run()
    assert "1 article found." in words(page)


def test_what_opens_an_article_puts_it_into_the_address(installation, project, monkeypatch):
    (article,) = installation.bring_in(quay=QUAY)
    sends(monkeypatch, "article_list", open=article)
    page = installation.open("articles", as_=installation.sign_in(Role.REVIEWER, project))
    assert page.query_params["article"] == article
    assert component_data(page)["article"] == article


@pytest.mark.parametrize("role", ROLES)
def test_an_open_article_can_be_edited_by_managers_only(installation, project, role):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(role, project)
    page = installation.open("articles", as_=who, article=article)
    assert not page.exception
    data = component_data(page)
    assert data["editable"] is (role in EDITORS)
    assert "".join("".join(part["text"] for part in data["segments"]).split()) == "".join(
        QUAY.decode().split()
    )


def test_imported_text_stands_in_no_element_that_reads_markdown(installation, project):
    (article,) = installation.bring_in(
        quay=b"*Bold* claim\n\nIt is $x$ [here](//e.com), he said.\n"
    )
    who = installation.sign_in(Role.MANAGER, project)
    for query in ({}, {"article": article}):
        page = installation.open("articles", as_=who, **query)
        said = [*page.markdown, *page.title, *page.caption, *page.warning, *page.error]
        assert not any("Bold" in str(element.value) for element in said)
        assert not any("Bold" in element.label for element in page.button)


def test_an_article_that_is_not_there_leads_back_to_the_list(installation, project):
    who = installation.sign_in(Role.REVIEWER, project)
    page = installation.open("articles", as_=who, article="ffffffffffffffff")
    assert not page.exception
    assert "There is no such article" in words(page)


def test_a_change_of_a_manager_is_stored_and_acknowledged(installation, project, monkeypatch):
    (article,) = installation.bring_in(quay=QUAY)
    with installation.rows() as (session, _):
        view = articles.whole(session, actor=OPERATOR, slug="demo", article=article)
    byline = next(part["id"] for part in view.segments if part["kind"] == "byline")
    change = {"id": "c1", "act": "set_kind", "sentence": byline, "kind": "body", "queued": True}
    sends(monkeypatch, "reader", change=change)
    who = installation.sign_in(Role.MANAGER, project)
    data = component_data(installation.open("articles", as_=who, article=article))
    assert data["ack"] == {"id": "c1", "error": "", "chosen": ""}
    assert data["last_change"].startswith("1 segment changed by")
    assert {p["id"]: (p["kind"], p["queued"]) for p in data["segments"]}[byline] == ("body", True)


def test_a_split_is_stored_and_its_first_part_is_chosen(installation, project, monkeypatch):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.MANAGER, project)
    before = component_data(installation.open("articles", as_=who, article=article))
    body = next(part for part in before["segments"] if part["kind"] == "body")
    at = int(body["id"].rpartition(":")[2].partition("-")[0]) + body["text"].index(" ")
    change = {"id": "c1", "act": "split", "sentence": body["id"], "at": at}
    sends(monkeypatch, "reader", change=change)
    data = component_data(installation.open("articles", as_=who, article=article))
    first = next(part for part in data["segments"] if part["id"] == data["ack"]["chosen"])
    assert first["text"] == body["text"].split()[0]
    assert data["last_change"].startswith("1 segment split by")


@pytest.mark.parametrize("change", [{"id": "c1", "act": "drop"}, {"act": "take_back"}, "x", 7])
def test_what_no_reader_would_send_does_nothing(installation, project, monkeypatch, change):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.MANAGER, project)
    sends(monkeypatch, "reader", change=change)
    page = installation.open("articles", as_=who, article=article)
    assert not page.exception
    assert component_data(page)["ack"] is None


def test_the_address_names_the_sentence_that_is_chosen(installation, project):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.REVIEWER, project)
    segments = component_data(installation.open("articles", as_=who, article=article))["segments"]
    wanted = segments[2]["id"]
    page = installation.open("articles", as_=who, article=article, sentence=wanted)
    assert component_data(page)["start"] == wanted
    page = installation.open("articles", as_=who, article=article, sentence="nonsense")
    assert component_data(page)["start"] == ""


def test_a_change_of_a_reviewer_is_refused_in_words(installation, project, monkeypatch):
    (article,) = installation.bring_in(quay=QUAY)
    change = {
        "id": "c1",
        "act": "set_kind",
        "sentence": f"{article}:0-28",
        "kind": "body",
        "queued": True,
    }
    sends(monkeypatch, "reader", change=change)
    who = installation.sign_in(Role.REVIEWER, project)
    data = component_data(installation.open("articles", as_=who, article=article))
    assert "does not include this" in data["ack"]["error"]
    assert data["segments"][0]["kind"] == "headline"


@pytest.mark.parametrize("role", ROLES)
def test_details_are_a_form_for_managers_and_facts_for_the_others(installation, project, role):
    (article,) = installation.bring_in(quay=QUAY)
    page = installation.open("articles", as_=installation.sign_in(role, project), article=article)
    assert not page.exception
    assert bool(page.text_input) is (role in EDITORS)
    if role not in EDITORS:
        assert "Title: Quay reopens after the flood" in words(page)


def test_a_detail_is_changed_and_what_was_found_can_stand_again(installation, project):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.MANAGER, project)
    page = installation.open("articles", as_=who, article=article)
    (outlet,) = [one for one in page.text_input if one.label == "Outlet"]
    outlet.set_value("Harbour Post")
    (save,) = [one for one in page.button if one.label == "Save details"]
    save.click().run()
    assert not page.exception
    assert "Saved." in words(page)
    assert "Outlet: nothing → Harbour Post" in words(page)
    (back,) = [one for one in page.button if one.label == "Back to the outlet found"]
    back.click().run()
    assert "Outlet: Harbour Post → nothing" in words(page)
    assert not [one for one in page.button if one.label == "Back to the outlet found"]


def test_a_date_that_is_none_is_refused_in_words(installation, project):
    (article,) = installation.bring_in(quay=QUAY)
    who = installation.sign_in(Role.MANAGER, project)
    page = installation.open("articles", as_=who, article=article)
    (published,) = [one for one in page.text_input if one.label == "Published"]
    published.set_value("yesterday")
    (save,) = [one for one in page.button if one.label == "Save details"]
    save.click().run()
    assert "Write it as 2015-10-16" in page.warning[0].value
