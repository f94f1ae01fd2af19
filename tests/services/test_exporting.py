"""What an export holds, on both databases: labels, order, one moment, and who may have it."""

import csv
import io
from datetime import UTC, datetime

import orjson
import pytest
from labelled import Labelled

from db.engine import reading, transaction
from db.models import Annotation
from workbench.errors import InputError, NotAllowedError, NotFoundError, WorkbenchError
from workbench.formats.final_labels import LabelChoice
from workbench.formats.writers.pieces import CHUNK
from workbench.services import exporting
from workbench.services.permissions import OPERATOR, Actor, Role

GOLD, MAJORITY, ALL = LabelChoice.GOLD, LabelChoice.MAJORITY, LabelChoice.ALL
C, A, CA = ("claim",), ("attribution",), ("claim", "attribution")


@pytest.fixture
def labelled(session, now):
    return Labelled(session, now)


def exported(labelled, labels=GOLD, fmt="jsonl", **given):
    chunks = exporting.stream(
        labelled.session,
        actor=OPERATOR,
        project_slug=labelled.project.slug,
        fmt=fmt,
        labels=labels,
        **given,
    )
    return b"".join(chunks)


def records(labelled, labels=GOLD):
    return [orjson.loads(line) for line in exported(labelled, labels).splitlines()]


def planned(labelled, labels=GOLD):
    return exporting.plan(
        labelled.session, actor=OPERATOR, project_slug=labelled.project.slug, labels=labels
    )


@pytest.mark.parametrize(
    ("decisions", "source", "labels"),
    [
        ([C], "single", ["claim"]),
        ([()], "single", []),
        ([CA, CA], "unanimous", ["attribution", "claim"]),
        ([CA, CA, C], "majority", ["attribution", "claim"]),
        ([C, A, None, C], "majority", ["claim"]),
        ([C, None], "single", ["claim"]),
    ],
)
def test_votes_become_a_final_label(labelled, decisions, source, labels):
    labelled.write("One.")
    for number, given in enumerate(decisions, 1):
        labelled.decide(0, given, reviewer=number)

    [record] = records(labelled)

    assert (record["label_source"], record["labels"]) == (source, labels)
    assert record["n_annotations"] == len([given for given in decisions if given is not None])
    assert len(record["annotations"]) == len(decisions)


@pytest.mark.parametrize("decisions", [[], [None], [C, A], [C, CA], [C, None, ()]])
def test_a_sentence_without_a_final_label_is_in_the_export_of_all_only(labelled, decisions):
    labelled.write("One.")
    for number, given in enumerate(decisions, 1):
        labelled.decide(0, given, reviewer=number)

    assert records(labelled, GOLD) == records(labelled, MAJORITY) == []
    [record] = records(labelled, ALL)
    assert (record["label_source"], record["labels"]) == ("none", [])
    assert len(record["annotations"]) == len(decisions)


def test_a_decision_that_was_taken_back_is_not_there(labelled):
    labelled.write("One.", "Two.")
    labelled.decide(0, (), status="open", comment="Later.")
    labelled.decide(1, C)

    [record] = records(labelled)

    assert record["text"] == "Two."
    assert records(labelled, ALL)[0]["annotations"] == []


def test_a_record_holds_everything_to_the_byte(labelled):
    labelled.write(
        "It rained.",
        "“We left,” she said.",
        public_id="0a1b2c3d4e5f6071",
        sha256="ab" * 32,
        source_name="ferry.txt",
        title="Ferry",
        outlet="Courier",
        published="2026-03-02",
    )
    labelled.decide(1, CA, reviewer=1, check_worthiness=1, suggestion_shown=True)
    labelled.decide(1, CA, reviewer=2, check_worthiness=2, comment='A "word"', active_ms=42)
    labelled.decide(1, None, reviewer=3, skip_reason="unclear")

    assert exported(labelled).decode() == (
        '{"schema":"workbench.sentence/1","id":"0a1b2c3d4e5f6071:11-31",'
        '"text":"“We left,” she said.","kind":"body","labels":["attribution","claim"],'
        '"label_source":"unanimous","votes":{"claim":2,"attribution":2,"dispute":0},'
        '"n_annotations":2,"check_worthiness":1,"annotations":['
        '{"annotator":"A1","labels":["attribution","claim"],"check_worthiness":1,"skipped":false,'
        '"comment":null,"active_ms":1500,"decided_at":"2026-03-03T12:00:00.001Z","label_set":1,'
        '"guideline":1,"suggestion_shown":true},'
        '{"annotator":"A2","labels":["attribution","claim"],"check_worthiness":2,"skipped":false,'
        '"comment":"A \\"word\\"","active_ms":42,"decided_at":"2026-03-03T12:00:00.001Z",'
        '"label_set":1,"guideline":1,"suggestion_shown":false},'
        '{"annotator":"A3","labels":[],"check_worthiness":null,"skipped":true,"comment":null,'
        '"active_ms":1500,"decided_at":"2026-03-03T12:00:00.001Z","label_set":1,"guideline":1,'
        '"suggestion_shown":false}],"article":{"id":"0a1b2c3d4e5f6071","title":"Ferry",'
        '"outlet":"Courier","author":null,"published":"2026-03-02","url":null,'
        '"source":"ferry.txt","sha256":"' + "ab" * 32 + '"},"start":11,"end":31,"position":1,'
        '"before":"It rained.","after":null,"wire_cluster":null,"split":null}\n'
    )


