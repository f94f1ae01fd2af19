"""A change of the queue's settings on a large project: told while it lasts, whoever looks."""

import pytest
from screens import QUAY, told

from db.engine import reading
from workbench.services import queue_settings, recounting
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings
from workbench.ui import recount_run


@pytest.fixture
def project(installation, monkeypatch):
    """Two articles, each a part of its own."""
    monkeypatch.setattr(recounting, "SENTENCES_AT_ONCE", 2)
    made = installation.project()
    installation.bring_in(quay=QUAY, other=b"One came. Two came. Three came.\n")
    return made


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


def let(installation, **settings):
    with installation.rows() as (session, make):
        given = {"actor": OPERATOR, "slug": "demo", "now": make.now}
        queue_settings.change(session, settings=QueueSettings(**settings), **given)


def left(installation):
    with reading(installation.engines) as session:
        return recounting.unfinished(session, actor=OPERATOR)


def test_who_saves_is_told_when_every_sentence_is_counted(installation, manager):
    page = installation.open("queue", as_=manager)
    [box] = [each for each in page.selectbox if each.label == "Reviewers a sentence needs"]
    box.set_value("2").run()
    [button] = [each for each in page.button if each.label == "Save the settings"]
    button.click().run()

    assert not page.exception
    assert "In force: 2 reviewers for each sentence" in told(page)
    assert left(installation) == []


def test_whoever_looks_next_finishes_what_was_broken_off(installation, manager):
    let(installation, overlap=2)
    assert left(installation) == ["demo"]
    page = installation.open("queue", as_=manager)

    assert not page.exception
    assert "In force: 2 reviewers for each sentence" in told(page)
    assert left(installation) == []


def test_a_start_goes_on_with_what_an_earlier_process_left(installation, manager):
    let(installation, overlap=2)
    recount_run.go_on_everywhere()
    recount_run.go_on("demo").join(60)

    assert left(installation) == []


def test_what_is_on_its_way_is_said_and_what_holds_until_then(installation, manager, monkeypatch):
    let(installation, overlap=2)
    monkeypatch.setattr(recount_run, "watch", lambda _actor, _slug: None)
    page = installation.open("queue", as_=manager)

    assert "On its way: 2 reviewers for each sentence" in told(page)
    assert "Until every sentence is counted, everybody sees every sentence." in told(page)
    let(installation, overlap=None)
    page = installation.open("queue", as_=manager)
    assert "The new settings are in force." in told(page)
    assert len(left(installation)) == 1


def test_when_it_is_broken_off_the_page_says_how_it_goes_on(installation, manager, monkeypatch):
    let(installation, overlap=2)
    monkeypatch.setattr(recounting, "finish", lambda *_given, **_more: iter(()))
    page = installation.open("queue", as_=manager)

    assert [each.value for each in page.warning] == [
        "The counting was broken off. Load the page again to go on with it."
    ]
