"""Two people press at the same instant: one joins, the other is told."""

import pytest
from conftest import NOON
from loop import Desk

from db.engine import reading
from workbench.errors import WorkbenchError
from workbench.services import accounts
from workbench.services.permissions import OPERATOR

HERE = {"now": NOON, "browser": "", "address": ""}


@pytest.fixture
def desk(own_engines):
    return Desk(own_engines, NOON)


@pytest.fixture
def invite(desk):
    def make():
        with desk.transaction() as session:
            slugs = [desk.project.slug]
            return accounts.invite(
                session, actor=OPERATOR, role="reviewer", project_slugs=slugs, now=NOON
            )

    return make


def tried(desk, act, **given):
    """An act in a transaction of its own; what came of it in a word."""

    def acted():
        try:
            with desk.transaction() as session:
                act(session, **given)
        except WorkbenchError as error:
            return "used" if "used before" in str(error) else "told"
        return "done"

    return acted


def n_people(desk):
    with reading(desk.engines) as session:
        return len(accounts.people(session, actor=OPERATOR))


def test_an_invitation_opened_by_several_at_once_is_taken_by_one(desk, invite):
    before, token = n_people(desk), invite()
    acts = [tried(desk, accounts.join, token=token, name=f"Ada {n}", **HERE) for n in range(4)]
    assert sorted(desk.at_once(*acts)) == ["done", "used", "used", "used"]
    assert n_people(desk) == before + 1


def test_a_name_taken_by_several_at_once_is_given_once_and_uses_one_invitation(desk, invite):
    tokens = [invite() for _ in range(4)]
    acts = [tried(desk, accounts.join, token=each, name="Ada", **HERE) for each in tokens]
    assert sorted(desk.at_once(*acts)) == ["done", "told", "told", "told"]
    with reading(desk.engines) as session:
        left = accounts.invitations(session, actor=OPERATOR, now=NOON)
    assert len(left) == 3


def test_an_invitation_taken_and_taken_back_at_once_is_one_of_both(desk, invite):
    token = invite()
    with reading(desk.engines) as session:
        [waiting] = accounts.invitations(session, actor=OPERATOR, now=NOON)
    given = {"actor": OPERATOR, "invitation_id": waiting.id, "now": NOON}
    came = desk.at_once(
        tried(desk, accounts.join, token=token, name="Ada", **HERE),
        tried(desk, accounts.revoke_invitation, **given),
    )
    assert came.count("done") == 1
