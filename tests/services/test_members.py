from conftest import NOON
from sqlmodel import select

from db.models import Membership
from workbench.services import members, projects
from workbench.services.permissions import OPERATOR, Permission, Role


def roles_in(session, project):
    statement = select(Membership.account_id, Membership.role)
    return dict(session.exec(statement.where(Membership.project_id == project.id)).all())


def test_a_new_member_starts_at_nothing(session, make):
    project, ada = make.project(), make.account()
    members.set_role(session, ada, Role.REVIEWER, project_slug=project.slug, now=NOON)
    assert (None, Permission.ANNOTATE) not in members.permissions(session, ada)
    assert (project.id, Permission.ANNOTATE) in members.permissions(session, ada)


def test_who_is_in_every_project_is_in_a_later_one(session, make):
    ada, bob, cy = make.account("Ada"), make.account("Bob"), make.account("Cy")
    one = make.project()
    members.set_role(session, ada, Role.ADJUDICATOR, project_slug=None, now=NOON)
    members.set_role(session, bob, Role.ADMIN, project_slug=None, now=NOON)
    members.set_role(session, cy, Role.REVIEWER, project_slug=one.slug, now=NOON)
    later = projects.create(session, actor=OPERATOR, slug="later", name="Later", now=NOON)
    assert roles_in(session, later) == {ada.id: "adjudicator", bob.id: "manager"}


def test_who_makes_a_project_manages_it(session, make):
    maker = make.actor(role=Role.ADMIN)
    made = projects.create(session, actor=maker, slug="made", name="Made", now=NOON)
    assert roles_in(session, made) == {maker.account_id: "manager"}


def test_an_ended_membership_permits_nothing(session, make):
    ada = make.account()
    make.membership(make.project(), ada, role="manager", ended_at=NOON)
    assert members.permissions(session, ada) == set()


def test_an_admin_may_everything_everywhere(session, make):
    project, boss = make.project(), make.account(is_admin=True)
    assert members.permissions(session, boss) == {
        (place, permission) for place in (None, project.id) for permission in Permission
    }
