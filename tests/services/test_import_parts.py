"""Large files: stored in parts that keep nobody waiting; what was stored stays and is told."""

from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from itertools import pairwise

import pytest
from conftest import NOON
from sqlalchemy import func
from sqlmodel import col, select

from db.engine import reading, transaction
from db.errors import FullError
from db.models import Article
from workbench.formats.readers import COMMAND
from workbench.services import import_parts, import_undoing, importing, imports, newcomers
from workbench.services.import_parts import FileRead, Pace, groups
from workbench.services.importing import Outcome, Source
from workbench.services.permissions import OPERATOR

LINES = b"".join(b'{"text": "The crane number %d was moved."}\n' % n for n in range(5))
BROKEN = b'[{"text": "The quay opened."}, {"text": "It shut again."}, {"text": "It'


class StoppedError(Exception):
    """The person pressed Stop."""


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    monkeypatch.setattr(import_parts, "ARTICLES_A_TRANSACTION", 2)
    monkeypatch.setattr(import_parts, "RECORDS_IN_MEMORY", 3)
    monkeypatch.setattr(importing, "PAUSE", 0)


@pytest.fixture
def bring_in(own_engines):
    """Import one file; its reports, and whatever ended the import."""

    def run(data, *, name="lines.jsonl", open_session=None, **more):
        @contextmanager
        def write():
            with transaction(own_engines) as session:
                yield session

        found, ended = [], None
        try:
            found += importing.import_sources(
                open_session or write,
                lambda _: NOON,
                actor=OPERATOR,
                project_slug=None,
                sources=[Source(name, lambda: data)],
                **more,
            )
        except (StoppedError, FullError) as error:
            ended = error
        return found, ended

    return run


def n_stored(engines):
    with reading(engines) as session:
        return session.exec(select(func.count()).select_from(Article)).one()


def the_report(engines, number=1):
    with reading(engines) as session:
        return imports.report(session, actor=OPERATOR, slug="default", number=number)


def test_no_transaction_stores_more_of_a_file_than_fits_into_one(own_engines, bring_in):
    there = [0]

    @contextmanager
    def counted():
        with transaction(own_engines) as session:
            yield session
        there.append(n_stored(own_engines))

    (report,), _ = bring_in(LINES, open_session=counted)

    assert (report.outcome, report.n_articles, there[-1]) == (Outcome.ADDED, 5, 5)
    assert {after - before for before, after in pairwise(there)} == {0, 1, 2}


def test_what_is_in_of_a_large_file_that_breaks_off_stays_and_is_told(
    own_engines, bring_in, monkeypatch
):
    monkeypatch.setattr(newcomers, "RECORDS_A_BLOCK", 1)
    (report,), ended = bring_in(LINES, limits=replace(COMMAND, records=4))

    assert (report.n_articles, report.has_failed, ended) == (n_stored(own_engines), True, None)
    assert report.reason.startswith("2 articles of it are in, the rest is not: The file has more")
    assert the_report(own_engines).lines[0].reason == report.reason


def test_a_file_that_fits_into_memory_and_breaks_off_leaves_nothing(own_engines, bring_in):
    (report,), _ = bring_in(BROKEN, name="articles.json")

    assert (report.outcome, n_stored(own_engines)) == (Outcome.REFUSED, 0)


def test_stopped_in_a_large_file_it_says_how_much_is_in_and_the_same_again_adds_the_rest(
    own_engines, bring_in
):
    read = iter(range(4))

    def stop():
        if next(read, None) is None:
            raise StoppedError

    (report,), ended = bring_in(LINES, on_record=stop)
    told = the_report(own_engines)

    assert isinstance(ended, StoppedError)
    assert report.broken_off.startswith("2 articles of it are in, the rest is not: It was stopped.")
    assert (told.line.sums.n_added, told.line.sums.stopped) == (2, "It was stopped.")
    (again,), _ = bring_in(LINES)
    assert (again.n_articles, again.n_already, again.broken_off) == (3, 2, "")
    assert n_stored(own_engines) == 5


def test_a_full_disk_in_a_large_file_leaves_whole_parts_and_says_so(own_engines, bring_in):
    @contextmanager
    def until_full():
        with transaction(own_engines) as session:
            yield session
            if session.exec(select(func.count()).select_from(Article)).one() > 2:
                session.rollback()
                message = "The disk is full."
                raise FullError(message)

    (report,), ended = bring_in(LINES, open_session=until_full)

    assert isinstance(ended, FullError)
    assert (report.n_articles, n_stored(own_engines)) == (2, 2)
    assert "The disk is full." in report.reason


def test_while_a_large_file_is_stored_its_report_says_what_is_in(own_engines, bring_in):
    seen = []

    @contextmanager
    def watched():
        with transaction(own_engines) as session:
            yield session
        with suppress(IndexError):
            seen.append(the_report(own_engines).lines[0])

    bring_in(LINES, open_session=watched)

    assert "2 articles of it are in, the rest is not: It has not ended." in seen[0].reason
    assert (seen[0].n_articles, seen[-1].n_articles, seen[-1].reason) == (2, 5, "")


def test_a_large_file_is_undone_as_a_whole(own_engines, bring_in):
    bring_in(LINES)
    with transaction(own_engines) as session:
        import_undoing.undo(session, actor=OPERATOR, slug="default", number=1, now=NOON)

    assert n_stored(own_engines) == 0


def test_whoever_stops_asking_after_a_report_keeps_what_was_reported(own_engines):
    @contextmanager
    def write():
        with transaction(own_engines) as session:
            yield session

    reports = importing.import_sources(
        write,
        lambda _: NOON,
        actor=OPERATOR,
        project_slug=None,
        sources=[Source(name, lambda: LINES) for name in ("a.jsonl", "b.jsonl")],
    )
    with closing(reports):
        assert next(reports).n_articles == 5
    with reading(own_engines) as session:
        assert set(session.exec(select(col(Article.source_name)))) == {"a.jsonl"}


def test_small_files_share_a_transaction_up_to_its_bounds():
    def file(n_new, size=1, **more):
        return FileRead(f"{n_new}", n_new=n_new, size=size, **more)

    found = groups([file(1), file(1), file(1), file(3), file(1), file(1, has_rest=True), file(0)])

    assert [[one.n_new for one in group] for group in found] == [[1, 1], [1], [3], [1], [1], [0]]


def test_one_article_is_never_in_parts():
    assert not FileRead("long", n_new=1, size=10**9).is_large


def test_where_writing_takes_long_less_is_written_at_once_and_more_again_later(monkeypatch):
    monkeypatch.setattr(import_parts, "ARTICLES_A_TRANSACTION", 200)
    pace, found = Pace(), []
    for seconds in (0.15, 0.5, 0.5, 0.15, *[9] * 9, *[0.01] * 9):
        pace.note(seconds)
        found.append(pace.articles)

    assert found == [200, 100, 50, 50, 25, *[12] * 8, 25, 50, 100, *[200] * 6]
