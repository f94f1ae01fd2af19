import pytest
from conftest import NOON

from db.queries import accounts as queries
from workbench.errors import InputError, SignedOutError
from workbench.services import accounts, invitations, links, passwords, sessions
from workbench.services.passwords import Attempt
from workbench.services.permissions import OPERATOR, Role

GOOD = "harbour lamp seven"
HERE = {"now": NOON, "browser": "Firefox", "address": "10.0.0.1"}


def invite(session, *slugs, role="reviewer"):
    return invitations.invite(session, actor=OPERATOR, role=role, project_slugs=slugs, now=NOON)


def test_whoever_joins_may_set_a_password_at_once(session, make):
    make.project(slug="quay")
    hashed = passwords.hashed(GOOD, name="Ada")
    token = invite(session, "quay")
    joined = accounts.join(session, token=token, name="Ada", password=hashed, **HERE).account
    stored = queries.by_id(session, joined.account_id).password_hash
    assert passwords.prove(Attempt(1, joined.account_id, stored), GOOD).is_right


def test_whoever_joins_without_one_has_none(session, make):
    make.project(slug="quay")
    joined = accounts.join(session, token=invite(session, "quay"), name="Ada", **HERE).account
    assert not accounts.has_password(session, actor=joined)


def test_somebody_who_is_here_joins_as_who_they_are(session, make):
    quay, zoo = make.project(slug="quay"), make.project(slug="zoo")
    ada = make.actor(zoo)
    joined = accounts.join_as(session, actor=ada, token=invite(session, "quay"), **HERE).account
    assert joined.account_id == ada.account_id
    assert joined.roles == {quay.id: Role.REVIEWER, zoo.id: Role.REVIEWER}


def test_an_invitation_takes_no_greater_role_away(session, make):
    quay = make.project(slug="quay")
    manager = make.actor(quay, role=Role.MANAGER)
    joined = accounts.join_as(session, actor=manager, token=invite(session, "quay"), **HERE)
    assert joined.account.roles == {quay.id: Role.MANAGER}


def test_an_invitation_brings_back_who_was_removed(session, make):
    quay = make.project(slug="quay")
    make.membership(quay, ada := make.account("Ada"), ended_at=NOON)
    actor = sessions.start(session, account=ada, how="link", **HERE).account
    joined = accounts.join_as(session, actor=actor, token=invite(session, "quay"), **HERE)
    assert joined.account.roles == {quay.id: Role.REVIEWER}


def test_who_may_do_more_than_before_is_signed_out_elsewhere(session, make):
    zoo = make.project(slug="zoo")
    make.project(slug="quay")
    ada = make.account("Ada")
    make.membership(zoo, ada)
    old = sessions.start(session, account=ada, how="link", **HERE)
    accounts.join_as(session, actor=old.account, token=invite(session, "quay"), **HERE)
    assert accounts.lookup(session, cookie=old.cookie, now=NOON) is None


def test_only_an_invitation_is_taken(session, make):
    make.account("Ada")
    token = links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(InputError, match="no invitation"):
        accounts.join(session, token=token, name="Eve", **HERE)
    with pytest.raises(InputError, match="signs nobody in"):
        accounts.sign_in_by_link(session, token=invite(session), **HERE)
    with pytest.raises(InputError, match="Open it again"):
        accounts.become_owner(session, token=invite(session), name="Eve", **HERE)


def test_the_operator_joins_nothing(session):
    with pytest.raises(SignedOutError):
        accounts.join_as(session, actor=OPERATOR, token=invite(session), **HERE)
