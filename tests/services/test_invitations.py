from datetime import timedelta

import pytest
from conftest import NOON
from sqlmodel import select

from db.models import AuditEvent, Membership
from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import accounts, invitations, links, projects
from workbench.services.permissions import OPERATOR, Role

DAY = timedelta(days=1)


@pytest.fixture
def project(make):
    return make.project(slug="quay", name="The quay")


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


def invite(session, actor, *slugs, role="reviewer", now=NOON, **given):
    return invitations.invite(
        session, actor=actor, role=role, project_slugs=slugs, now=now, **given
    )


def join(session, token, name="Ada", now=NOON):
    return accounts.join(session, token=token, name=name, now=now, browser="", address="").account


def listed(session, actor, now=NOON, **given):
    return invitations.invitations(session, actor=actor, now=now, **given)


def roles(session, account_id):
    found = session.exec(select(Membership).where(Membership.account_id == account_id))
    return {each.project_id: each.role for each in found if each.ended_at is None}


@pytest.mark.parametrize("role", ["reviewer", "adjudicator"])
def test_a_manager_invites_those_who_label_into_a_project_of_theirs(
    session, project, manager, role
):
    joined = join(session, invite(session, manager, "quay", role=role))
    assert joined.name == "Ada"
    assert joined.roles == {project.id: role}


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_a_manager_invites_nobody_with_a_greater_role(session, manager, role):
    with pytest.raises(NotAllowedError):
        invite(session, manager, "quay", role=role)


def test_a_manager_invites_into_no_project_of_others(session, make, manager):
    make.project(slug="other")
    for slug in ("other", "nowhere"):
        with pytest.raises(NotFoundError, match="no such project"):
            invite(session, manager, "quay", slug)
    with pytest.raises(NotAllowedError, match="every project"):
        invite(session, manager, everywhere=True)


def test_nobody_is_invited_into_an_archived_project(session, make):
    project = make.project(slug="shut", archived_at=NOON)
    manager = make.actor(project, role=Role.MANAGER)
    archived = type(manager)(
        manager.account_id,
        manager.public_id,
        manager.name,
        roles=manager.roles,
        archived=frozenset({project.id}),
    )
    with pytest.raises(NotAllowedError, match="archived"):
        invite(session, archived, "shut")


def test_an_invitation_may_lead_into_several_projects_or_every_one(session, make, project):
    other, third = make.project(slug="other"), make.project(slug="third")
    some = join(session, invite(session, OPERATOR, "quay", "other"), name="Ada")
    everywhere = join(session, invite(session, OPERATOR, everywhere=True), name="Bob")
    assert {*some.roles} == {project.id, other.id}
    assert {*everywhere.roles} == {project.id, other.id, third.id}


def test_left_open_an_invitation_is_into_the_one_project_and_into_no_later_one(
    session, project, manager
):
    for actor, name in ((OPERATOR, "Ada"), (manager, "Bob")):
        joined = join(session, invite(session, actor), name=name)
        assert {*joined.roles} == {project.id}
    later = projects.create(session, actor=OPERATOR, slug="later", name="", now=NOON)
    assert {each.name for each in people(session, "later")} == set()
    everywhere = join(session, invite(session, OPERATOR, everywhere=True), name="Cy")
    assert {*everywhere.roles} == {project.id, later.id}


def test_left_open_of_several_projects_it_is_asked_which(session, make, project):
    make.project(slug="shut", archived_at=NOON)
    joined = join(session, invite(session, OPERATOR))
    assert {*joined.roles} == {project.id}
    make.project(slug="other")
    with pytest.raises(InputError, match="several projects"):
        invite(session, OPERATOR)
    with pytest.raises(InputError, match="Not both"):
        invite(session, OPERATOR, "other", everywhere=True)


def test_where_there_is_no_project_yet_an_invitation_is_into_those_that_come(session):
    join(session, invite(session, OPERATOR))
    projects.create(session, actor=OPERATOR, slug="first", name="", now=NOON)
    assert [(each.name, each.joins_as) for each in people(session, "first")] == [
        ("Ada", "reviewer")
    ]


def people(session, slug):
    found = accounts.people(session, actor=OPERATOR)
    return [each for each in found if slug in {part.project_slug for part in each.parts}]


def test_an_admin_invites_an_admin(session, make):
    boss = make.actor(role=Role.ADMIN)
    assert join(session, invite(session, boss, role="admin")).is_admin


def test_an_invitation_of_an_admin_names_no_project(session, make, project):
    boss = make.actor(role=Role.ADMIN)
    with pytest.raises(InputError, match="whole installation"):
        invite(session, boss, "quay", role="admin")


def test_an_opened_invitation_says_what_it_is_for_and_is_not_used_up(session, manager):
    token = invite(session, manager, "quay", name="Ada Lin")
    for _ in range(2):
        state = links.open_link(session, token=token, now=NOON)
    assert (state.kind, state.role, state.projects) == ("invitation", "reviewer", ("The quay",))
    assert (state.name, state.made_by) == ("Ada Lin", manager.name)
    assert state.expires_at == NOON + 3 * DAY


def test_an_invitation_works_once(session, manager):
    token = invite(session, manager, "quay")
    join(session, token)
    with pytest.raises(InputError, match=f"used before.*Ask {manager.name}"):
        join(session, token, name="Bob")


