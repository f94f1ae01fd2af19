"""The first pass is blind: no byte of any answer comes from what another reviewer gave or said."""

import re
import uuid
from pathlib import Path

import orjson
import pytest
from blind import CANARY, NAME, WAYS, answer_them, give, queue
from factories import Make
from loop import TEXT, Desk
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.engine import database_now, reading
from db.models import Account, Project
from workbench.routes import audit, export, imports, ops
from workbench.services import leasing, queue_settings, sessions
from workbench.services.permissions import OPERATOR, Actor, Role
from workbench.services.queue_settings import QueueSettings

ROOT = Path(__file__).parents[2]
HEAD = {"x-workbench": "1", "content-type": "application/json"}
PATHS = (
    "/export/quay/latest.jsonl",
    "/export/quay/latest.csv?labels=all",
    "/export/quay/1.jsonl",
    "/imports/quay/1.csv",
    "/audit/log.csv?project=quay",
    "/audit/log.jsonl",
)
# Whatever else the server has lets people in, or says whether it is well.
TELLING = ("audit", "export", "imports", "ops")
LABELS_ONLY = (Role.REVIEWER, Role.ADJUDICATOR)


@pytest.fixture
def client(own_engines, tmp_path):
    routes = [
        *audit.routes(own_engines),
        *export.routes(own_engines, tmp_path),
        *imports.routes(own_engines),
        *ops.routes(own_engines),
    ]
    with TestClient(Starlette(routes=routes)) as client:
        yield client


class Team(Desk):
    """A project with somebody who looks on, another who decides, and a manager."""

    def __init__(self, engines, now, role, *, overlap=None):
        super().__init__(engines, now)
        if overlap:
            with self.transaction() as session:
                settings = QueueSettings(overlap=overlap)
                queue_settings.change(
                    session, actor=OPERATOR, slug=self.project.slug, settings=settings, now=now
                )
            with reading(engines) as session:
                self.project = session.get_one(Project, self.project.id)
        self.who, self.manager = self.actor(role), self.actor(Role.MANAGER)
        with self.transaction() as session:
            account = Make(session, now).account(f"{NAME} {uuid.uuid4().hex[:4]}")
            Make(session, now).membership(self.project, account)
            roles = {self.project.id: Role.REVIEWER}
            self.other = Actor(account.id, account.public_id, account.name, roles=roles)
            who = session.get_one(Account, self.who.account_id)
            signed_in = sessions.start(
                session, account=who, how="link", now=database_now(session), browser="", address=""
            )
        uid = f"{self.who.public_id}:{signed_in.account.session_id}"
        self.headers = {**HEAD, "X-Workbench-Uid": uid}

    def asked(self, client, **more):
        """What `POST /api/ops` answers to who looks on, without the number of the newest act."""
        body = {"project": self.project.slug, "reviewer": self.who.public_id, "ops": []}
        answer = client.post(
            "/api/ops", content=orjson.dumps(body | more), headers=self.headers
        ).json()
        return answer | {"cursor": answer["cursor"].partition("-")[0]}

    def everything(self, client):
        """Every answer there is for who looks on."""
        windows = [{"want": 80}, {"want": 3}, {"want": 80, "after": "0-0"}, {"want": 0}]
        found = {f"ops {n}": self.asked(client, **more) for n, more in enumerate(windows)}
        for path in PATHS:
            answer = client.get(path.replace("quay", self.project.slug), headers=self.headers)
            found[path] = (answer.status_code, answer.text)
        return found

    def other_decides(self, *, n=100, shift=0):
        with self.transaction() as session:
            project = session.get_one(Project, self.project.id)
            now = database_now(session)
            leasing.hold(session, actor=self.other, project=project, now=now)
            names = queue(session, actor=self.other, project=project)
            assert names
            give(session, actor=self.other, project=project, sentences=names[:n], shift=shift)
            answer_them(session, manager=self.manager, project=project)


def test_every_route_that_tells_of_a_project_is_asked():
    source = (ROOT / "workbench" / "server.py").read_text()
    told = set(re.findall(r"\*(\w+)\.routes\(", source))
    assert set(TELLING) <= told
    assert told - set(TELLING) <= {"health", "nowhere", "oidc", "sign_in", "taking"}


@pytest.mark.parametrize("role", LABELS_ONLY)
def test_what_another_gives_and_says_moves_no_answer(client, own_engines, now, role):
    team = Team(own_engines, now, role)
    team.bring(TEXT, "Six was.\nSeven were.\nEight are here.\n")
    before = team.everything(client)
    team.other_decides()
    after = team.everything(client)

    assert [asked for asked in after if after[asked] != before[asked]] == []
    assert CANARY not in repr(after).lower()


def test_the_answer_to_a_decision_is_the_same_whatever_another_gave(client, own_engines, now):
    answers = []
    for decides in (False, True):
        team = Team(own_engines, now, Role.REVIEWER)
        first, *_ = team.bring(TEXT)
        if decides:
            team.other_decides()
        op = {"op_id": str(uuid.uuid4()), "sentence": first, "act": "label", "labels": ["claim"]}
        answers.append(team.asked(client, ops=[op])["acks"][0] | {"op_id": ""})

    assert answers[0] == answers[1]


def without_sources(answer):
    """A window without the names of files, which differ from project to project."""
    for article in answer["articles"].values():
        article["source"] = ""
    return answer


def test_where_sentences_are_shared_out_one_learns_that_another_was_there_and_no_more(
    client, own_engines, now
):
    told = []
    for shift in range(len(WAYS)):  # labelled, skipped, commented, flagged, none of the labels
        team = Team(own_engines, now, Role.REVIEWER, overlap=2)
        team.bring(TEXT)
        team.other_decides(n=1, shift=shift)
        told.append(without_sources(team.asked(client, want=80)))

    assert told == told[:1] * len(WAYS)
    assert CANARY not in repr(told).lower()
    assert told[0]["window"][0]["why"] == "Needs a second reviewer"
