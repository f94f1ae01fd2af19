"""Projects as a whole: seen by who is in them, put away for everybody, and never lost."""

import uuid

import pytest
import sqlalchemy as sa
from conftest import NOON

from db.models import AuditEvent, SignIn
from db.models.naming import table
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.formats.final_labels import LabelChoice
from workbench.services import (
    accounts,
    annotating,
    articles,
    exporting,
    project_acts,
    projects,
)
from workbench.services.decisions import Act, Op
from workbench.services.permissions import OPERATOR, WHILE_ARCHIVED, Permission, Role, check

KINDS = ("body", "headline")


@pytest.fixture
def project(make):
    return make.project(slug="quay")


def signed_in(session, make, project, role):
    """The actor as a request makes it: read from the database."""
    actor = make.actor(project, role=role)
    row = SignIn(
        token_hash=actor.public_id,
        account_id=actor.account_id,
        created_at=NOON,
        last_seen_at=NOON,
        expires_at=NOON.replace(year=NOON.year + 1),
    )
    session.add(row)
    session.flush()
    return lambda: accounts.signed_in(session, identity=f"{actor.public_id}:{row.id}", now=NOON)


def archive(session, slug="quay"):
    project_acts.archive(session, actor=OPERATOR, slug=slug, now=NOON)


def acts(session):
    events = table(AuditEvent)
    return list(session.execute(sa.select(events.c.act).order_by(events.c.id)).scalars())


def test_everybody_sees_the_projects_they_are_in_with_what_is_theirs(session, make, project):
    make.article(project, sentences=("One.", "Two.", "Three."))
    make.project(slug="strange")
    ada = make.actor(project)
    make.membership(project, make.account(), n_done=2)
    (line,) = project_acts.overview(session, actor=ada)
    assert (line.slug, line.n_articles, line.n_queued, line.role) == ("quay", 1, 3, "reviewer")
    assert (line.n_people, line.n_decided, line.n_own) == (0, 0, 0)


def test_a_manager_sees_people_and_decisions_too(session, make, project):
    manager = make.actor(project, role=Role.MANAGER)
    make.membership(project, make.account(), n_done=2)
    (line,) = project_acts.overview(session, actor=manager)
    assert (line.n_people, line.n_decided, line.may_manage) == (2, 2, True)


def test_the_search_looks_at_slug_and_name(session, make, project):
    make.project(slug="mill", name="Old Mill")
    found = project_acts.overview(session, actor=OPERATOR, search="OLD mill")
    assert [line.slug for line in found] == ["mill"]


def test_an_archived_project_is_not_offered_and_still_found(session, make, project):
    ada = make.actor(project)
    archive(session)
    assert projects.listed(session, actor=ada) == []
    assert projects.find(session, actor=ada, slug="quay").id == project.id
    assert [line.archived_at for line in project_acts.overview(session, actor=ada)] == [NOON]


def test_the_only_project_that_is_not_archived_needs_no_name(session, make, project):
    other = make.project()
    archive(session, other.slug)
    owner = make.actor(project)
    make.membership(other, session.get(type(make.account()), owner.account_id))
    assert projects.find(session, actor=owner, slug=None).id == project.id


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("permission", Permission)
def test_an_archived_project_leaves_of_a_role_what_changes_nothing(
    session, make, project, role, permission
):
    who = signed_in(session, make, project, role)
    might = who().may(permission, project.id)
    archive(session)
    assert who().may(permission, project.id) == (might and permission in WHILE_ARCHIVED)
    project_acts.restore(session, actor=OPERATOR, slug="quay", now=NOON)
    assert who().may(permission, project.id) == might


def test_no_op_is_applied_in_an_archived_project(session, make, project):
    article = make.article(project)
    who = signed_in(session, make, project, Role.REVIEWER)
    archive(session)
    one = Op(str(uuid.uuid4()), f"{article.public_id}:0-4", 0, Act.LABEL, ("claim",))
    with pytest.raises(NotAllowedError, match="archived"):
        annotating.apply_ops(session, actor=who(), project=project, ops=[one], now=NOON)


def test_an_archived_project_is_read_and_exported(session, make, project):
    make.article(project)
    who = signed_in(session, make, project, Role.MANAGER)
    archive(session)
    assert articles.listing(session, actor=who(), slug="quay").total == 1
    plan = exporting.plan(session, actor=who(), project_slug="quay", labels=LabelChoice.ALL)
    assert plan.n_rows == 2


def test_even_the_operator_imports_nothing_into_an_archived_project(session, project):
    archive(session)
    with pytest.raises(NotAllowedError, match="archived"):
        projects.find_or_create(session, actor=OPERATOR, slug="quay", now=NOON)


def test_an_admin_who_is_no_member_is_held_to_it_too(session, make, project):
    who = signed_in(session, make, None, Role.ADMIN)
    archive(session)
    with pytest.raises(NotAllowedError, match="archived"):
        check(who(), Permission.EDIT_ARTICLES, project_id=project.id)


def test_archiving_and_restoring_leave_one_row_each_however_often_asked(session, project):
    for act in (project_acts.archive, project_acts.archive, project_acts.restore):
        act(session, actor=OPERATOR, slug="quay", now=NOON)
    assert acts(session)[-2:] == ["archive_project", "restore_project"]
    assert project.archived_at is None


def test_a_change_of_name_and_kinds_says_what_was_before(session, project):
    before = project.name
    project_acts.change(
        session, actor=OPERATOR, slug="quay", name=" New   quay ", queued_kinds=KINDS, now=NOON
    )
    events = table(AuditEvent)
    (details,) = session.execute(
        sa.select(events.c.details).where(events.c.act == "change_project")
    ).scalars()
    assert (project.name, project.settings["queued_kinds"]) == ("New quay", list(KINDS))
    assert (details["old"]["name"], details["new"]["name"]) == (before, "New quay")
    assert project.settings["seed"] == 1


def test_a_change_of_nothing_leaves_no_row(session, project):
    project_acts.change(
        session,
        actor=OPERATOR,
        slug="quay",
        name=project.name,
        queued_kinds=projects.QUEUED_KINDS,
        now=NOON,
    )
    assert "change_project" not in acts(session)


@pytest.mark.parametrize(
    ("name", "kinds"), [("", KINDS), ("x" * 201, KINDS), ("x", ("headline",)), ("x", ("byline",))]
)
def test_a_change_that_cannot_be_is_refused(session, project, name, kinds):
    with pytest.raises(InputError):
        project_acts.change(
            session, actor=OPERATOR, slug="quay", name=name, queued_kinds=kinds, now=NOON
        )


@pytest.mark.parametrize("act", [project_acts.archive, project_acts.restore])
def test_a_project_of_others_is_not_there(session, make, project, act):
    with pytest.raises(NotFoundError):
        act(session, actor=make.actor(make.project(), role=Role.MANAGER), slug="quay", now=NOON)
    with pytest.raises(NotAllowedError):
        act(session, actor=make.actor(project), slug="quay", now=NOON)
