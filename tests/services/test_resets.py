from datetime import timedelta

import pytest
from conftest import NOON
from sqlmodel import select

from db.models import AuditEvent
from db.queries import accounts as queries
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import accounts, links, sessions
from workbench.services.passwords import Hashed
from workbench.services.permissions import OPERATOR, Role

HOUR = timedelta(hours=1)
HERE = {"browser": "", "address": ""}
NEW = Hashed("$new")


@pytest.fixture
def project(make):
    return make.project(slug="quay")


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


@pytest.fixture
def ada(make, project):
    ada = make.account("Ada", password_hash="$old")
    make.membership(project, ada)
    return ada


def make_link(session, actor=OPERATOR, name="Ada"):
    return accounts.reset_link(session, actor=actor, name=name, now=NOON)


def reset(session, token, now=NOON):
    return accounts.reset_password(session, token=token, new=NEW, now=now, **HERE)


def test_the_new_password_holds_and_every_other_session_has_ended(session, ada):
    before = sessions.start(session, account=ada, how="password", now=NOON, **HERE)
    signed_in = reset(session, make_link(session))
    assert queries.by_id(session, ada.id).password_hash == "$new"
    assert accounts.lookup(session, cookie=before.cookie, now=NOON) is None
    assert accounts.lookup(session, cookie=signed_in.cookie, now=NOON) is not None


def test_the_link_works_once_and_for_an_hour(session, ada):
    token = make_link(session)
    with pytest.raises(InputError, match="expired"):
        reset(session, token, now=NOON + HOUR)
    reset(session, token, now=NOON + HOUR - timedelta(seconds=1))
    with pytest.raises(InputError, match="used before"):
        reset(session, token)


def test_a_newer_link_voids_the_earlier_and_the_password_voids_every_other_link(session, ada):
    old, sign_in = make_link(session), links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    new = make_link(session)
    with pytest.raises(InputError, match="newer link"):
        reset(session, old)
    reset(session, new)
    with pytest.raises(InputError, match="taken back"):
        links.open_link(session, token=sign_in, now=NOON)


def test_a_link_for_something_else_sets_no_password(session, ada):
    sign_in = links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(InputError, match="sets no password"):
        reset(session, sign_in)
    with pytest.raises(InputError, match="signs nobody in"):
        accounts.sign_in_by_link(session, token=make_link(session), now=NOON, **HERE)


def test_a_disabled_account_gets_no_link_and_a_link_that_is_out_opens_nothing(session, ada):
    token = make_link(session)
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(InputError, match="disabled"):
        make_link(session)
    with pytest.raises(InputError, match="taken back"):
        reset(session, token)


def test_a_manager_helps_a_reviewer_of_their_own_projects(session, ada, manager):
    assert accounts.may_reset(session, actor=manager, name="Ada")
    reset(session, make_link(session, manager))


@pytest.mark.parametrize("role", ["adjudicator", "manager"])
def test_a_manager_comes_in_as_nobody_with_a_greater_role(session, make, project, manager, role):
    make.membership(project, make.account("Bea"), role=role)
    assert not accounts.may_reset(session, actor=manager, name="Bea")
    with pytest.raises(NotAllowedError, match="Ask an admin"):
        make_link(session, manager, "Bea")


def test_a_manager_comes_into_no_project_of_others_that_way(session, make, ada, manager):
    make.membership(make.project(), ada)
    with pytest.raises(NotAllowedError, match="Ask an admin"):
        make_link(session, manager)


def test_a_manager_comes_in_as_no_admin(session, make, project, manager):
    make.membership(project, make.account("Boss", is_admin=True))
    with pytest.raises(NotAllowedError, match="Ask an admin"):
        make_link(session, manager, "Boss")


def test_somebody_of_another_project_does_not_exist(session, make, manager):
    make.membership(make.project(), make.account("Far Away"))
    for name in ("Far Away", "Nobody"):
        with pytest.raises(NotFoundError, match="no account of this name"):
            make_link(session, manager, name)


def test_both_steps_are_in_the_audit_log_without_the_secret(session, ada, manager):
    token = make_link(session, manager)
    reset(session, token)
    rows = session.exec(select(AuditEvent).order_by(AuditEvent.id)).all()
    acts = [(row.act, row.actor_id) for row in rows if row.object_id == ada.public_id]
    assert acts == [
        ("make_reset_link", manager.account_id),
        ("sign_in", ada.id),
        ("reset_password", ada.id),
    ]
    assert all(token not in str(row.model_dump()) for row in rows)


def test_a_password_that_is_changed_meanwhile_voids_the_link_to_a_new_one(session, make, project):
    make.membership(project, bea := make.account("Bea"))
    token = make_link(session, name="Bea")
    bea = sessions.start(session, account=bea, how="link", now=NOON, **HERE).account
    accounts.set_password(session, actor=bea, new=NEW, now=NOON)
    with pytest.raises(InputError, match="taken back"):
        reset(session, token)
