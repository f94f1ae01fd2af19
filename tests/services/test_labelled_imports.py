"""Labels that come back: from our own export to the byte, from other tools by their wording."""

import random

import orjson
import pytest
from labelled import Labelled

from db.engine import transaction
from workbench.errors import InputError, NotAllowedError
from workbench.formats import labelled as formats
from workbench.formats.final_labels import LabelChoice
from workbench.formats.readers import COMMAND
from workbench.services import accounts, checking, exporting, projects
from workbench.services.import_reports import Outcome
from workbench.services.labelled_files import Reading
from workbench.services.labelled_imports import take_in
from workbench.services.permissions import OPERATOR, Role
from workbench.services.preparing import Source
from workbench.services.storing import begin_batch

ALL, GOLD = LabelChoice.ALL, LabelChoice.GOLD
C, A, CA = ("claim",), ("attribution",), ("claim", "attribution")
ASKED = formats.Asked(labels={key: key.title() for key in ("claim", "attribution", "dispute")})


@pytest.fixture
def source(session, now):
    """Three reviewers on two articles: ties, skips, comments, and sentences nobody labelled."""
    project = Labelled(session, now)
    project.write("One 😀.", "Two.", "Three.", "Four.", "Five.", title="T", published="2026-03-02")
    project.decide(1, CA, reviewer=2, check_worthiness=2, comment="=cmd", active_ms=42)
    project.decide(1, CA, reviewer=1, suggestion_shown=True)
    project.decide(3, C, reviewer=1)
    project.decide(3, None, reviewer=3)
    project.write("Six.", "Seven.", wire_cluster="w", outlet="Courier")
    project.decide(0, (), reviewer=3)
    project.decide(1, C, reviewer=1)
    project.decide(1, A, reviewer=2)
    return project


@pytest.fixture
def target(make):
    return make.project()


def exported(session, project, labels):
    return b"".join(
        exporting.stream(
            session, actor=OPERATOR, project_slug=project.slug, fmt="jsonl", labels=labels
        )
    )


def take(session, project, data, *, kind="jsonl", now, asked=ASKED, actor=OPERATOR, file="a.jsonl"):
    data = data if isinstance(data, bytes) else b"".join(orjson.dumps(one) + b"\n" for one in data)
    return take_in(
        session,
        actor=actor,
        project=project,
        batch=begin_batch(session, project=project),
        file=file,
        read=Reading(Source(file, lambda: data), kind, asked, COMMAND),
        now=now,
    )


def faults(session):
    return [str(fault) for fault in checking.faults(session, actor=OPERATOR)]


@pytest.mark.parametrize("labels", list(LabelChoice))
def test_an_export_that_comes_back_gives_the_same_export(session, source, target, now, labels):
    data = exported(session, source.project, labels)

    report = take(session, target, data, now=now)

    assert (report.outcome, report.faults) == (Outcome.ADDED, ())
    assert exported(session, target, labels) == data


@pytest.mark.parametrize("seed", range(3))
def test_in_whatever_order_its_lines_come_an_export_gives_the_same_export(
    session, source, target, now, seed
):
    data = exported(session, source.project, ALL)
    lines = data.splitlines(keepends=True)
    random.Random(seed).shuffle(lines)  # noqa: S311 - no secret

    report = take(session, target, b"".join(lines), now=now)

    assert (report.outcome, report.n_articles, report.faults) == (Outcome.ADDED, 2, ())
    assert exported(session, target, ALL) == data


def test_what_comes_back_is_sound_and_in_the_queue(session, source, target, now):
    before = set(faults(session))  # of the source, whose events are the factory's
    take(session, target, exported(session, source.project, ALL), now=now)

    assert set(faults(session)) <= before
    plan = exporting.plan(session, actor=OPERATOR, project_slug=target.slug, labels=ALL)
    assert (plan.n_sentences, plan.n_reviewers) == (7, 3)


def test_the_same_file_again_adds_nothing(session, source, target, now):
    data = exported(session, source.project, ALL)
    take(session, target, data, now=now)
    again = take(session, target, data, now=now)

    assert (again.outcome, again.n_already, again.reason) == (
        Outcome.ALREADY_THERE,
        2,
        "0 answers",
    )
    assert exported(session, target, ALL) == data


def test_more_versions_than_anybody_made_are_a_wrong_number(session, source, target, now):
    [first, *_] = exported(session, source.project, GOLD).splitlines()
    record = orjson.loads(first)
    record["annotations"][0]["label_set"] = 999

    with pytest.raises(InputError, match="version 999 of the label set, and this project has 1"):
        take(session, target, [record], now=now)
    session.expire_all()
    assert projects.rules(session, project_id=target.id).label_set_version == 1


def test_versions_that_are_lacking_are_made_and_said(session, source, target, now):
    source.new_label_set("claim", "attribution", "dispute")
    source.decide(0, C, reviewer=1)
    data = exported(session, source.project, ALL)

    report = take(session, target, data, now=now)

    assert "new versions of the label set" in report.reason
    assert exported(session, target, ALL) == data


def test_labels_go_to_the_sentences_of_an_article_that_is_here(session, source, now):
    data = exported(session, source.project, GOLD)
    [n_before, n_after] = [
        take(session, source.project, data, now=now, file=file).reason.partition(" ")[0]
        for file in ("a.jsonl", "a.jsonl")
    ]

    assert (n_before, n_after) == ("5", "0")