def test_records_stand_in_the_order_of_article_ids_and_starts(labelled):
    for public_id in ("b0", "a0-10", "B0", "a0-2", "a01", "a0"):
        labelled.write("One.", "Two.", public_id=public_id)
        labelled.decide(1, C)
        labelled.decide(0, C)

    ids = [(record["article"]["id"], record["start"]) for record in records(labelled)]

    assert ids == sorted(ids)
    assert [name for name, start in ids if not start] == ["B0", "a0", "a0-10", "a0-2", "a01", "b0"]


def test_the_same_data_gives_the_same_bytes(labelled):
    for _ in range(3):
        labelled.write("One.", "Two.")
        labelled.decide(0, CA, reviewer=2)
        labelled.decide(0, A, reviewer=1)
    assert exported(labelled, ALL) == exported(labelled, ALL)
    assert exported(labelled, ALL, "csv") == exported(labelled, ALL, "csv")


def test_neighbours_are_the_sentences_around_it_and_nothing_else(labelled):
    labelled.write("One.", "Menu.", "Two.", "Three.")
    labelled.take_out(1)
    labelled.decide(2, C)
    labelled.write("Another article.")

    [record] = records(labelled)

    assert (record["before"], record["text"], record["after"]) == ("One.", "Two.", "Three.")


def test_a_sentence_taken_out_of_the_queue_keeps_its_label(labelled):
    labelled.write("One.", "Menu.", "Two.")
    labelled.decide(1, C)
    labelled.take_out(1)

    [record] = records(labelled)
    assert (record["before"], record["text"], record["after"]) == ("One.", "Menu.", "Two.")
    assert [record["text"] for record in records(labelled, ALL)] == ["One.", "Menu.", "Two."]


def test_a_labelled_segment_out_of_the_queue_is_nobodys_neighbour(labelled):
    labelled.write("One.", "Menu.", "Two.")
    for position in range(3):
        labelled.decide(position, C)
    labelled.take_out(1)

    assert [(one["before"], one["after"]) for one in records(labelled)] == [
        (None, "Two."),
        ("One.", "Two."),
        ("One.", None),
    ]


def test_offsets_count_code_points(labelled):
    labelled.write("\U0001f600 \U0001f600.", "It \U0001f680 flew.")
    labelled.decide(1, C)

    [record] = records(labelled)

    assert (record["start"], record["end"]) == (5, 15)
    assert (record["before"], record["text"]) == ("\U0001f600 \U0001f600.", "It \U0001f680 flew.")


def test_annotators_are_numbered_by_who_came_first_and_keep_their_numbers(labelled):
    labelled.write("One.", "Two.")
    labelled.decide(0, C, reviewer=4)
    labelled.decide(1, C, reviewer=2, status="open")
    first = annotators(labelled)
    labelled.decide(0, C, reviewer=1)
    labelled.decide(1, C, reviewer=4)

    assert first == [["A1"]]
    assert annotators(labelled) == [["A1", "A3"], ["A1"]]


def annotators(labelled):
    return [[one["annotator"] for one in record["annotations"]] for record in records(labelled)]


