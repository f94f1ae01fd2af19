"""Two people save at the same instant: one makes the version, the other is told."""

import pytest
from conftest import NOON
from loop import Desk

from db.engine import reading
from workbench.errors import TakenError
from workbench.services import (
    audit_log,
    guidelines,
    label_edits,
    label_saving,
    label_sets,
    project_acts,
)
from workbench.services.audit_log import Asked
from workbench.services.label_changes import LabelDraft, PresetDraft
from workbench.services.permissions import OPERATOR


@pytest.fixture
def desk(own_engines):
    return Desk(own_engines, NOON)


def tried(desk, do, *, on=1, **values):
    """An act in a transaction of its own, on a version; what came of it."""

    def act():
        given = {"actor": OPERATOR, "slug": desk.project.slug, "note": "Why", "now": NOON}
        try:
            with desk.transaction() as session:
                return do(session, base_version=on, **given, **values)
        except TakenError:
            return "told"

    return act


def test_a_guideline_saved_twice_at_once_has_one_more_version(desk):
    acts = [tried(desk, guidelines.save, text=f"# Version of {n}") for n in range(4)]
    assert sorted(map(str, desk.at_once(*acts))) == ["2", "told", "told", "told"]
    with reading(desk.engines) as session:
        found = guidelines.history(session, actor=OPERATOR, slug=desk.project.slug)
    assert [each.version for each in found] == [2, 1]


def test_a_label_set_saved_twice_at_once_has_one_more_version(desk):
    colours = {"claim": "blue", "attribution": "violet", "dispute": "orange"}
    labels = [LabelDraft(k.title(), f"{k}?", k[0], colour, k) for k, colour in colours.items()]
    tried(desk, label_saving.save, change=label_edits.edit(labels))()
    acts = [
        tried(
            desk,
            label_saving.save,
            on=2,
            change=label_edits.set_presets([PresetDraft(str(n), ("claim",))]),
        )
        for n in range(1, 5)
    ]
    assert sorted(map(str, desk.at_once(*acts))) == ["3", "told", "told", "told"]
    with reading(desk.engines) as session:
        found = label_sets.history(session, actor=OPERATOR, slug=desk.project.slug)
    assert [each.version for each in found] == [3, 2, 1]


def test_a_project_archived_twice_at_once_is_archived_once(desk):
    def act():
        with desk.transaction() as session:
            project_acts.archive(session, actor=OPERATOR, slug=desk.project.slug, now=NOON)

    desk.at_once(act, act, act)
    with reading(desk.engines) as session:
        acts = audit_log.page(session, actor=OPERATOR, asked=Asked(act="archive_project"))
    assert acts.total == 1
    assert desk.faults() == []
