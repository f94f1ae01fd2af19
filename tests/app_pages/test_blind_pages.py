"""The first pass is blind: no byte of any page comes from what another reviewer gave or said."""

import pytest
from blind import CANARY, NAME, answer_them, give, queue, sent
from screens import QUAY
from streamlit.testing.v1 import AppTest

from workbench.app_pages import SCREENS
from workbench.services import accounts, articles
from workbench.services.permissions import OPERATOR, Actor, Role

OLD = b"Harbour closes\n\nThe harbour closed on Monday. Two ferries waited. Nobody was hurt.\n"
NEW = OLD.replace(b"Two", b"Six")
LABELS_ONLY = (Role.REVIEWER, Role.ADJUDICATOR)


@pytest.fixture
def project(installation):
    return installation.project()


@pytest.fixture
def other(installation, project):
    with installation.rows() as (_, make):
        account = make.account(NAME)
        make.membership(project, account)
        return Actor(account.id, account.public_id, account.name, roles={project.id: Role.REVIEWER})


def signed_in(installation, identity):
    with installation.rows() as (session, make):
        return accounts.signed_in(session, identity=identity, now=make.now)


@pytest.fixture
def desk(installation, project):
    """Articles with a past: one of them split, one come in again; both labelled before that."""

    def prepared(as_):
        actor = signed_in(installation, as_)
        first = installation.bring_in(quay=QUAY, harbour=OLD)
        with installation.rows() as (session, make):
            names = queue(session, actor=actor, project=project)
            give(session, actor=actor, project=project, sentences=names, word="own")
            whole = articles.whole(session, actor=OPERATOR, slug="demo", article=first[0])
            long = next(part for part in whole.segments if "port office" in part["text"])
            start = int(long["id"].rpartition(":")[2].partition("-")[0])
            articles.split(
                session, actor=OPERATOR, slug="demo", sentence=long["id"],
                at=start + long["text"].index(" on ") + 1, now=make.now,
            )  # fmt: skip
        second = installation.bring_in(harbour=NEW)
        return names, [*first, *second]

    return prepared


def _name(title, address):
    import streamlit as st

    from workbench.ui import waiting
    from workbench.ui.context import current_actor

    st.text(waiting.in_words(current_actor(), title=title, address=address))


def _named(as_, title, address):
    """What the navigation calls a page."""
    page = AppTest.from_function(_name, kwargs={"title": title, "address": address})
    page.user = {"uid": as_}
    return page.run()


def views(installation, as_, names, article_ids):
    """Every page in every state that could show something of a sentence, and what it sends."""
    opened = {(name, ""): {} for name in (screen.module for screen in SCREENS)}
    for article in article_ids:
        opened["articles", article] = {"article": article}
    opened["annotate", "sentence"] = {"sentence": names[0]}
    found = {
        view: sent(installation.open(view[0], as_=as_, **query)) for view, query in opened.items()
    }
    found["navigation", ""] = sent(_named(as_, "Discussion", "discussion"))
    page = installation.open("own_labels", as_=as_)
    page.session_state[page.dataframe[0].key] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    found["own_labels", "row"] = sent(page.run())
    page = installation.open("discussion", as_=as_)
    page.session_state["discussion-tabs-demo"] = "For everybody"
    found["discussion", "everybody"] = sent(page.run())
    return found


def all_of_it(installation, project, other, names):
    """What another does: decides everything, asks, is answered, and answers late."""
    manager = signed_in(installation, installation.sign_in(Role.MANAGER, project))
    with installation.rows() as (session, _):
        late = [name for name in queue(session, actor=other, project=project) if name not in names]
        give(session, actor=other, project=project, sentences=[*names, *late], shift=1)
        answer_them(session, manager=manager, project=project)


@pytest.mark.parametrize("role", LABELS_ONLY)
def test_what_another_gives_and_says_moves_no_byte_of_any_page(
    installation, project, other, desk, role
):
    who = installation.sign_in(role, project)
    names, article_ids = desk(who)
    before = views(installation, who, names, article_ids)
    all_of_it(installation, project, other, names)
    after = views(installation, who, names, article_ids)

    assert [view for view in after if after[view] != before[view]] == []
    assert [view for view in after if CANARY.encode() in after[view].lower()] == []


def test_the_annotate_page_of_a_manager_is_blind_too(installation, project, other, desk):
    who = installation.sign_in(Role.MANAGER, project)
    names, _ = desk(who)
    asked = {"as_": who, "sentence": names[0]}
    before = sent(installation.open("annotate", **asked))
    all_of_it(installation, project, other, names)

    assert sent(installation.open("annotate", **asked)) == before


def test_a_page_that_leaked_would_be_seen(installation, project, other, desk):
    who = installation.sign_in(Role.MANAGER, project)
    names, (split, *_, newest) = desk(who)
    states = [("discussion", ""), ("progress", ""), ("articles", split), ("articles", newest)]

    def seen():
        return {view: sent(installation.open(view[0], as_=who, article=view[1])) for view in states}

    before = seen()
    all_of_it(installation, project, other, names)
    after = seen()

    assert [view for view in states if after[view] == before[view]] == []
    assert CANARY.encode() in after["discussion", ""].lower()
