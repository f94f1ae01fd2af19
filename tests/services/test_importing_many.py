"""Files that hold several articles: each record with its own words."""

from contextlib import contextmanager

import pytest
from conftest import NOON
from sqlmodel import col, select

from db.engine import reading, transaction
from db.models import Article
from workbench.services import import_parts, importing
from workbench.services.importing import Outcome, Source
from workbench.services.permissions import OPERATOR

TABLE = (
    b"text,title,outlet,published\n"
    b"The quay opened on Monday. It held.,Quay opens,Harbour Post,2026-03-02\n"
    b",Nothing in it,Harbour Post,2026-03-02\n"
    b"The quay shut again.,,,\n"
)
LINES = b'{"text": "The quay opened."}\n{"text": "It shut again."}\n{"text": "It reopened."}\n'


@pytest.fixture
def bring_in(own_engines):
    """Import one file as the operator; its report."""

    @contextmanager
    def open_session():
        with transaction(own_engines) as session:
            yield session

    def run(name, data):
        (report,) = importing.import_sources(
            open_session,
            lambda _: NOON,
            actor=OPERATOR,
            project_slug=None,
            sources=[Source(name, lambda: data)],
        )
        return report

    return run


def stored(engines):
    with reading(engines) as session:
        columns = (Article.public_id, Article.title, Article.outlet, Article.published)
        return session.exec(select(*columns).order_by(col(Article.id))).all()


def test_the_good_records_come_in_and_the_bad_one_is_named(bring_in):
    report = bring_in("table.csv", TABLE)

    assert (report.outcome, report.n_articles, report.n_faults) == (Outcome.ADDED, 2, 1)
    assert str(report.faults[0]).startswith("line 3: ")
    assert report.has_failed


def test_what_a_table_says_of_an_article_is_kept(bring_in, own_engines):
    bring_in("table.csv", TABLE)

    first = stored(own_engines)[0]
    assert (first.title, first.outlet) == ("Quay opens", "Harbour Post")
    assert first.published == "2026-03-02"


def test_each_record_is_an_article_with_its_number(bring_in, own_engines):
    bring_in("lines.jsonl", LINES)

    ids = [article.public_id for article in stored(own_engines)]
    assert [public_id.rpartition("-")[2] for public_id in ids] == ["1", "2", "3"]


def test_the_same_file_again_adds_nothing(bring_in, own_engines):
    bring_in("lines.jsonl", LINES)
    again = bring_in("lines.jsonl", LINES)

    assert (again.outcome, again.n_already) == (Outcome.ALREADY_THERE, 3)
    assert len(stored(own_engines)) == 3


def test_a_large_file_comes_in_whole(bring_in, own_engines, monkeypatch):
    monkeypatch.setattr(import_parts, "CHARACTERS_IN_MEMORY", 20)
    report = bring_in("lines.jsonl", LINES)

    assert report.n_articles == len(stored(own_engines)) == 3
