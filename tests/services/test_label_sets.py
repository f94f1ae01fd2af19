"""A label set is changed version by version, and what was given under an old one is kept."""

import json

import pytest
import sqlalchemy as sa
from conftest import NOON
from labelled import Labelled

from db.models import AnnotationLabel, AuditEvent
from db.models.naming import table
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.formats.final_labels import LabelChoice
from workbench.services import exporting, label_edits, label_sets, projects, stale_labels
from workbench.services.label_changes import LabelDraft, PresetDraft
from workbench.services.label_saving import save
from workbench.services.permissions import Role

SOURCE = LabelDraft("Vague source", "Is the source unnamed?", "U", "green")


@pytest.fixture
def demo(session):
    """Three labels, as factories make them, in colours of their own; ten sentences."""
    made = Labelled(session, NOON)
    made.write("One.", "Two.", "Three.", "Four \U0001f600.")
    return made


@pytest.fixture
def manager(demo):
    return demo.make.actor(demo.project, role=Role.MANAGER)


@pytest.fixture
def act(session, demo, manager):
    """A change by the manager on the newest version, unless something else is said."""

    def done(change, **given):
        base = projects.rules(session, project_id=demo.project.id).label_set_version
        values = {"actor": manager, "slug": demo.project.slug, "base_version": base}
        values |= {"note": "Reviewers asked", "now": NOON}
        return save(session, change=change, **values | given)

    return done


@pytest.fixture
def plain(session, demo, act):
    """Version 2: every label in a colour of its own."""
    labels = [
        LabelDraft(name.title(), f"Is it a {name}?", name[0], colour, name)
        for name, colour in (("claim", "blue"), ("attribution", "violet"), ("dispute", "orange"))
    ]
    act(label_edits.edit(labels))
    return labels


def newest(session, demo, who):
    return label_sets.history(session, actor=who, slug=demo.project.slug)[0]


def own(session, demo, number=1):
    return stale_labels.own(session, actor=demo.actor(number), slug=demo.project.slug)


def test_a_version_says_who_made_it_when_why_and_what(session, demo, manager, act, plain):
    labels = [LabelDraft("Statement", *_rest(plain[0])), *plain[1:]]
    assert act(label_edits.edit(labels)) == 3
    found = newest(session, demo, manager)
    assert (found.version, found.made_by, found.created_at) == (3, manager.name, NOON)
    assert (found.note, found.changes) == ("Reviewers asked", ("Claim renamed to Statement",))


def _rest(label):
    return label.meaning, label.shortcut, label.colour, label.key


def test_the_former_versions_stay_as_they_were(session, demo, manager, act, plain):
    act(label_edits.add(SOURCE))
    versions = label_sets.history(session, actor=manager, slug=demo.project.slug)
    assert [(each.version, len(each.draft.labels)) for each in versions] == [(3, 4), (2, 3), (1, 3)]
    assert versions[-1].made_by == "the workbench"


def test_a_new_label_comes_last_with_a_key_of_its_own(session, demo, manager, act, plain):
    act(label_edits.add(SOURCE))
    assert newest(session, demo, manager).draft.labels[-1].key == "vague_source"


def test_who_saves_second_is_told_and_overwrites_nothing(session, demo, manager, act, plain):
    act(label_edits.add(SOURCE))
    with pytest.raises(TakenError, match="version 3"):
        act(label_edits.retire("claim"), base_version=2)
    assert newest(session, demo, manager).version == 3


@pytest.mark.parametrize("given", [{"note": " "}, {"note": "x" * 501}])
def test_a_version_needs_a_reason(act, plain, given):
    with pytest.raises(InputError, match="why"):
        act(label_edits.retire("claim"), **given)


def test_a_change_of_nothing_makes_no_version(act, plain):
    with pytest.raises(InputError, match="Nothing was changed"):
        act(label_edits.edit(plain))


def test_labels_are_neither_added_nor_lost_by_editing(act, plain):
    with pytest.raises(NotFoundError):
        act(label_edits.edit(plain[:2]))


@pytest.mark.parametrize(("key", "into"), [("claim", "claim"), ("claim", "gone")])
def test_a_label_is_merged_into_another_of_the_set(act, plain, key, into):
    with pytest.raises(InputError):
        act(label_edits.merge(key, into=into))


def test_presets_follow_a_merge_and_those_that_become_the_same_go(
    session, demo, manager, act, plain
):
    presets = [PresetDraft("1", ("claim",)), PresetDraft("2", ("claim", "dispute"))]
    act(label_edits.set_presets([*presets, PresetDraft("0", ())]))
    act(label_edits.merge("dispute", into="claim"))
    left = newest(session, demo, manager).draft.presets
    assert [(each.key, each.labels) for each in left] == [("1", ("claim",)), ("0", ())]


def test_a_preset_of_nothing_but_a_retired_label_does_not_come_to_mean_none(
    session, demo, manager, act, plain
):
    act(label_edits.set_presets([PresetDraft("5", ("dispute",))]))
    act(label_edits.retire("dispute"))
    assert newest(session, demo, manager).draft.presets == ()


def test_a_change_is_in_the_audit_log_with_what_differs(session, demo, act, plain):
    act(label_edits.merge("dispute", into="claim"))
    events = table(AuditEvent)
    last = session.execute(sa.select(events).order_by(events.c.id.desc()).limit(1)).one()
    assert (last.act, last.object_id) == ("save_label_set", demo.project.slug)
    assert last.details["changes"]["merged"] == {"dispute": "claim"}


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_only_who_manages_the_project_changes_its_labels(demo, act, plain, role):
    with pytest.raises(NotAllowedError):
        act(label_edits.retire("claim"), actor=demo.make.actor(demo.project, role=role))


