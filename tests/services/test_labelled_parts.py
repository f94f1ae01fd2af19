"""Large labelled files: stored in parts, each article with its labels; what is in stays."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import orjson
import pytest
from conftest import NOON
from labelled import Labelled
from loop import Desk, op
from sqlalchemy import func
from sqlmodel import select

from db.engine import engines, reading, transaction
from db.errors import FullError
from db.models import Account, Annotation, Article, Sentence
from workbench.errors import TakenError
from workbench.formats.final_labels import LabelChoice
from workbench.services import (
    exporting,
    import_parts,
    import_undoing,
    importing,
    imports,
    queue_settings,
)
from workbench.services.importing import Outcome, Source
from workbench.services.permissions import OPERATOR
from workbench.services.queue_settings import QueueSettings

C, A = ("claim",), ("attribution",)
ENTRIES = 9


class StoppedError(Exception):
    """The person pressed Stop."""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(import_parts, "ENTRIES_A_TRANSACTION", ENTRIES)
    monkeypatch.setattr(importing, "PAUSE", 0)


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture(scope="module")
def data(sqlite_template, tmp_path_factory):
    """Our own export of five articles and eleven reviewers, who came one after the other."""
    path = tmp_path_factory.mktemp("source") / "workbench.db"
    shutil.copyfile(sqlite_template, path)
    pair = engines(f"sqlite:///{path}")
    with transaction(pair) as session:
        source = Labelled(session, NOON)
        for number in range(5):
            texts = (
                f"Crane {number} stands.",
                "It rained.",
                f"Quay {number} is shut.",
                "So it is.",
            )
            source.write(*texts)
            for reviewer in (1, 2, number + 3, number + 7):
                source.decide(number % 3, C if reviewer % 2 else A, reviewer=reviewer)
            source.decide(3, None, reviewer=1)
    found = exported(pair, source.project.slug)
    pair.dispose()
    return found


def bring(desk, data, *, name="export.jsonl", open_session=None, **more):
    """Import one file; its reports, and whatever ended the import."""
    found, ended = [], None
    try:
        found += importing.import_sources(
            open_session or desk.transaction,
            lambda _: NOON,
            actor=OPERATOR,
            project_slug=desk.project.slug,
            sources=[Source(name, lambda: data)],
            **more,
        )
    except (StoppedError, FullError) as error:
        ended = error
    return found, ended


def exported(pair, slug):
    with reading(pair) as session:
        asked = {"actor": OPERATOR, "fmt": "jsonl", "labels": LabelChoice.ALL}
        return b"".join(exporting.stream(session, project_slug=slug, **asked))


def again(desk):
    """The export of what came in."""
    return exported(desk.engines, desk.project.slug)


def n_stored(desk, model):
    with reading(desk.engines) as session:
        return session.exec(select(func.count()).select_from(model)).one()


def failing_at(desk, number):
    """Transactions of which one finds no more room at its end."""
    turns = iter(range(number))

    @contextmanager
    def write() -> Iterator:
        with transaction(desk.engines) as session:
            yield session
            if next(turns, None) is None:
                message = "The disk is full."
                raise FullError(message)

    return write


def failing_with(desk, n_answers):
    """Transactions of which the first that would bring so many answers finds no more room."""

    @contextmanager
    def write() -> Iterator:
        with transaction(desk.engines) as session:
            yield session
            if session.exec(select(func.count()).select_from(Annotation)).one() >= n_answers:
                message = "The disk is full."
                raise FullError(message)

    return write


def test_no_transaction_stores_more_of_a_labelled_file_than_fits_into_one(desk, data):
    there = [0]

    @contextmanager
    def counted():
        with transaction(desk.engines) as session:
            yield session
        there.append(n_stored(desk, Sentence) + n_stored(desk, Annotation))

    (report,), _ = bring(desk, data, open_session=counted)

    assert (report.outcome, report.n_articles, report.broken_off) == (Outcome.ADDED, 5, "")
    assert report.reason == "25 answers"
    steps = [after - before for before, after in pairwise(there)]
    assert sum(steps) == 20 + 25
    assert max(steps) <= ENTRIES  # as much as one article has


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_stored_in_parts_an_export_gives_the_same_export(desk, data, seed):
    lines = data.splitlines(keepends=True)
    if seed is not None:
        random.Random(seed).shuffle(lines)  # noqa: S311 - no secret
    bring(desk, b"".join(lines))

    assert again(desk) == data
    assert desk.faults() == []


@pytest.mark.parametrize("most", [1, 4, 12, 25])
def test_broken_off_anywhere_the_same_file_adds_the_rest_and_nothing_twice(desk, data, most):
    found, ended = bring(desk, data, open_session=failing_with(desk, most))
    n_articles, n_answers = n_stored(desk, Article), n_stored(desk, Annotation)

    assert isinstance(ended, FullError)
    assert desk.faults() == []
    assert n_answers < most
    if n_answers:
        (report,) = found
        assert f"article{'s' * (n_articles > 1)} with {n_answers} answer" in report.broken_off
        assert "The disk is full. Import it again to add what is missing." in report.broken_off
        assert (report.n_articles, report.has_failed) == (n_articles, True)

    (rest,), ended = bring(desk, data)
    assert (ended, rest.broken_off) == (None, "")
    assert rest.n_articles + rest.n_already == 5
    assert rest.reason == f"{25 - n_answers} answer{'s' * (n_answers != 24)}"
    assert again(desk) == data
    assert desk.faults() == []


def test_stopped_it_says_what_is_in_and_each_article_has_all_its_labels(desk, data):
    records = [orjson.loads(line) for line in data.splitlines()]
    for record in records:  # two who labelled: their first answers come with the first article
        given = record["annotations"]
        record["annotations"] = [one for one in given if one["annotator"] in ("A1", "A2")]
    read = iter(range(14))

    def stop():
        if next(read, None) is None:
            raise StoppedError

    (report,), ended = bring(desk, written(records), on_record=stop)

    assert isinstance(ended, StoppedError)
    assert report.broken_off.endswith("It was stopped. Import it again to add what is missing.")
    with reading(desk.engines) as session:
        told = imports.report(session, actor=OPERATOR, slug=desk.project.slug, number=1)
    assert told.lines[0].reason.startswith(report.broken_off)
    assert told.line.sums.n_added == report.n_articles
    there = {one["id"]: one for one in map(orjson.loads, again(desk).splitlines())}
    assert 0 < len(there) < len(records)
    for record in records:
        if record["id"] in there:
            assert there[record["id"]]["annotations"] == record["annotations"]


def written(records):
    return b"".join(orjson.dumps(record) + b"\n" for record in records)


def test_one_article_however_long_comes_at_once_with_everybody_s_labels(desk, data, monkeypatch):
    monkeypatch.setattr(import_parts, "ENTRIES_A_TRANSACTION", 3)
    lines = data.splitlines()
    article = orjson.loads(lines[0])["article"]["id"]
    one = [line for line in lines if orjson.loads(line)["article"]["id"] == article]
    seen = set()

    @contextmanager
    def watched():
        with desk.transaction() as session:
            yield session
        seen.add((n_stored(desk, Article), n_stored(desk, Annotation)))

    bring(desk, b"\n".join(one), open_session=watched)

    assert seen == {(0, 0), (1, 5)}


def test_a_small_labelled_file_is_in_whole_or_not_at_all(desk, data, monkeypatch):
    monkeypatch.setattr(import_parts, "ENTRIES_A_TRANSACTION", 1_000)
    for number in (1, 2):  # it looks what is there, then stores all
        _, ended = bring(desk, data, open_session=failing_at(desk, number))
        assert isinstance(ended, FullError)
        assert (n_stored(desk, Article), n_stored(desk, Annotation)) == (0, 0)


def test_labels_are_never_thrown_away_by_undoing_what_was_stored_in_parts(desk, data):
    bring(desk, data)
    with (
        pytest.raises(TakenError, match="10 of its sentences are labelled"),
        desk.transaction() as s,
    ):
        import_undoing.undo(s, actor=OPERATOR, slug=desk.project.slug, number=1, now=NOON)

    assert again(desk) == data


def test_what_holds_articles_alone_is_undone_as_a_whole(desk, data):
    bare = [orjson.loads(line) | {"annotations": []} for line in data.splitlines()]
    bring(desk, written(bare))
    assert n_stored(desk, Article) == 5
    with desk.transaction() as session:
        import_undoing.undo(session, actor=OPERATOR, slug=desk.project.slug, number=1, now=NOON)

    assert n_stored(desk, Article) == 0
    assert desk.faults() == []


def test_a_version_that_cannot_be_leaves_nothing_of_a_large_file(desk, data):
    data = data.replace(b'"label_set":1', b'"label_set":999')
    (report,), _ = bring(desk, data)

    assert "version 999 of the label set" in report.reason
    assert (report.outcome, n_stored(desk, Article)) == (Outcome.REFUSED, 0)


TASKS = [
    {"text": f"Crane {number} stands.", "accept": ["claim"], "_session_id": f"set-{who}"}
    | {"answer": "accept"}
    for number in range(12)
    for who in "ab"
]
PRODIGY = written(TASKS)


def test_texts_of_other_tools_come_in_parts_to_the_sentences_that_are_here(desk):
    desk.bring("Crane 3 stands.\nIt rained.\n", "Crane 4 stands.\n")
    (report,), _ = bring(desk, PRODIGY, name="tasks.jsonl")

    assert (report.outcome, report.n_articles) == (Outcome.ADDED, 10)
    assert report.reason.startswith(
        "24 answers; texts in no article here, each now one of its own: 10"
    )
    given = {}
    for line in again(desk).splitlines():
        record = orjson.loads(line)
        given[record["text"]] = len(record["annotations"])
    assert given.pop("It rained.") == 0
    assert set(given.values()) == {2}
    assert len(given) == 12
    assert desk.faults() == []


def test_labels_on_what_is_here_are_no_refused_file(desk):
    desk.bring("\n".join(f"Crane {number} stands." for number in range(12)))
    (report,), _ = bring(desk, PRODIGY, name="tasks.jsonl")
    (again,), _ = bring(desk, PRODIGY, name="tasks.jsonl")

    assert (report.outcome, report.has_failed, report.reason) == (
        Outcome.ALREADY_THERE,
        False,
        "24 answers",
    )
    assert (again.outcome, again.reason) == (Outcome.ALREADY_THERE, "0 answers")


def test_a_sentence_that_goes_while_a_file_is_stored_costs_no_label(desk):
    desk.bring("\n".join(f"Crane {number} stands." for number in range(12)))
    turns = iter(range(4))

    @contextmanager
    def until_undone():
        if next(turns, 0) == 2:  # the file has been looked for in what was here
            with desk.transaction() as session:
                import_undoing.undo(
                    session, actor=OPERATOR, slug=desk.project.slug, number=1, now=NOON
                )
        with desk.transaction() as session:
            yield session

    (report,), _ = bring(desk, PRODIGY, name="tasks.jsonl", open_session=until_undone)

    assert (report.n_articles, report.reason.split(";")[0]) == (12, "24 answers")
    assert desk.faults() == []


def test_whoever_had_done_all_that_was_there_is_given_what_comes_after(desk, data):
    """The articles of an import stand in an order of their own, not in that of their coming."""
    seen = []

    @contextmanager
    def labelled_between():
        with desk.transaction() as session:
            yield session
        items = desk.window(want=50).items
        seen.extend(item["id"] for item in items)
        desk.send(*[op(item["id"], labels=C) for item in items])

    bring(desk, data, open_session=labelled_between)

    assert len(seen) == len(set(seen)) == 20
    assert desk.faults() == []


def test_where_sentences_are_given_out_those_without_labels_are_given_out_too(desk, data):
    with desk.transaction() as session:
        queue_settings.change(
            session,
            actor=OPERATOR,
            slug=desk.project.slug,
            settings=QueueSettings(overlap=1),
            now=NOON,
        )
    bare = [orjson.loads(line) | {"annotations": []} for line in data.splitlines()[:4]]
    bring(desk, written(bare))

    assert len(desk.window(want=10).items) == 4
    assert desk.faults() == []


def test_nobody_gets_an_account_for_a_text_that_cannot_be_placed(desk, data):
    [record, *_] = [orjson.loads(line) for line in data.splitlines()]
    desk_accounts = n_stored(desk, Account)
    wrong = record | {"start": 1, "end": len(record["text"]), "text": record["text"][1:]}
    bring(desk, data)
    n = n_stored(desk, Account)
    more = [wrong | {"annotations": [one | {"annotator": "A99"}]} for one in record["annotations"]]
    bring(desk, written(more * 9))

    assert n > desk_accounts
    assert n_stored(desk, Account) == n
    assert desk.faults() == []
