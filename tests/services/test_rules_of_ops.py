"""A label says under which labels and guideline it was given: those that were on the screen."""

import pytest
from conftest import NOON
from loop import Desk, op

from db.engine import reading
from workbench.services import (
    guidelines,
    label_edits,
    label_saving,
    opening,
    own_labels,
    projects,
    stale_labels,
)
from workbench.services.decisions import AckStatus, Act
from workbench.services.label_changes import LabelDraft
from workbench.services.opening import Notice
from workbench.services.permissions import OPERATOR

COLOURS = {"claim": "blue", "attribution": "violet", "dispute": "orange"}


@pytest.fixture
def desk(own_engines):
    """Version 2 in force: every label in a colour of its own."""
    desk = Desk(own_engines, NOON)
    labels = [LabelDraft(k.title(), f"{k}?", k[0], colour, k) for k, colour in COLOURS.items()]
    act(desk, label_saving.save, change=label_edits.edit(labels, wording_only=True), base_version=1)
    return desk


def act(desk, do, **values):
    given = {"actor": OPERATOR, "slug": desk.project.slug, "note": "Why", "now": desk.now}
    with desk.transaction() as session:
        return do(session, **given | values)


def past(desk, sentence):
    with reading(desk.engines) as session:
        return own_labels.past(
            session, actor=desk.reviewer, slug=desk.project.slug, sentence=sentence
        )


def n_stale(desk):
    with reading(desk.engines) as session:
        return stale_labels.own(session, actor=desk.reviewer, slug=desk.project.slug).total


def test_a_label_given_under_an_older_set_is_stored_under_it_and_waits_for_another_look(desk):
    (first, *_) = desk.bring("One was.\nTwo were.\n")
    act(desk, label_saving.save, change=label_edits.retire("dispute"), base_version=2)
    ack = desk.send_one(op(first, labels=("claim", "dispute"), label_set=2, guideline=1))
    now, (event,) = past(desk, first)
    assert ack.status is AckStatus.APPLIED
    assert (now.labels, event.label_set, event.guideline) == (("Claim", "Dispute"), 2, 1)
    assert n_stale(desk) == 1
    assert desk.faults() == []


def test_saying_it_again_under_the_new_set_takes_it_off_the_list(desk):
    (first, *_) = desk.bring("One was.\n")
    desk.send(op(first, labels=("claim", "dispute"), label_set=2))
    act(desk, label_saving.save, change=label_edits.retire("dispute"), base_version=2)
    desk.send(op(first, 1, labels=("claim",), label_set=3))
    assert n_stale(desk) == 0
    assert [each.labels for each in past(desk, first)[1]] == [("Claim", "Dispute"), ("Claim",)]


def test_a_label_that_is_no_more_is_refused_where_the_new_set_was_on_the_screen(desk):
    (first, *_) = desk.bring("One was.\n")
    act(desk, label_saving.save, change=label_edits.retire("dispute"), base_version=2)
    for version in (3, None, 99):
        ack = desk.send_one(op(first, labels=("dispute",), label_set=version))
        assert ack.status is AckStatus.REFUSED
        assert "no label 'dispute'" in ack.reason


def test_a_guideline_that_changed_meanwhile_is_told_apart(desk):
    (first, *_) = desk.bring("One was.\n")
    act(desk, guidelines.save, base_version=1, text="# New")
    desk.send(op(first, labels=("claim",), label_set=2, guideline=1))
    desk.send(op(first, 1, labels=(), label_set=2, guideline=2))
    assert [each.guideline for each in past(desk, first)[1]] == [1, 2]


def test_a_comment_on_an_old_label_leaves_it_old(desk):
    (first, *_) = desk.bring("One was.\n")
    desk.send(op(first, labels=("dispute",), label_set=2))
    act(desk, label_saving.save, change=label_edits.retire("dispute"), base_version=2)
    desk.send(op(first, 1, Act.COMMENT, comment="Why?", label_set=3))
    assert n_stale(desk) == 1


@pytest.mark.parametrize(
    ("under", "told"),
    [
        ({"label_set": 1, "guideline": 1}, Notice("label_set", 2)),
        ({"label_set": 2, "guideline": 1}, Notice("guideline", 2)),
        ({"label_set": 2, "guideline": 2}, None),
        ({"label_set": None, "guideline": None}, None),
    ],
)
def test_an_open_page_is_told_of_newer_rules(desk, under, told):
    act(desk, guidelines.save, base_version=1, text="# New")
    with reading(desk.engines) as session:
        project = projects.find(session, actor=desk.reviewer, slug=desk.project.slug)
        found = opening.news(session, actor=desk.reviewer, project=project, **under)
    assert found == told