def test_before_a_label_goes_one_is_told_what_stands_under_it(session, demo, manager, act, plain):
    demo.decide(0, ["claim"]), demo.decide(1, ["claim", "dispute"])
    demo.decide(0, ["claim"], reviewer=2), demo.decide(1, None, reviewer=2)
    found = label_sets.impact(session, actor=manager, slug=demo.project.slug, key="claim")
    assert (found.n_annotations, found.n_reviewers) == (3, 2)


def stored(session):
    given = table(AnnotationLabel)
    return session.execute(sa.select(given).order_by(*given.c)).all()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (label_edits.merge("claim", into="dispute"), "Claim was merged into Dispute"),
        (label_edits.retire("claim"), "Claim was retired"),
    ],
)
def test_what_was_given_stays_as_it_was_and_is_offered_again(
    session, demo, act, plain, change, why
):
    demo.decide(0, ["dispute"]), demo.decide(3, ["claim", "dispute"])
    before = stored(session)
    act(change)
    assert stored(session) == before
    (line,) = own(session, demo).rows
    # A label that is gone stands behind those in force.
    assert (line.text, line.labels, line.why) == ("Four \U0001f600.", ("Dispute", "Claim"), (why,))
    assert line.label_set == 2


def test_another_meaning_asks_for_another_look_and_other_words_do_not(session, demo, act, plain):
    demo.decide(0, ["claim"])
    said = [LabelDraft("Claim", "Is it a statement?", *_rest(plain[0])[1:]), *plain[1:]]
    act(label_edits.edit(said, wording_only=True))
    assert own(session, demo).total == 0
    meant = [LabelDraft("Claim", "Can it be checked?", *_rest(plain[0])[1:]), *plain[1:]]
    act(label_edits.edit(meant))
    assert own(session, demo).rows[0].why == ("Claim has another meaning",)


def test_a_renamed_label_is_the_same_label(session, demo, act, plain):
    demo.decide(0, ["claim"])
    act(label_edits.edit([LabelDraft("Statement", *_rest(plain[0])), *plain[1:]]))
    assert own(session, demo).total == 0


def test_what_is_given_under_the_new_version_is_not_stale(session, demo, act, plain):
    act(label_edits.edit([LabelDraft("Claim", "Else?", *_rest(plain[0])[1:]), *plain[1:]]))
    demo.decide(0, ["claim"])
    assert own(session, demo).total == 0


def test_a_skipped_sentence_waits_for_nobody(session, demo, act, plain):
    demo.decide(0, None)
    act(label_edits.retire("claim"))
    assert own(session, demo).total == 0


def test_a_manager_sees_how_much_waits_for_whom(session, demo, manager, act, plain):
    demo.decide(0, ["claim"]), demo.decide(1, ["claim", "dispute"])
    demo.decide(0, ["claim"], reviewer=2), demo.decide(1, ["dispute"], reviewer=3)
    act(label_edits.retire("claim"))
    found = stale_labels.counts(session, actor=manager, slug=demo.project.slug)
    assert [each.n_stale for each in found] == [2, 1]


def test_a_reviewer_sees_nobodys_but_their_own(session, demo, act, plain):
    demo.decide(0, ["claim"], reviewer=1)
    act(label_edits.retire("claim"))
    assert own(session, demo, 2).total == 0
    with pytest.raises(NotAllowedError):
        stale_labels.counts(session, actor=demo.actor(), slug=demo.project.slug)


def test_the_list_comes_in_pages_in_reading_order(session, demo, act, plain):
    demo.write(*(f"Sentence {n}." for n in range(60)))
    for position in reversed(range(60)):
        demo.decide(position, ["claim"])
    act(label_edits.retire("claim"))
    who, slug = demo.actor(), demo.project.slug
    second = stale_labels.own(session, actor=who, slug=slug, page=2)
    assert second.total == 60
    assert [line.text for line in second.rows] == [f"Sentence {n}." for n in range(50, 60)]


def test_what_waits_makes_a_line_of_sentences_that_are_still_asked_about(session, demo, act, plain):
    for position in (2, 0, 1):
        demo.decide(position, ["claim"]), demo.decide(position, ["claim"], reviewer=2)
    asked = {"actor": demo.actor(), "slug": demo.project.slug}
    assert stale_labels.in_a_line(session, **asked) == {}
    act(label_edits.retire("claim"))
    demo.take_out(1)
    line = stale_labels.in_a_line(session, **asked)
    starts = [int(each.rpartition(":")[2].partition("-")[0]) for each in line]
    assert (len(line), starts) == (2, sorted(starts))
    assert set(line.values()) == {(demo.article.public_id, demo.article.id)}


def test_an_export_has_a_column_for_a_retired_label_and_what_was_given(
    session, demo, manager, act, plain
):
    demo.decide(0, ["claim", "dispute"])
    act(label_edits.retire("dispute"))
    wish = {"actor": manager, "project_slug": demo.project.slug, "labels": LabelChoice.GOLD}
    (line,) = b"".join(exporting.stream(session, fmt="jsonl", **wish)).splitlines()
    record = json.loads(line)
    assert record["labels"] == ["claim", "dispute"]
    assert record["annotations"][0]["label_set"] == 2
    header = b"".join(exporting.stream(session, fmt="csv", **wish)).splitlines()[0]
    assert b"dispute" in header
