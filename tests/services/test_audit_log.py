"""The audit log is read by those who may, searched, and written out whole."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import orjson
import pytest
from conftest import NOON

from db.models import Account
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import accounts, audit, audit_log, project_acts, projects
from workbench.services.audit_log import Asked
from workbench.services.permissions import OPERATOR, Actor, Role


@pytest.fixture
def quay(session, make):
    """Two projects with an act each, and a person added to one of them."""
    project = make.project(slug="quay")
    make.project(slug="mill")
    accounts.add(
        session, actor=OPERATOR, name="Ada", role="reviewer", project_slug="quay", now=NOON
    )
    project_acts.archive(session, actor=OPERATOR, slug="mill", now=NOON + timedelta(days=1))
    return project


@pytest.fixture
def manager(make, quay):
    return make.actor(quay, role=Role.MANAGER)


def acts(session, who=OPERATOR, **asked):
    found = audit_log.page(session, actor=who, asked=Asked(**asked))
    assert found.total == len(found.rows)
    return [row.act for row in found.rows]


def test_an_admin_reads_everything_the_newest_first(session, quay):
    assert acts(session) == ["archive_project", "add_account"]


def test_a_manager_reads_what_concerns_their_project(session, manager):
    assert acts(session, manager) == ["add_account"]
    assert acts(session, manager, project="quay") == ["add_account"]
    with pytest.raises(NotFoundError):
        acts(session, manager, project="mill")


@pytest.mark.parametrize(
    ("object_type", "object_id", "details"),
    [
        ("snapshot", "quay/1", {}),
        ("import_batch", "quay/7", {"articles": 2}),
        ("article", "0123456789abcdef", {"project": "quay"}),
    ],
)
def test_a_manager_reads_what_was_done_to_anything_of_their_project(
    session, manager, object_type, object_id, details
):
    what = {"object_type": object_type, "object_id": object_id, "now": NOON}
    audit.record(session, actor=OPERATOR, act="touch", **what, **details)
    what["object_id"] = object_id.replace("quay", "mill")
    others = {**details, "project": "mill"} if "project" in details else details
    audit.record(session, actor=OPERATOR, act="touch_another", **what, **others)

    assert acts(session, manager) == ["touch", "add_account"]


def test_who_manages_several_projects_reads_them_in_one_order(session, make, manager):
    bay = make.project(slug="bay")
    make.membership(bay, session.get_one(Account, manager.account_id), role="manager")
    who = replace(manager, roles={**manager.roles, bay.id: Role.MANAGER})
    for slug in ("bay", "quay", "mill", "bay"):
        given = {"object_type": "project", "object_id": slug, "now": NOON}
        audit.record(session, actor=OPERATOR, act=f"touch_{slug}", **given)

    assert acts(session, who) == ["touch_bay", "touch_quay", "touch_bay", "add_account"]
    told = [line.act for line in audit_log.every(session, actor=who, asked=Asked())]
    assert told == ["add_account", "touch_bay", "touch_quay", "touch_bay"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_others_read_nothing(session, make, quay, role):
    for who in (make.actor(quay, role=role), Actor(0, "x", "Nobody")):
        with pytest.raises(NotAllowedError):
            audit_log.page(session, actor=who, asked=Asked())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"act": "add_account"}, ["add_account"]),
        ({"act": "add"}, []),
        ({"about": "ADA"}, ["add_account"]),
        ({"about": "mill"}, ["archive_project"]),
        ({"actor": "oper"}, ["archive_project", "add_account"]),
        ({"actor": "%"}, []),
        ({"since": date(2026, 3, 4)}, ["archive_project"]),
        ({"until": date(2026, 3, 3)}, ["add_account"]),
        ({"since": date.min, "until": date.max}, ["archive_project", "add_account"]),
        ({"since": date(2026, 3, 5)}, []),
    ],
)
def test_search_and_filters_narrow_it(session, quay, asked, found):
    assert acts(session, **asked) == found


def test_a_page_holds_a_hundred_and_names_what_was_done_at_all(session, quay, make):
    for n in range(120):
        audit.record(
            session,
            actor=OPERATOR,
            act="test",
            object_type="project",
            object_id=f"p{n}",
            now=NOON,
        )
    second = audit_log.page(session, actor=OPERATOR, asked=Asked(), number=2)
    assert (len(second.rows), second.total) == (22, 122)
    assert second.acts == ("add_account", "archive_project", "test")


def test_where_a_request_came_from_is_for_admins(session, make, quay, manager):
    admin = make.actor(role=Role.ADMIN)
    act = {"act": "test", "object_type": "project", "object_id": "quay", "now": NOON}
    audit.record(session, actor=Actor(None, "", "x", address="10.1.2.3"), **act)
    seen = [
        audit_log.page(session, actor=who, asked=Asked(act="test")).rows[0].address
        for who in (admin, manager)
    ]
    assert seen == ["10.1.2.3", ""]


def written(session, fmt, actor=OPERATOR):
    return b"".join(audit_log.stream(session, actor=actor, fmt=fmt, asked=Asked()))


def test_it_is_written_out_the_oldest_first_a_line_a_row(session, quay):
    first, last = map(orjson.loads, written(session, "jsonl").splitlines())
    assert (first["act"], first["object"], first["at"]) == (
        "add_account",
        "Ada",
        "2026-03-03T12:00:00.000Z",
    )
    assert first["details"] == {"role": "reviewer", "project": "quay"}
    assert last["id"] > first["id"]


def test_a_table_for_spreadsheets_runs_no_formula(session, make, quay):
    projects.create(session, actor=OPERATOR, slug="x", name="x", now=NOON)
    audit.record(
        session,
        actor=OPERATOR,
        act="test",
        object_type="project",
        object_id='=1+1"',
        now=NOON,
    )
    rows = list(csv.DictReader(io.StringIO(written(session, "csv").decode())))
    assert [row["act"] for row in rows][-2:] == ["create_project", "test"]
    assert rows[-1]["object_id"] == "'=1+1\""


def test_a_manager_gets_no_more_by_writing_it_out(session, manager):
    assert len(written(session, "jsonl", manager).splitlines()) == 1


def test_more_rows_than_are_read_at_once_all_come_once(session, quay, monkeypatch):
    monkeypatch.setattr("db.queries.audit_log.ROWS_AT_A_TIME", 1)
    assert len(written(session, "jsonl").splitlines()) == 2


@pytest.mark.parametrize("written", ["3 March", "2026-13-01", "x"])
def test_a_day_that_is_none_is_refused(written):
    with pytest.raises(InputError, match="not a day"):
        audit_log.day(written)


def test_there_is_no_other_format(session, quay):
    with pytest.raises(NotFoundError):
        written(session, "xlsx")