def test_a_label_of_an_older_label_set_keeps_its_votes(labelled):
    labelled.write("One.")
    labelled.decide(0, ("claim", "dispute"), reviewer=1)
    labelled.new_label_set("rumour", "claim")
    labelled.decide(0, ("claim", "rumour"), reviewer=2)
    labelled.decide(0, ("claim", "rumour"), reviewer=3)

    [record] = records(labelled)

    votes = {"rumour": 2, "claim": 3, "attribution": 0, "dispute": 1}
    assert list(record["votes"].items()) == list(votes.items())
    assert record["labels"] == ["claim", "rumour"]
    assert [one["label_set"] for one in record["annotations"]] == [1, 2, 2]
    assert [(one.key, one.n_sentences, one.is_in_force) for one in planned(labelled).labels] == [
        ("rumour", 1, True),
        ("claim", 1, True),
        ("attribution", 0, False),
        ("dispute", 0, False),
    ]


def test_moments_are_cut_to_milliseconds_in_utc(labelled):
    labelled.write("One.")
    labelled.decide(0, C, decided_at=datetime(2026, 1, 2, 3, 4, 5, 999_999, tzinfo=UTC))
    [record] = records(labelled)
    assert record["annotations"][0]["decided_at"] == "2026-01-02T03:04:05.999Z"


def test_other_projects_stay_out(labelled, session, now):
    other = Labelled(session, now)
    other.write("Elsewhere.")
    other.decide(0, C)
    labelled.write("One.")
    labelled.decide(0, C, reviewer=1)

    assert [record["text"] for record in records(labelled)] == ["One."]
    assert planned(labelled).n_reviewers == 1


MIX = [[C], [()], [C, C], [C, A], [C, CA, C], [None], [], [None, C], [C, A, A, C], [C, A, ()]]


@pytest.mark.parametrize("labels", LabelChoice)
def test_the_plan_counts_what_the_export_holds(labelled, labels):
    labelled.write(*(f"Sentence {number}." for number in range(len(MIX))))
    for position, decisions in enumerate(MIX):
        for number, given in enumerate(decisions, 1):
            labelled.decide(position, given, reviewer=number)
    labelled.take_out(0)
    plan, every = planned(labelled, labels), records(labelled, ALL)
    settled = [record for record in every if record["label_source"] != "none"]

    assert plan.n_rows == len(records(labelled, labels))
    assert plan.n_sentences == len(every) == len(MIX)
    assert plan.n_labelled == len(settled)
    assert plan.n_unlabelled == len([one for one in every if not one["n_annotations"]]) == 2
    assert plan.n_unsettled == plan.n_sentences - plan.n_labelled - plan.n_unlabelled == 2
    assert plan.n_explicit_none == len([one for one in settled if not one["labels"]]) == 2
    assert plan.n_reviewers == 4
    for label in plan.labels:
        assert label.n_sentences == len([one for one in settled if label.key in one["labels"]])


def test_an_empty_project_is_planned_and_exported(labelled):
    assert planned(labelled, ALL).n_rows == 0
    assert exported(labelled, ALL) == b""
    assert exported(labelled, ALL, "csv").startswith(b'"schema","id"')


def test_csv_holds_the_same_records(labelled):
    labelled.write("One,\r=two.", "Three.")
    labelled.decide(0, CA)
    text = exported(labelled, ALL, "csv").decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))

    assert [row["text"] for row in rows] == ["One,\r=two.", "Three."]
    assert [row["claim"] for row in rows] == ["true", "false"]
    assert [row["label_source"] for row in rows] == ["single", "none"]


def test_the_preview_is_the_beginning_of_the_export(labelled):
    for _ in range(4):
        labelled.write("One.", "Two.", "Three.")
        labelled.decide(1, None)
        labelled.decide(2, C)
    find = {"actor": OPERATOR, "project_slug": labelled.project.slug}

    for limit in (1, 3, 20):
        found = exporting.preview(labelled.session, labels=GOLD, limit=limit, **find)
        whole = [record["id"] for record in records(labelled)]
        assert [record.id for record in found] == whole[:limit]


def test_the_preview_goes_on_when_the_first_articles_hold_too_few(labelled):
    for number in range(3):
        labelled.write("One.", public_id=f"0{number}")
        labelled.decide(0, None)
    labelled.write("Two.", public_id="ff")
    labelled.decide(0, C)

    found = exporting.preview(
        labelled.session, actor=OPERATOR, project_slug=labelled.project.slug, labels=GOLD, limit=2
    )

    assert [record.text for record in found] == ["Two."]


