"""GET /imports: the report of an import as a file, for those who import."""

import csv
import io

import orjson
import pytest
from factories import Make
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.engine import database_now, transaction
from db.models import Account
from workbench.routes import imports
from workbench.services import importing, sessions
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Role

FILES = {
    "quay.txt": b"The quay opened on Monday.",
    "=2+2.txt": b"",
    'été "x".csv': b"text,title\nIt rained.,One\na,b,c\n",
}


@pytest.fixture
def project(own_engines, now):
    with transaction(own_engines) as session:
        project = Make(session, now).project()
    sources = [Source(name, lambda data=data: data) for name, data in FILES.items()]
    list(
        importing.import_sources(
            lambda: transaction(own_engines),
            lambda _: now,
            actor=OPERATOR,
            project_slug=project.slug,
            sources=sources,
        )
    )
    return project


@pytest.fixture
def client(own_engines):
    with TestClient(Starlette(routes=imports.routes(own_engines))) as client:
        yield client


@pytest.fixture
def signed_in(own_engines, project, now):
    """What the gate says of somebody of a role."""

    def run(role):
        with transaction(own_engines) as session:
            actor = Make(session, now).actor(project, role=role)
            account = session.get_one(Account, actor.account_id)
            found = sessions.start(
                session,
                account=account,
                how="link",
                now=database_now(session),
                browser="",
                address="",
            )
            return {"X-Workbench-Uid": f"{actor.public_id}:{found.account.session_id}"}

    return run


def test_a_report_comes_as_jsonl_exactly(client, project, signed_in):
    answer = client.get(f"/imports/{project.slug}/1.jsonl", headers=signed_in(Role.MANAGER))
    rows = [orjson.loads(line) for line in answer.content.splitlines()]
    assert [(row["file"], row["outcome"], row["place"]) for row in rows] == [
        ("quay.txt", "added", ""),
        ("=2+2.txt", "refused", ""),
        ('été "x".csv', "added", ""),
        ('été "x".csv', "refused", "line 3"),
    ]
    assert answer.headers["cache-control"] == "no-store"
    name = f"{project.slug}-import-1.jsonl"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_a_report_for_a_spreadsheet_holds_no_formula(client, project, signed_in):
    answer = client.get(f"/imports/{project.slug}/1.csv", headers=signed_in(Role.ADMIN))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["file"] for row in rows] == ["quay.txt", "'=2+2.txt", *['été "x".csv'] * 2]
    assert rows[0]["n_articles"] == "1"


def test_the_head_of_a_report_is_answered_without_it(client, project, signed_in):
    answer = client.head(f"/imports/{project.slug}/1.csv", headers=signed_in(Role.MANAGER))
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("role", "status"), [(Role.REVIEWER, 403), (Role.ADJUDICATOR, 403), (None, 401)]
)
def test_a_report_is_for_those_who_import(client, project, signed_in, role, status):
    headers = signed_in(role) if role else {}
    answer = client.get(f"/imports/{project.slug}/1.csv", headers=headers)
    assert answer.status_code == status
    assert b"quay" not in answer.content


@pytest.mark.parametrize(
    "path",
    ["1.xlsx", "1", "7.csv", "0.csv", "-1.csv", "x.csv", "1.csv.csv", f"{'9' * 30}.csv", "²​.csv"],
)
def test_a_report_that_is_not_there_is_not_found(client, project, signed_in, path):
    answer = client.get(f"/imports/{project.slug}/{path}", headers=signed_in(Role.MANAGER))
    assert answer.status_code == 404


def test_a_report_of_another_project_does_not_exist(client, own_engines, now, signed_in):
    with transaction(own_engines) as session:
        other = Make(session, now).project()
    answer = client.get(f"/imports/{other.slug}/1.csv", headers=signed_in(Role.MANAGER))
    assert answer.status_code == 404
