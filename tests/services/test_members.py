from conftest import NOON

from workbench.services import members
from workbench.services.permissions import Permission, Role


def test_a_new_member_starts_at_nothing(session, make):
    project, ada = make.project(), make.account()
    members.set_role(session, ada, Role.REVIEWER, project_slug=project.slug, now=NOON)
    assert (None, Permission.ANNOTATE) not in members.permissions(session, ada)
    assert (project.id, Permission.ANNOTATE) in members.permissions(session, ada)


def test_an_ended_membership_permits_nothing(session, make):
    ada = make.account()
    make.membership(make.project(), ada, role="manager", ended_at=NOON)
    assert members.permissions(session, ada) == set()


def test_an_admin_may_everything_everywhere(session, make):
    project, boss = make.project(), make.account(is_admin=True)
    assert members.permissions(session, boss) == {
        (place, permission) for place in (None, project.id) for permission in Permission
    }
