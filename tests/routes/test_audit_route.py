"""GET /audit: the log as a file, for those who may read it."""

import orjson
import pytest
from factories import Make
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.engine import database_now, transaction
from db.models import Account
from workbench.routes import audit
from workbench.services import accounts, sessions
from workbench.services.permissions import OPERATOR, Role


@pytest.fixture
def client(own_engines):
    with TestClient(Starlette(routes=audit.routes(own_engines))) as client:
        yield client


@pytest.fixture
def as_role(own_engines, now):
    """What the gate says of somebody of a role in the project `quay`, who has just signed in."""
    with transaction(own_engines) as session:
        project = Make(session, now).project(slug="quay")
        add = {"name": "Ada", "role": "reviewer", "project_slug": "quay", "now": now}
        accounts.add(session, actor=OPERATOR, **add)

    def signed_in(role):
        with transaction(own_engines) as session:
            actor = Make(session, now).actor(project, role=role)
            account = session.get_one(Account, actor.account_id)
            at = database_now(session)
            found = sessions.start(
                session, account=account, how="link", now=at, browser="", address=""
            )
            return {"X-Workbench-Uid": f"{actor.public_id}:{found.account.session_id}"}

    return signed_in


def test_an_admin_gets_all_of_it_as_a_file_that_nobody_keeps(client, as_role):
    answer = client.get("/audit/log.jsonl", headers=as_role(Role.ADMIN))

    assert answer.status_code == 200
    assert [orjson.loads(line)["act"] for line in answer.iter_lines()] == ["add_account", "sign_in"]
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-log.jsonl"'


def test_a_manager_gets_their_projects_part(client, as_role):
    answer = client.get("/audit/log.csv", headers=as_role(Role.MANAGER))

    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.count("\r\n") == 2
    assert "add_account" in answer.text


def test_what_is_asked_for_narrows_it(client, as_role):
    asked = {"act": "sign_in", "since": "2000-01-01", "project": ""}
    answer = client.get("/audit/log.jsonl", headers=as_role(Role.ADMIN), params=asked)

    assert len(answer.text.splitlines()) == 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_others_get_nothing(client, as_role, role):
    answer = client.get("/audit/log.jsonl", headers=as_role(role))

    assert answer.status_code == 403
    assert "Ada" not in answer.text


def test_nobody_gets_nothing(client, as_role):
    assert client.get("/audit/log.jsonl").status_code == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/audit/log.xlsx", 404),
        ("/audit/other.csv", 404),
        ("/audit/log", 404),
        ("/audit/log.csv?since=yesterday", 400),
        ("/audit/log.csv?project=strange", 404),
    ],
)
def test_what_is_not_there_is_said(client, as_role, path, status):
    answer = client.get(path, headers=as_role(Role.MANAGER))

    assert answer.status_code == status
    assert answer.json()["error"]


def test_asking_for_the_headers_alone_reads_no_log(client, as_role):
    answer = client.head("/audit/log.csv", headers=as_role(Role.ADMIN))

    assert (answer.status_code, answer.content) == (200, b"")