def test_an_expired_invitation_says_until_when_it_worked_and_whom_to_ask(session, manager):
    token = invite(session, manager, "quay")
    join_at = NOON + 3 * DAY
    with pytest.raises(InputError, match=f"until 6 March 2026.*Ask {manager.name}"):
        join(session, token, now=join_at)


def test_an_invitation_that_was_taken_back_says_so(session, manager):
    token = invite(session, manager, "quay")
    [found] = listed(session, manager)
    accounts.revoke_invitation(session, actor=manager, invitation_id=found.id, now=NOON)
    with pytest.raises(InputError, match=f"taken back. Ask {manager.name}"):
        join(session, token)
    assert listed(session, manager) == []


def test_sent_again_the_old_link_is_void_and_the_new_one_is_the_same_invitation(session, manager):
    old = invite(session, manager, "quay", role="adjudicator", name="Ada Lin")
    [before] = listed(session, manager)
    new = accounts.renew_invitation(session, actor=manager, invitation_id=before.id, now=NOON + DAY)
    with pytest.raises(InputError, match="newer link"):
        join(session, old, now=NOON + DAY)
    [after] = listed(session, manager)
    assert (after.name, after.role, after.projects) == ("Ada Lin", "adjudicator", ("quay",))
    assert after.expires_at == NOON + 4 * DAY
    assert join(session, new, now=NOON + DAY).name == "Ada"


def test_an_expired_invitation_is_listed_to_be_sent_again_for_a_month(session, manager):
    invite(session, manager, "quay")
    [expired] = listed(session, manager, now=NOON + 10 * DAY)
    assert expired.is_expired
    assert listed(session, manager, now=NOON + 40 * DAY) == []


@pytest.mark.parametrize("search", ["LIN", "adjud", "quay", "Person"])
def test_invitations_are_found_by_name_role_project_and_maker(session, make, manager, search):
    make.project(slug="zoo")
    invite(session, manager, "quay", role="adjudicator", name="Ada Lin")
    invite(session, OPERATOR, "zoo", name="Bob")
    boss = make.actor(role=Role.ADMIN)
    assert [each.name for each in listed(session, boss, search=search)] == ["Ada Lin"]


def test_a_manager_sees_only_what_they_could_have_made(session, make, project, manager):
    make.project(slug="other")
    invite(session, OPERATOR, "quay", name="Mine")
    invite(session, OPERATOR, "quay", role="manager")
    invite(session, OPERATOR, role="admin")
    invite(session, OPERATOR, "quay", "other")
    invite(session, OPERATOR, everywhere=True)
    [mine] = listed(session, manager)
    assert (mine.name, mine.made_by) == ("Mine", "operator")


def test_an_invitation_of_others_does_not_exist(session, make, manager):
    make.project(slug="other")
    invite(session, OPERATOR, "other")
    [foreign] = listed(session, OPERATOR)
    for act in (accounts.revoke_invitation, accounts.renew_invitation):
        for number in (foreign.id, 10**6):
            with pytest.raises(NotFoundError, match="no such invitation"):
                act(session, actor=manager, invitation_id=number, now=NOON)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_sees_no_invitation_and_touches_none(session, make, project, manager, role):
    invite(session, manager, "quay")
    [found] = listed(session, manager)
    who = make.actor(project, role=role)
    with pytest.raises(NotAllowedError):
        listed(session, who)
    for act in (accounts.revoke_invitation, accounts.renew_invitation):
        with pytest.raises(NotFoundError):
            act(session, actor=who, invitation_id=found.id, now=NOON)


def test_an_invitation_is_worth_what_its_maker_may_do_when_it_is_taken(session, manager):
    token = invite(session, manager, "quay")
    accounts.set_role(session, actor=OPERATOR, name=manager.name, role="reviewer", now=NOON)
    with pytest.raises(InputError, match="may no longer invite"):
        join(session, token)


def test_an_invitation_of_somebody_disabled_lets_nobody_in(session, manager):
    token = invite(session, manager, "quay")
    accounts.disable(session, actor=OPERATOR, name=manager.name, now=NOON)
    with pytest.raises(InputError, match="may no longer invite"):
        join(session, token)


def test_a_name_that_somebody_has_is_not_invited_nor_taken(session, make, manager):
    make.account("Ada")
    with pytest.raises(TakenError):
        invite(session, manager, "quay", name="ADA")
    token = invite(session, manager, "quay")
    with pytest.raises(TakenError), session.begin_nested():
        join(session, token, name="Ada")
    assert join(session, token, name="Ada Lin").name == "Ada Lin"


def test_every_step_is_in_the_audit_log_of_the_project(session, manager):
    invite(session, manager, "quay")
    [found] = listed(session, manager)
    token = accounts.renew_invitation(session, actor=manager, invitation_id=found.id, now=NOON)
    ada = join(session, token)
    told = session.exec(select(AuditEvent).order_by(AuditEvent.id)).all()
    about = [(e.act, e.actor_id) for e in told if e.details.get("project") == "quay"]
    assert about == [
        ("invite", manager.account_id),
        ("invite", manager.account_id),
        ("take_invitation", ada.account_id),
    ]
    assert all(token not in str(row.model_dump()) for row in told)
