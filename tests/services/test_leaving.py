import pytest
from conftest import NOON
from sqlmodel import select

from db.models import Account, AuditEvent
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import accounts, annotating, projects, sessions
from workbench.services.permissions import OPERATOR, Role


@pytest.fixture
def project(make):
    return make.project(slug="quay")


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


@pytest.fixture
def ada(session, make, project):
    """Ada's open page: what her requests act as."""
    account = make.account("Ada")
    make.membership(project, account, n_done=3)
    signed_in = sessions.start(
        session, account=account, how="link", now=NOON, browser="", address=""
    ).account
    identity = f"{signed_in.public_id}:{signed_in.session_id}"
    return lambda: sessions.signed_in(session, identity=identity, now=NOON)


def act(session, how, actor, name="Ada", slug="quay"):
    how(session, actor=actor, name=name, project_slug=slug, now=NOON)


def test_who_is_removed_stays_signed_in_and_can_do_nothing_more_there(
    session, project, manager, ada
):
    act(session, accounts.remove, manager)
    with pytest.raises(NotFoundError, match="not in it"):
        annotating.take_part(session, actor=ada(), project=project, now=NOON)


def test_who_is_brought_back_has_their_role_and_their_place(session, project, manager, ada):
    act(session, accounts.remove, manager)
    act(session, accounts.bring_back, manager)
    place = annotating.take_part(session, actor=ada(), project=project, now=NOON)
    assert (ada().roles, place.n_done) == ({project.id: Role.REVIEWER}, 3)


def test_twice_is_one_act(session, manager, ada):
    for how in (accounts.remove, accounts.remove, accounts.bring_back, accounts.bring_back):
        act(session, how, manager)
    acts = session.exec(select(AuditEvent.act).order_by(AuditEvent.id)).all()
    assert acts[-2:] == ["remove_member", "bring_back_member"]


@pytest.mark.parametrize("how", [accounts.remove, accounts.bring_back])
def test_a_manager_has_no_say_over_managers(session, make, project, manager, how):
    make.membership(project, make.account("Bea"), role="manager")
    with pytest.raises(NotAllowedError, match="needs an admin"):
        act(session, how, manager, "Bea")


def test_an_admin_is_in_every_project(session, make, project):
    make.membership(project, make.account("Boss", is_admin=True), role="manager")
    with pytest.raises(InputError, match="another role first"):
        act(session, accounts.remove, OPERATOR, "Boss")


@pytest.mark.parametrize("how", [accounts.remove, accounts.bring_back])
def test_people_and_projects_of_others_do_not_exist(session, make, manager, ada, how):
    make.membership(make.project(slug="other"), make.account("Far Away"))
    for name, slug in (("Far Away", "quay"), ("Nobody", "quay")):
        with pytest.raises(NotFoundError, match="Nobody of this name"):
            act(session, how, manager, name, slug)
    for slug in ("other", "nowhere"):
        with pytest.raises(NotFoundError, match="no such project"):
            act(session, how, manager, "Ada", slug)


def test_an_open_page_says_to_whom_was_removed_where_they_still_are(session, make, manager, ada):
    act(session, accounts.remove, manager)
    with pytest.raises(NotFoundError, match=r"'quay' here\. You are in no project\. Ask"):
        projects.find(session, actor=ada(), slug="quay")
    make.membership(make.project(slug="zoo"), session.get_one(Account, ada().account_id))
    with pytest.raises(NotFoundError, match=r"'quay' here\. You are in: zoo\."):
        projects.find(session, actor=ada(), slug="quay")
