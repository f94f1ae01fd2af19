import threading

import pytest
from conftest import HOUR, NOON
from sqlmodel import select

from db.engine import transaction
from db.models import Account, AuditEvent, Membership
from workbench.errors import InputError, NotFoundError, TakenError
from workbench.services import accounts, links, sessions
from workbench.services.permissions import OPERATOR, Role


def add(session, name="Ada", role="reviewer", **given):
    return accounts.add(session, actor=OPERATOR, name=name, role=role, now=NOON, **given)


def set_role(session, role, name="Ada", **given):
    accounts.set_role(session, actor=OPERATOR, name=name, role=role, now=NOON, **given)


def roles(session, name="Ada"):
    statement = select(Membership.project_id, Membership.role).join(Account)
    return dict(session.exec(statement.where(Account.name == name)).all())


def sign_in(session, account):
    return sessions.start(session, account=account, how="link", now=NOON, browser="", address="")


def is_in(session, signed_in):
    return sessions.lookup(session, cookie=signed_in.cookie, now=NOON) is not None


def acts(session):
    return session.exec(select(AuditEvent.act).order_by(AuditEvent.id)).all()


def test_an_installation_is_empty_until_there_is_an_account(session, make):
    assert accounts.is_empty(session)
    make.account(disabled_at=NOON + HOUR)
    assert not accounts.is_empty(session)


def test_a_new_account_is_in_every_project(session, make):
    projects = [make.project(), make.project()]
    made = add(session, " Ada  L. ", "adjudicator")
    assert (made.name, made.role, made.is_admin) == ("Ada L.", "adjudicator", False)
    assert roles(session, "Ada L.") == {each.id: "adjudicator" for each in projects}


def test_a_new_account_is_in_the_one_project_that_was_named(session, make):
    project, _ = make.project(), make.project()
    add(session, project_slug=project.slug)
    assert roles(session) == {project.id: "reviewer"}


def test_a_new_admin_manages_the_projects(session, make):
    project = make.project()
    assert add(session, role="admin").is_admin
    assert roles(session) == {project.id: "manager"}


def test_an_admin_is_one_of_the_whole_installation_so_no_project_is_named(session, make):
    project, boss = make.project(), make.account("Boss", is_admin=True)
    with pytest.raises(InputError, match="whole installation"):
        add(session, role="admin", project_slug=project.slug)
    make.account("Bob")
    with pytest.raises(InputError, match="whole installation"):
        set_role(session, "admin", name="Bob", project_slug=project.slug)
    set_role(session, "admin", name="Bob")
    with pytest.raises(InputError, match="whole installation"):
        set_role(session, "reviewer", name="Boss", project_slug=project.slug)
    assert boss.is_admin
    assert acts(session) == ["set_role"]


def test_a_new_account_has_no_password_and_an_unguessable_id(session):
    made = [add(session, f"Person {n}").public_id for n in (2, 3)]
    assert len({*made}) == 2
    assert set(session.exec(select(Account.password_hash))) == {None}


@pytest.mark.parametrize("taken", ["Ada", "ADA", " ada ", "Аdа".replace("d", "а")])
def test_a_name_that_looks_like_another_is_taken(session, taken):
    add(session), add(session, "Ааа")
    with pytest.raises(TakenError):
        add(session, taken)


def test_a_disabled_account_keeps_its_name(session):
    add(session)
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(TakenError):
        add(session)


@pytest.mark.parametrize("role", ["", "owner", "Reviewer", "admin "])
def test_an_unknown_role_is_refused_with_those_there_are(session, role):
    with pytest.raises(InputError, match="reviewer, adjudicator, manager, admin"):
        add(session, role=role)


def test_an_unknown_project_is_not_found_and_makes_nobody(own_engines):
    with pytest.raises(NotFoundError), transaction(own_engines) as session:
        add(session, project_slug="nowhere")
    with transaction(own_engines) as session:
        assert accounts.is_empty(session)
        assert acts(session) == []


def test_disabling_ends_every_session_and_link_at_once(session, make):
    ada, bob = make.account("Ada"), make.account("Bob", is_admin=True)
    signed_in = [sign_in(session, each) for each in (ada, ada, bob)]
    token = links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    assert [is_in(session, each) for each in signed_in] == [False, False, True]
    with pytest.raises(InputError):
        links.open_link(session, token=token, now=NOON)


