"""Every route that gives something away, asked by every role and by whoever has no part."""

import re
from pathlib import Path

import orjson
import pytest
from factories import Make
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.engine import database_now, transaction
from db.models import Account
from workbench.routes import audit, export, imports, ops
from workbench.services import sessions
from workbench.services.permissions import Role

ROOT = Path(__file__).parents[2]
NOBODY, OUTSIDER = "nobody", "outsider"
EVERYBODY = (NOBODY, OUTSIDER, *map(str, Role))
LABELS, MANAGES = {*map(str, Role)}, {"manager", "admin"}
HEAD = {"x-workbench": "1", "content-type": "application/json"}

GETS = {
    "/export/quay/latest.jsonl": MANAGES,
    "/export/quay/latest.csv?labels=all": MANAGES,
    "/imports/quay/1.csv": MANAGES,  # there is none: a manager is told so
    "/audit/log.csv?project=quay": MANAGES,
    "/audit/log.jsonl?project=quay": MANAGES,
    "/audit/log.jsonl": MANAGES | {OUTSIDER},  # who manages another project gets that one's part
}


def all_routes(engines, home):
    """Every route that the server has, but for those that let people in."""
    return [
        *audit.routes(engines),
        *export.routes(engines, home),
        *imports.routes(engines),
        *ops.routes(engines),
    ]


@pytest.fixture
def client(own_engines, tmp_path):
    with TestClient(Starlette(routes=all_routes(own_engines, tmp_path))) as client:
        yield client


@pytest.fixture
def who(own_engines, now):
    """What the gate says of each: their account, and their live session."""
    with transaction(own_engines) as session:
        make = Make(session, now)
        project, other = make.project(slug="quay"), make.project(slug="other")
        make.article(project, sentences=("The zanzibar quay opened.",))
        actors = {str(role): make.actor(project, role=role) for role in Role}
        actors[OUTSIDER] = make.actor(other, role=Role.MANAGER)
        at = database_now(session)
        found = {NOBODY: ("", "")}
        for name, actor in actors.items():
            account = session.get_one(Account, actor.account_id)
            signed_in = sessions.start(
                session, account=account, how="link", now=at, browser="", address=""
            )
            identity = f"{actor.public_id}:{signed_in.account.session_id}"
            found[name] = (actor.public_id, identity)
    return found


def headers(who, name):
    return {"X-Workbench-Uid": who[name][1]} if name != NOBODY else {}


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("path", GETS)
def test_what_is_downloaded_is_for_those_who_may(client, who, path, name):
    answer = client.get(path, headers=headers(who, name))

    if name in GETS[path]:
        assert answer.status_code == (404 if path.startswith("/imports") else 200)
        return
    assert answer.status_code in (401, 403, 404)
    assert list(answer.json()) == ["error"]
    assert "zanzibar" not in answer.text


@pytest.mark.parametrize("name", EVERYBODY)
def test_sentences_are_given_to_those_who_label(client, who, name):
    body = orjson.dumps({"project": "quay", "reviewer": who[name][0], "ops": [], "want": 5})
    answer = client.post("/api/ops", content=body, headers={**HEAD, **headers(who, name)})

    assert (answer.status_code == 200) == (name in LABELS)
    assert ("zanzibar" in answer.text) == (name in LABELS)


def test_every_route_is_in_the_table(own_engines, tmp_path):
    asked = {path.split("/")[1] for path in (*GETS, "/api/ops")}
    routes = all_routes(own_engines, tmp_path)
    assert {route.path.split("/")[1] for route in routes} == asked


def test_the_server_has_no_other_route_but_those_that_let_people_in():
    source = (ROOT / "workbench" / "server.py").read_text()
    told = set(re.findall(r"\*(\w+)\.routes\(", source))
    assert told == {"audit", "export", "imports", "ops", "sign_in", "health", "nowhere"}


@pytest.mark.parametrize(
    "path",
    [
        "/export/quay/{}.jsonl",
        "/export/quay/{}.hf",
        "/export/quay/{}.manifest",
        "/export/{}/latest.jsonl",
        "/imports/quay/{}.csv",
        "/imports/{}/1.csv",
        *(f"/audit/log.jsonl?{name}={{}}" for name in ("since", "until", "project", "actor")),
    ],
)
def test_what_nobody_means_in_an_address_is_answered_in_words(client, who, path):
    for value in (
        *("0", "-1", "2147483648", "99999999999", "9" * 30, "9" * 5000, "²", "٣"),
        *("0001-01-01", "9999-12-31", "2026-02-30", "%00", "%ff", "%ed%b3%bf"),
    ):
        answer = client.get(path.format(value), headers=headers(who, "admin"))

        assert answer.status_code in (200, 400, 404), value[:40]
        assert answer.status_code == 200 or orjson.loads(answer.content)["error"]