def test_a_record_that_does_not_fit_its_article_is_named_and_the_others_go_in(
    session, source, target, now
):
    lines = exported(session, source.project, ALL).splitlines()
    broken = [lines[0].replace(b'"start":0', b'"start":1'), *lines[1:]]
    told = take(session, target, b"\n".join(broken), now=now)

    assert [fault.where for fault in told.faults] == ["line 1"]
    assert told.n_articles == 2


@pytest.mark.parametrize(
    ("written", "altered"),
    [
        (b'"start":0', b'"start":"0"'),
        (b'"position":0', b'"position":null'),
        (b'"kind":"body"', b'"kind":"prose"'),
        (b'"active_ms":1500', b'"active_ms":"long"'),
        (b'"label_set":1', b'"label_set":100000'),
        (b'"annotator":"A1"', b'"annotator":7'),
        (b'"comment":null', b'"comment":"a\\u0000b"'),
        (b'"title":"T"', b'"title":"T\\u0000"'),
        (b'"decided_at":"2026', b'"decided_at":"June 2026'),
    ],
)
def test_a_field_that_no_export_writes_so_refuses_its_lines_alone(
    session, source, target, now, written, altered
):
    data = exported(session, source.project, ALL)
    assert written in data

    told = take(session, target, data.replace(written, altered), now=now)

    assert told.faults
    told_why = ("is not what an export writes there", "It holds a NUL")
    assert all(any(why in fault.reason for why in told_why) for fault in told.faults)


def test_a_time_that_cannot_be_and_a_nul_cost_no_label(session, target, now):
    odd = PRODIGY[0] | {"_timestamp": 99_999_999_999, "_session_id": "a\0b", "comment": "x\0y"}

    assert take(session, target, [odd], kind="prodigy", now=now).reason.startswith("1 answer")
    [record] = [orjson.loads(line) for line in exported(session, target, ALL).splitlines()]
    [given] = record["annotations"]
    assert (given["decided_at"][:4], given["comment"]) == (str(now.year), "x\ufffdy")


PRODIGY = [
    {"text": "Two boats left.", "accept": ["CLAIM"], "answer": "accept", "_session_id": "set-ann"},
    {"text": "Two boats left.", "accept": [], "answer": "accept", "_session_id": "set-bob"},
    {"text": "Nobody knew why.", "answer": "ignore", "_session_id": "set-ann"},
]


def test_a_text_of_another_tool_is_the_sentence_of_its_wording(session, make, now):
    project = make.project()
    make.article(project, sentences=("It rained.", "Two  boats left."))

    report = take(session, project, PRODIGY[:2], kind="prodigy", now=now)

    assert (report.n_articles, report.reason) == (0, "2 answers")
    [record] = [orjson.loads(line) for line in exported(session, project, ALL).splitlines()][1:]
    assert [one["labels"] for one in record["annotations"]] == [["claim"], []]


def test_of_two_copies_the_one_is_labelled_that_was_sent_out(session, make, now):
    project = make.project()
    _, second = (make.article(project, sentences=("Two boats left.",)) for _ in range(2))
    task = PRODIGY[0] | {"meta": {"sentence_id": f"{second.public_id}:0-15"}}

    take(session, project, [task], kind="prodigy", now=now)

    records = [orjson.loads(line) for line in exported(session, project, GOLD).splitlines()]
    assert [record["article"]["id"] for record in records] == [second.public_id]


def test_a_text_that_is_nowhere_becomes_an_article_of_its_own(session, target, now):
    report = take(session, target, PRODIGY, kind="prodigy", now=now)

    assert (report.n_articles, report.n_segments, report.n_queued) == (2, 2, 2)
    assert "texts in no article here, each now one of its own: 2" in report.reason
    records = [orjson.loads(line) for line in exported(session, target, ALL).splitlines()]
    assert {record["text"] for record in records} == {"Two boats left.", "Nobody knew why."}
    assert faults(session) == []


def test_labels_that_are_not_in_the_label_set_are_named_by_line(session, target, now):
    odd = [{"text": "It snowed.", "label": ["Weather"]}, {"text": "It hailed.", "label": ["claim"]}]

    report = take(session, target, odd, kind="doccano", now=now)

    assert (report.n_articles, report.n_faults) == (1, 1)
    assert report.faults[0].where == "line 1"
    assert "'Weather' is not in the label set" in report.faults[0].reason


def test_answers_to_a_part_of_a_text_are_counted_and_not_taken(session, target, now):
    spans = [{"text": "Two boats left.", "entities": [
        {"id": 0, "start_offset": 0, "end_offset": 3, "label": "claim"}
    ]}]  # fmt: skip

    report = take(session, target, spans, kind="doccano", now=now)

    assert "answers on a part of a text or on one label alone, not taken: 1" in report.reason


def test_who_labelled_has_an_account_that_nobody_signs_in_to(session, target, now):
    take(session, target, PRODIGY, kind="prodigy", now=now, file="round one.jsonl")

    found = session.connection().exec_driver_sql("SELECT name, disabled_at FROM account")
    people = {name: disabled for name, disabled in found}  # noqa: C416 - a row is no pair
    assert people["set-ann (round one)"]
    assert people["set-bob (round one)"]


def test_who_labelled_elsewhere_takes_not_the_place_of_the_first_owner(own_engines, make, now):
    with transaction(own_engines) as session:
        make.session = session
        take(session, make.project(), PRODIGY, kind="prodigy", now=now)

        assert accounts.is_empty(session)


def test_reviewers_may_not_bring_labels(session, make, target, now):
    actor = make.actor(target, role=Role.REVIEWER)

    with pytest.raises(NotAllowedError):
        take(session, target, PRODIGY, kind="prodigy", now=now, actor=actor)
