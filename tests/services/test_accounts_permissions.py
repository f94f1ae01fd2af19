"""Every public function about people, for every role and for nobody."""

import inspect

import pytest
from conftest import NOON

from workbench.errors import NotAllowedError, WorkbenchError
from workbench.services import accounts, sessions
from workbench.services.passwords import Hashed
from workbench.services.permissions import OPERATOR, Actor, Role

NOBODY = "nobody"
WHO = (NOBODY, *map(str, Role), "operator")
ADMINS = {"admin", "operator"}
PERSONS = {*WHO} - {"operator"}

MANAGES = {
    "add": {"name": "Somebody New", "role": "reviewer", "now": NOON},
    "disable": {"name": "Subject", "now": NOON},
    "enable": {"name": "Subject", "now": NOON},
    "set_role": {"name": "Subject", "role": "manager", "now": NOON},
    "link": {"name": "Subject", "now": NOON},
    "sessions_of": {"name": "Subject", "now": NOON},
    "end_sessions_of": {"name": "Subject", "now": NOON},
}
SEES = {"people": {}, "invitations": {"now": NOON}}
INVITES = {
    "invite": {"role": "reviewer", "project_slugs": ["quay"], "now": NOON},
    "remove": {"name": "Subject", "project_slug": "quay", "now": NOON},
    "bring_back": {"name": "Subject", "project_slug": "quay", "now": NOON},
    "reset_link": {"name": "Subject", "now": NOON},
}
OWN = {
    "sessions": {"now": NOON},
    "end_other_sessions": {"now": NOON},
    "has_password": {},
}
OWN_ACCOUNT = {"set_password": {"new": Hashed("$hash"), "now": NOON}}
# These take a secret or what the gate made of one, and act on nobody else.
BY_SECRET = {
    "become_owner",
    "find",
    "join",
    "lookup",
    "open_link",
    "reset_password",
    "sign_in_by_link",
    "sign_in_by_password",
    "sign_out",
    "signed_in",
    "touch",
}
# `first_link` makes a link only while there is nobody; `end_session` has a test of its own,
# and so has `end_session_of`. The others are tested beside invitations and resets.
ELSEWHERE = {
    "is_empty",
    "first_link",
    "end_session",
    "end_session_of",
    "join_as",
    "may_reset",
    "renew_invitation",
    "revoke_invitation",
}

TABLE = (
    [(name, given, ADMINS) for name, given in MANAGES.items()]
    + [(name, given, ADMINS | {"manager"}) for name, given in (SEES | INVITES).items()]
    + [(name, given, {*WHO}) for name, given in OWN.items()]
    + [(name, given, PERSONS) for name, given in OWN_ACCOUNT.items()]
)


@pytest.fixture
def actors(make):
    project = make.project(slug="quay")
    make.membership(project, make.account("Subject"))
    made = {str(role): make.actor(project, role=role) for role in Role}
    lonely = make.account("Nobody In Particular")
    made[NOBODY] = Actor(lonely.id, lonely.public_id, lonely.name)
    return made | {"operator": OPERATOR}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(("name", "given", "allowed"), TABLE, ids=[row[0] for row in TABLE])
def test_only_those_who_may(session, actors, name, given, allowed, who):
    act = getattr(accounts, name)
    if who in allowed:
        act(session, actor=actors[who], **given)
        return
    with pytest.raises(WorkbenchError) as refused:
        act(session, actor=actors[who], **given)
    is_outside = who == NOBODY and name in {"invite", "remove", "bring_back"}
    assert refused.value.status in ({404} if is_outside else {401, 403})


@pytest.mark.parametrize("who", sorted(PERSONS))
def test_nobody_ends_the_session_of_another(session, make, actors, who):
    victim = sessions.start(
        session, account=make.account(), how="link", now=NOON, browser="", address=""
    )
    with pytest.raises(WorkbenchError) as refused:
        accounts.end_session(
            session, actor=actors[who], session_id=victim.account.session_id, now=NOON
        )
    assert refused.value.status == 404


@pytest.mark.parametrize("who", sorted({*WHO} - ADMINS))
def test_only_who_manages_people_ends_a_session_of_theirs(session, make, actors, who):
    victim = sessions.start(
        session, account=make.account("Victim"), how="link", now=NOON, browser="", address=""
    )
    given = {"name": "Victim", "session_id": victim.account.session_id, "now": NOON}
    with pytest.raises(NotAllowedError):
        accounts.end_session_of(session, actor=actors[who], **given)
    accounts.end_session_of(session, actor=actors["admin"], **given)


def test_a_manager_of_one_project_adds_nobody_there_either(session, make):
    project = make.project()
    manager = make.actor(project, role=Role.MANAGER)
    with pytest.raises(NotAllowedError):
        accounts.add(
            session, actor=manager, name="X", role="admin", project_slug=project.slug, now=NOON
        )


def test_the_table_names_every_function():
    functions = {name for name in accounts.__all__ if inspect.isfunction(getattr(accounts, name))}
    assert functions == {row[0] for row in TABLE} | BY_SECRET | ELSEWHERE


def test_the_table_names_every_function_that_has_an_actor():
    with_actor = {
        name
        for name in accounts.__all__
        if inspect.isfunction(getattr(accounts, name))
        and "actor" in inspect.signature(getattr(accounts, name)).parameters
    }
    assert with_actor == {row[0] for row in TABLE} | (ELSEWHERE - {"is_empty", "first_link"})
