from contextlib import contextmanager
from itertools import pairwise

import pytest
from conftest import NOON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func
from sqlmodel import col, select

from db.engine import reading, transaction
from db.models import Article, ArticleSource, AuditEvent, Project, Sentence
from workbench import samples
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import importing
from workbench.services.importing import Outcome, Source
from workbench.services.permissions import OPERATOR, Actor, Role
from workbench.text import segmenting

NOBODY = Actor(account_id=None, public_id="", name="nobody")
HARD = (
    "Quay \U0001f6a2 reopens\n\nBy Ada Lin\n\nThe quay \ufffd opened on Monday. "
    "\U0001f469\u200d\U0001f692 Two crews came\u2028in. “It held,” she said.\r\n\r\n"
    "\u202bמים\u202c rose by 1.4 m.\n"
)


@pytest.fixture
def project(make):
    return make.project()


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


@pytest.fixture
def bring_in(session, project, manager):
    """Import named bytes in the test's own session; the reports."""

    @contextmanager
    def open_session():
        yield session

    def run(*files, actor=manager, slug=project.slug):
        sources = [Source(name, lambda data=data: data) for name, data in files]
        return list(
            importing.import_sources(
                open_session, lambda _: NOON, actor=actor, project_slug=slug, sources=sources
            )
        )

    return run


def stored(session, public_id):
    article = session.exec(select(Article).where(col(Article.public_id) == public_id)).one()
    rows = select(Sentence).where(col(Sentence.article_id) == article.id)
    return article, session.exec(rows.order_by(col(Sentence.position))).all()


def covers(text, spans):
    """Whether every non-space character lies in exactly one span, and no span is empty."""
    apart = all(a.end <= b.start for a, b in pairwise(spans))
    inside = "".join(text[span.start : span.end] for span in spans)
    return apart and "".join(inside.split()) == "".join(text.split())


@given(st.text(min_size=1))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_every_character_is_in_exactly_one_segment_of_any_text(text):
    try:
        prepared = importing.prepare("any.txt", text.encode("utf-8", "replace"))
    except InputError:
        return
    assert covers(prepared.text, prepared.segments)


@given(st.binary())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_bytes_are_prepared_or_refused_in_one_line(data):
    reason = ""
    try:
        prepared = importing.prepare("any.txt", data)
    except InputError as error:
        reason = str(error)
    assert reason.splitlines() == [reason] if reason else covers(prepared.text, prepared.segments)


@pytest.mark.parametrize("path", samples.paths(), ids=lambda path: path.stem)
def test_stored_spans_are_exact_in_every_sample(session, bring_in, path):
    (report,) = bring_in((path.name, path.read_bytes()))
    article, rows = stored(session, report.article)
    assert covers(article.text, rows)
    assert report.n_segments == article.n_segments == len(rows)
    assert report.n_queued == article.n_queued == sum(row.is_queued for row in rows)


def test_spans_count_code_points(session, bring_in):
    (report,) = bring_in(("hard.txt", HARD.encode()))
    article, rows = stored(session, report.article)
    texts = [article.text[row.start : row.end] for row in rows]
    assert texts[0] == "Quay \U0001f6a2 reopens"
    assert covers(article.text, rows)
    assert "\ufffd" in article.text


def test_the_bytes_are_kept_as_they_came(session, bring_in):
    data = "Caf\xe9 reopens.\r\nThe quay, too.".encode("cp1252")
    (report,) = bring_in(("old.txt", data))
    article, _ = stored(session, report.article)
    assert session.get_one(ArticleSource, article.id).raw == data


def test_the_same_bytes_are_the_same_article(session, bring_in):
    first, again, other_name = bring_in(
        ("a.txt", b"The quay opened."),
        ("a.txt", b"The quay opened."),
        ("b.txt", b"The quay opened."),
    )
    (later,) = bring_in(("a.txt", b"The quay opened."))
    assert first.outcome is Outcome.ADDED
    assert {again.outcome, other_name.outcome, later.outcome} == {Outcome.ALREADY_THERE}
    assert {r.article for r in (first, again, other_name, later)} == {first.article}
    assert session.exec(select(func.count()).select_from(Article)).one() == 1


def test_of_what_is_there_already_it_is_said_which_file_it_is_the_same_as(bring_in):
    _, other_name = bring_in(("a.txt", b"The quay opened."), ("b.txt", b"The quay opened."))
    (later,) = bring_in(("c.txt", b"The quay opened."))
    assert other_name.reason == later.reason == "the same bytes as a.txt"
    line = b'{"text": "The %s crane was moved from the quay at noon."}\n'
    bring_in(("a.jsonl", line % b"red" + line % b"blue"))
    (all_of_it,) = bring_in(("b.jsonl", line % b"red" + line % b"blue"))
    assert all_of_it.reason == "the same bytes as a.jsonl"
    (some,) = bring_in(("c.jsonl", line % b"red" + line % b"green"))
    assert (some.n_already, some.n_articles, some.reason) == (1, 1, "")


def test_bytes_that_differ_in_one_place_are_two_articles(bring_in):
    one, other = bring_in(("a.txt", b"The quay opened."), ("b.txt", b"The quay opened!"))
    assert one.article != other.article