def test_chunks_are_large_and_rows_are_counted_as_they_go(labelled):
    labelled.write(*("x" * 5_000 + str(number) for number in range(40)))
    counted = []
    chunks = list(
        exporting.stream(
            labelled.session,
            actor=OPERATOR,
            project_slug=labelled.project.slug,
            fmt="jsonl",
            labels=ALL,
            on_rows=counted.append,
        )
    )
    assert len(chunks) > 3
    assert min(len(chunk) for chunk in chunks[:-1]) >= CHUNK
    assert sum(counted) == 40
    assert len(counted) > 3


def test_an_export_shows_one_moment(own_engines, now, monkeypatch):
    monkeypatch.setattr("db.queries.exports.ROWS_AT_A_TIME", 5)
    monkeypatch.setattr(exporting, "ROWS_A_BATCH", 5)
    with transaction(own_engines) as session:
        labelled = Labelled(session, now)
        for _ in range(20):
            labelled.write(*(f"Sentence {number}." for number in range(10)))
            annotations = [labelled.decide(position, C).id for position in range(10)]
        find = {"actor": OPERATOR, "project_slug": labelled.project.slug, "labels": ALL}
    with reading(own_engines) as session:
        before = b"".join(exporting.stream(session, fmt="jsonl", **find))

    with reading(own_engines) as session:
        chunks = exporting.stream(session, fmt="jsonl", **find)
        first = next(chunks)
        with transaction(own_engines) as other:
            for annotation in annotations:
                other.get_one(Annotation, annotation).status = "skipped"
            Labelled(other, now).write("New.")
        during = first + b"".join(chunks)

    assert during == before
    with reading(own_engines) as session:
        assert b"".join(exporting.stream(session, fmt="jsonl", **find)) != before


NOBODY = Actor(account_id=None, public_id="", name="")
ACTS = {
    "plan": lambda session, **find: exporting.plan(session, labels=GOLD, **find),
    "preview": lambda session, **find: exporting.preview(session, labels=GOLD, **find),
    "stream": lambda session, **find: exporting.stream(session, fmt="csv", labels=GOLD, **find),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
@pytest.mark.parametrize(
    ("role", "refusal"),
    [
        (Role.REVIEWER, NotAllowedError),
        (Role.ADJUDICATOR, NotAllowedError),
        (Role.MANAGER, None),
        (Role.ADMIN, None),
    ],
)
def test_managers_and_admins_export_and_nobody_else(labelled, act, role, refusal):
    actor = labelled.make.actor(labelled.project, role=role)
    find = {"actor": actor, "project_slug": labelled.project.slug}
    if refusal is None:
        act(labelled.session, **find)
    else:
        with pytest.raises(refusal):
            act(labelled.session, **find)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_project_of_others_does_not_exist(labelled, act):
    stranger = labelled.make.actor(labelled.make.project(), role=Role.MANAGER)
    for actor in (stranger, NOBODY):
        with pytest.raises(NotFoundError):
            act(labelled.session, actor=actor, project_slug=labelled.project.slug)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"fmt": "xlsx"}, NotFoundError),
        ({"fmt": "jsonl", "excel": True}, InputError),
        ({"fmt": "csv", "delimiter": "|"}, InputError),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_first_chunk(labelled, given, refusal):
    with pytest.raises(refusal) as refused:
        exporting.stream(
            labelled.session,
            actor=OPERATOR,
            project_slug=labelled.project.slug,
            labels=GOLD,
            **given,
        )
    assert isinstance(refused.value, WorkbenchError)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("labels", LabelChoice)
def test_what_was_left_out_is_counted_while_it_is_written(labelled, labels):
    labelled.write("Nobody has looked at this yet.", "Nor at this.")
    labelled.write(*(f"Sentence {number}." for number in range(len(MIX))))
    for position, decisions in enumerate(MIX):
        for number, given in enumerate(decisions, 1):
            labelled.decide(position, given, reviewer=number)
    labelled.take_out(0)
    plan, written = planned(labelled, labels), []
    lines = exported(labelled, labels, on_end=written.append).splitlines()
    (found,) = written

    assert found.n_rows == plan.n_rows == len(lines)
    if labels is LabelChoice.ALL:
        assert found == exporting.Written(len(lines))
    else:
        assert (found.n_unsettled, found.n_unlabelled) == (plan.n_unsettled, plan.n_unlabelled)
        assert min(found.n_unsettled, found.n_unlabelled) > 0
