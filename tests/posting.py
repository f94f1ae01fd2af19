"""A reviewer's browser at POST /api/ops, past the gate."""

import uuid
from datetime import timedelta

import orjson
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.models import SignIn
from workbench.routes import ops

HEADERS = {"x-workbench": "1", "content-type": "application/json"}


class Browser:
    """One person's browser at the route, past the gate."""

    def __init__(self, desk, actor):
        self.desk, self.actor = desk, actor
        self.client = TestClient(Starlette(routes=ops.routes(desk.engines)))
        with desk.transaction() as session:
            signed_in = SignIn(
                token_hash=uuid.uuid4().hex,
                account_id=actor.account_id,
                created_at=desk.now,
                last_seen_at=desk.now + timedelta(days=10_000),
                expires_at=desk.now + timedelta(days=10_000),
            )
            session.add(signed_in)
            session.flush()
            self.identity = f"{actor.public_id}:{signed_in.id}"

    def post(self, *sent, headers=None, **given):
        body = {"project": self.desk.project.slug, "reviewer": self.actor.public_id}
        return self.raw(orjson.dumps(body | {"ops": sent} | given), headers)

    def raw(self, body, headers=None):
        given = HEADERS | {"x-workbench-uid": self.identity} | (headers or {})
        return self.client.post("/api/ops", content=body, headers=given)

    def statuses(self, *sent, **given):
        return [ack["status"] for ack in self.post(*sent, **given).json()["acks"]]


def op(sentence, base=0, **given):
    values = {"op_id": str(uuid.uuid4()), "sentence": sentence, "base_version": base}
    return values | {"act": "label", "labels": []} | given