def test_enabling_brings_back_the_person_but_no_session_and_no_link(session, make):
    ada = make.account("Ada")
    signed_in, token = (
        sign_in(session, ada),
        links.link(session, actor=OPERATOR, name="Ada", now=NOON),
    )
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    accounts.enable(session, actor=OPERATOR, name="Ada", now=NOON)
    assert not is_in(session, signed_in)
    with pytest.raises(InputError, match="taken back"):
        links.open_link(session, token=token, now=NOON)
    assert is_in(session, sign_in(session, ada))


def test_disabling_and_enabling_twice_is_one_act(session, make):
    make.account("Ada")
    for act in (accounts.disable, accounts.disable, accounts.enable, accounts.enable):
        act(session, actor=OPERATOR, name="Ada", now=NOON)
    assert acts(session) == ["disable_account", "enable_account"]


def test_the_last_admin_stays_admin_and_enabled(session, make):
    make.account("Ada", is_admin=True)
    make.account("Old", is_admin=True, disabled_at=NOON)
    make.account("Bob")
    with pytest.raises(InputError, match="last admin"):
        accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    with pytest.raises(InputError, match="last admin"):
        set_role(session, "reviewer")
    set_role(session, "admin", name="Bob")
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)


def test_two_admins_who_disable_each_other_at_once_leave_one(own_engines):
    with transaction(own_engines) as session:
        for name in ("Ada", "Bob"):
            add(session, name, "admin")
    start = threading.Barrier(2)

    def disable(name):
        start.wait()
        try:
            with transaction(own_engines) as session:
                accounts.disable(session, actor=OPERATOR, name=name, now=NOON)
        except InputError:
            return

    threads = [threading.Thread(target=disable, args=(name,)) for name in ("Ada", "Bob")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction(own_engines) as session:
        assert [person.disabled_at for person in accounts.people(session, actor=OPERATOR)].count(
            None
        ) == 1


def test_a_role_is_set_in_the_named_project_or_in_all(session, make):
    one, other = make.project(), make.project()
    add(session)
    set_role(session, "manager", project_slug=one.slug)
    assert roles(session) == {one.id: "manager", other.id: "reviewer"}
    set_role(session, "adjudicator")
    assert roles(session) == {one.id: "adjudicator", other.id: "adjudicator"}


def test_a_role_brings_somebody_into_a_project_and_back(session, make):
    project, ada = make.project(), make.account("Ada")
    make.account("Boss", is_admin=True)
    membership = make.membership(project, ada, ended_at=NOON, n_done=7)
    set_role(session, "reviewer")
    session.refresh(membership)
    assert (membership.ended_at, membership.n_done) == (None, 7)


@pytest.mark.parametrize(
    ("before", "after", "stays"),
    [
        (Role.REVIEWER, Role.MANAGER, False),
        (Role.REVIEWER, Role.ADMIN, False),
        (Role.MANAGER, Role.ADMIN, False),
        (Role.MANAGER, Role.REVIEWER, True),
        (Role.ADMIN, Role.REVIEWER, True),
        (Role.REVIEWER, Role.REVIEWER, True),
    ],
)
def test_who_may_do_more_signs_in_again(session, make, before, after, stays):
    make.project(), make.account("Boss", is_admin=True)
    add(session, role=str(before))
    ada = session.exec(select(Account).where(Account.name == "Ada")).one()
    signed_in = sign_in(session, ada)
    set_role(session, str(after))
    assert is_in(session, signed_in) == stays


def test_nobody_of_that_name(session):
    for act in (accounts.disable, accounts.enable):
        with pytest.raises(NotFoundError):
            act(session, actor=OPERATOR, name="Nobody", now=NOON)
    with pytest.raises(NotFoundError):
        set_role(session, "reviewer", name="Nobody")


def test_every_act_leaves_a_row_in_the_same_transaction(session, make):
    add(session), make.account("Boss", is_admin=True)
    set_role(session, "manager")
    accounts.disable(session, actor=OPERATOR, name="Ada", now=NOON)
    accounts.enable(session, actor=OPERATOR, name="Ada", now=NOON)
    links.link(session, actor=OPERATOR, name="Ada", now=NOON)
    assert acts(session) == [
        "add_account",
        "set_role",
        "disable_account",
        "enable_account",
        "make_link",
    ]