def test_one_bad_file_does_not_stop_the_others(session, bring_in):
    bad = [("empty.txt", b""), ("blank.txt", b" \n\t "), ("binary.txt", bytes(range(256)) * 20)]
    reports = bring_in(("a.txt", b"The quay opened."), *bad, ("z.txt", b"The quay closed."))
    assert [report.outcome.name for report in reports] == [
        "ADDED",
        "REFUSED",
        "REFUSED",
        "REFUSED",
        "ADDED",
    ]
    assert all(report.reason and "\n" not in report.reason for report in reports[1:4])


def test_a_file_that_cannot_be_read_is_named_with_its_reason(session, project, manager):
    @contextmanager
    def open_session():
        yield session

    def unreadable():
        raise PermissionError(13, "Permission denied")

    sources = [Source("locked.txt", unreadable), Source("a.txt", lambda: b"The quay opened.")]
    locked, fine = importing.import_sources(
        open_session, lambda _: NOON, actor=manager, project_slug=project.slug, sources=sources
    )
    assert locked.outcome is Outcome.REFUSED
    assert "Permission denied" in locked.reason
    assert fine.outcome is Outcome.ADDED


def test_the_project_counts_what_came_into_its_queue(session, project, bring_in):
    before = project.n_queued
    reports = bring_in(*((path.name, path.read_bytes()) for path in samples.paths()))
    session.expire_all()
    counted = session.exec(
        select(func.count()).select_from(Sentence).where(col(Sentence.is_queued))
    ).one()
    after = session.get_one(Project, project.id).n_queued
    assert after == before + sum(report.n_queued for report in reports) == counted


def test_files_of_one_import_come_in_an_order_that_the_seed_decides(session, make):
    def order(seed):
        project = make.project(settings={"seed": seed})
        batch = importing.begin_batch(session, project=project)
        for path in samples.paths():
            importing.store(
                session,
                actor=OPERATOR,
                project=project,
                prepared=importing.prepare(path.name, path.read_bytes()),
                batch=batch,
                now=NOON,
            )
        names = select(Article.source_name).where(col(Article.project_id) == project.id)
        return session.exec(names.order_by(col(Article.queue_rank))).all()

    assert order(1) == order(1)
    assert order(1) != order(2)


def test_an_import_leaves_one_audit_row_an_article(session, manager, bring_in):
    (report,) = bring_in(("a.txt", b"The quay opened."))
    rows = select(AuditEvent).where(col(AuditEvent.object_id) == report.article)
    (event,) = session.exec(rows).all()
    assert (event.act, event.actor_id) == ("import_article", manager.account_id)
    assert "quay" not in str(event.details)


@pytest.mark.parametrize("role", Role)
def test_managers_and_admins_import_and_nobody_else(make, project, bring_in, role):
    actor = make.actor(project, role=role)
    if role in {Role.MANAGER, Role.ADMIN}:
        (report,) = bring_in(("a.txt", b"The quay opened."), actor=actor)
        assert report.outcome is Outcome.ADDED
        return
    with pytest.raises(NotAllowedError):
        bring_in(("a.txt", b"The quay opened."), actor=actor)


@pytest.mark.parametrize("who", ["nobody", "manager of another project"])
def test_a_project_that_is_not_ones_own_does_not_exist(make, bring_in, who):
    actor = NOBODY if who == "nobody" else make.actor(make.project(), role=Role.MANAGER)
    with pytest.raises(NotFoundError):
        bring_in(("a.txt", b"The quay opened."), actor=actor)


def test_what_was_reported_stays_when_one_stops_asking(own_engines):
    @contextmanager
    def open_session():
        with transaction(own_engines) as session:
            yield session

    data = ["The quay opened. " * 30_000 + str(n) for n in range(3)]  # one to a transaction
    reports = importing.import_sources(
        open_session,
        lambda _: NOON,
        actor=OPERATOR,
        project_slug=None,
        sources=[Source(f"{n}.txt", text.encode) for n, text in enumerate(data)],
    )
    first = next(reports)
    reports.close()
    with reading(own_engines) as session:
        assert session.exec(select(Article.public_id)).all() == [first.article]
        assert session.exec(select(Project.slug)).all() == ["default"]


def test_what_is_there_already_is_not_split_again(bring_in, monkeypatch):
    files = [("a.txt", b"The quay opened on Monday."), ("b.txt", b"It shut again on Friday.")]
    table = ("c.csv", b"text\nThe bridge is closed for now.\nThe road is open again today.\n")
    bring_in(*files, table)
    split = []
    whole = segmenting.segment
    monkeypatch.setattr(segmenting, "segment", lambda *args: split.append(args) or whole(*args))
    again = bring_in(*files, table, ("d.txt", b"The ferry sails at noon."))

    assert [one.outcome for one in again] == [Outcome.ALREADY_THERE] * 3 + [Outcome.ADDED]
    assert [one.n_already for one in again] == [1, 1, 2, 0]
    assert again[0].article
    assert len(split) == 1


def test_a_file_with_old_and_new_records_says_how_many_of_each(bring_in):
    line = b'{"text": "The %s crane was moved from the quay at noon."}\n'
    bring_in(("a.jsonl", line % b"red" + line % b"blue"))
    (report,) = bring_in(("a.jsonl", line % b"red" + line % b"green" + line % b"grey"))

    assert (report.outcome, report.n_articles, report.n_already) == (Outcome.ADDED, 2, 1)


def test_the_same_bytes_twice_in_one_import_are_one_article(bring_in):
    reports = bring_in(("a.txt", b"The quay opened."), ("b.txt", b"The quay opened."))

    assert [one.outcome for one in reports] == [Outcome.ADDED, Outcome.ALREADY_THERE]
