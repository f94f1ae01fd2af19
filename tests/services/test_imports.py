"""Every import is remembered: who, when, and what became of each file and each bad record."""

import pytest
from loop import Desk
from sqlmodel import select

from db.engine import reading
from db.models import ImportBatch
from workbench.errors import NotAllowedError, NotFoundError
from workbench.services import import_logs, importing, imports
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Actor, Role

NOBODY = Actor(account_id=None, public_id="", name="nobody")
GOOD = b"The quay opened on Monday. Two ferries came in."
TABLE = b"text,title\nIt rained.,One\n,Two\nIt snowed.,Three\n" + b"a,b,c,d\n" * 3


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


@pytest.fixture
def bring_in(desk):
    """Import named bytes; the reports."""

    def run(*files, actor=OPERATOR):
        sources = [Source(name, lambda data=data: data) for name, data in files]
        given = {"actor": actor, "project_slug": desk.project.slug, "sources": sources}
        return list(importing.import_sources(desk.transaction, lambda _: desk.now, **given))

    return run


def listed(desk, search="", page=1, actor=OPERATOR):
    with reading(desk.engines) as session:
        given = {"actor": actor, "slug": desk.project.slug}
        return imports.listing(session, search=search, page=page, **given)


def reported(desk, number, actor=OPERATOR):
    with reading(desk.engines) as session:
        return imports.report(session, actor=actor, slug=desk.project.slug, number=number)


def test_an_import_is_listed_with_who_and_when_and_its_sums(desk, bring_in):
    manager = desk.actor(Role.MANAGER)
    bring_in(("a.txt", GOOD), ("b.txt", b""), ("c.csv", TABLE), ("a2.txt", GOOD), actor=manager)
    (line,) = listed(desk).rows
    assert (line.number, line.by, line.n_articles) == (1, manager.name, 3)
    assert (line.started_at, line.finished_at, line.undone_at) == (desk.now, desk.now, None)
    assert line.sums == import_logs.Sums(
        n_files=4, n_asked=4, n_added=3, n_already=1, n_refused=1, n_faults=4, n_queued=4
    )


def test_every_file_and_every_bad_record_has_a_line_with_place_and_reason(desk, bring_in):
    bring_in(("a.txt", GOOD), ("b.txt", b""), ("c.csv", TABLE))
    lines = reported(desk, 1).lines
    assert [(line.file, line.outcome, line.place) for line in lines] == [
        ("a.txt", "added", ""),
        ("b.txt", "refused", ""),
        ("c.csv", "added", ""),
        ("c.csv", "refused", "line 3"),
        ("c.csv", "refused", "line 5"),
        ("c.csv", "refused", "line 6"),
        ("c.csv", "refused", "line 7"),
    ]
    assert all(line.reason for line in lines if line.outcome == "refused")
    assert lines[0].article
    assert lines[2].n_articles == 2


def test_the_only_record_of_a_file_that_is_refused_is_one_line(desk, bring_in):
    bring_in(("c.csv", b"text,title\n,Two\n"))
    (line,) = reported(desk, 1).lines
    assert (line.file, line.outcome, line.place) == ("c.csv", "refused", "line 2")
    assert "empty" in line.reason


@pytest.mark.parametrize("search", ["Über", "über", "ÜBER", "łódź"])
def test_a_file_is_found_however_the_letters_of_its_name_are_written(desk, bring_in, search):
    bring_in(("Über ŁÓDŹ.txt", GOOD))
    assert listed(desk, search).total == 1
    assert listed(desk, f"{search}z").total == 0


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("", [3, 2, 1]),
        ("QUAY", [2, 1]),
        ("été", [2]),
        ("quay été", [2]),
        ("operator", [3, 2]),
        ("ada", [1]),
        ("100%", [3]),
        ("%", [3]),
        ('"', []),
        ("zebra", []),
    ],
)
def test_imports_are_found_by_file_and_by_who(desk, bring_in, search, numbers):
    with desk.transaction() as session:
        from factories import Make

        make = Make(session, desk.now)
        ada = make.account(name="Ada Lin", is_admin=True)
    actor = Actor(account_id=ada.id, public_id=ada.public_id, name=ada.name, is_admin=True)
    bring_in(("quay.txt", GOOD), actor=actor)
    bring_in(("quay-été.txt", b"It rained."))
    bring_in(("100%.txt", b"It snowed."))
    found = listed(desk, search)
    assert [line.number for line in found.rows] == numbers
    assert found.total == len(numbers)


def test_imports_come_in_pages(desk, bring_in):
    for number in range(imports.PER_PAGE + 2):
        bring_in((f"{number}.txt", f"It rained {number}.".encode()))
    assert len(listed(desk).rows) == imports.PER_PAGE
    assert [line.number for line in listed(desk, page=2).rows] == [2, 1]
    assert listed(desk, page=9).rows == ()


def test_imports_of_another_project_are_not_listed(desk, bring_in, own_engines, now):
    bring_in(("a.txt", GOOD))
    other = Desk(own_engines, now)
    assert listed(other).rows == ()
    with pytest.raises(NotFoundError):
        reported(other, 1)


@pytest.mark.parametrize(
    ("role", "error"),
    [(Role.REVIEWER, NotAllowedError), (Role.ADJUDICATOR, NotAllowedError), (None, NotFoundError)],
)
def test_only_who_imports_sees_imports(desk, bring_in, role, error):
    bring_in(("a.txt", GOOD))
    who = NOBODY if role is None else desk.actor(role)
    with pytest.raises(error):
        listed(desk, actor=who)
    with pytest.raises(error):
        reported(desk, 1, actor=who)


def test_an_import_that_was_stopped_says_so_and_keeps_its_report(desk):
    sources = [Source(f"{n}.txt", f"It rained {n}.".encode) for n in range(50)]
    reports = importing.import_sources(
        desk.transaction,
        lambda _: desk.now,
        actor=OPERATOR,
        project_slug=desk.project.slug,
        sources=sources,
    )
    next(reports)
    reports.close()
    found = reported(desk, 1)
    assert found.line.sums.stopped == import_logs.STOPPED
    assert (found.line.sums.n_asked, found.line.n_articles) == (50, 20)
    assert len(found.lines) == 20


def test_the_report_of_a_long_import_is_stored_while_it_runs(desk):
    n_seen = []

    def files():
        for n in range(300):
            if n % 50 == 0:
                with reading(desk.engines) as session:
                    stored = session.exec(select(ImportBatch.report)).one()
                    n_seen.append(len(stored))
            yield Source(f"{n}.txt", f"It rained {n}.".encode)

    given = {"actor": OPERATOR, "project_slug": desk.project.slug, "sources": files()}
    list(importing.import_sources(desk.transaction, lambda _: desk.now, **given))
    assert n_seen[0] == 1  # the sums, before the first file
    assert 100 < n_seen[-1] < 300
    assert len(set(n_seen)) <= 4
    assert len(reported(desk, 1).lines) == 300


def test_every_report_names_its_import(bring_in):
    assert {report.batch for report in bring_in(("a.txt", GOOD), ("b.txt", b""))} == {1}
    assert {report.batch for report in bring_in(("c.txt", b"It rained."))} == {2}
