"""Rules that are constraints hold in the database itself, on both engines."""

import re
from datetime import datetime

import pytest
import sqlalchemy as sa

from db.models import Account, Annotation, Article, Label, Membership, Sentence, metadata
from db.models.naming import table
from workbench.services import projects

NAME = re.compile(r"(pk|uq|ck|fk|ix)_[a-z0-9_]+")
EVERY_CONSTRAINT = [
    pytest.param(constraint, id=f"{found.name}-{constraint.name}")
    for found in metadata.sorted_tables
    for constraint in [*found.constraints, *found.indexes]
]


@pytest.fixture
def refused(session):
    def refuse(statement, rule):
        with pytest.raises(sa.exc.IntegrityError, match=rule), session.begin_nested():
            session.execute(statement)

    return refuse


@pytest.fixture
def project(make):
    return make.project()


@pytest.mark.parametrize("constraint", EVERY_CONSTRAINT)
def test_every_constraint_has_a_name_that_a_migration_finds(constraint):
    assert NAME.fullmatch(str(constraint.name))
    assert len(constraint.name) <= 63


@pytest.mark.parametrize("found", metadata.sorted_tables, ids=lambda found: found.name)
def test_every_time_is_kept_with_its_zone(found):
    naive = [c.name for c in found.columns if type(c.type) is sa.DateTime]

    assert naive == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("start", -1), ("end", 0), ("kind", "menu"), ("position", 0), ("article_id", 10**6)],
)
def test_a_sentence_lies_in_its_article_with_a_kind(make, project, refused, name, value):
    article = make.article(project, sentences=("One.", "Two."))
    second = table(Sentence).c

    refused(
        sa.update(Sentence).where(second.article_id == article.id, second.position == 1)
        .values({name: value}),
        "(?i)constraint",
    )  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [("n_segments", 0), ("n_queued", -1), ("n_queued", 3)])
def test_an_article_counts_no_more_than_it_has(make, project, refused, name, value):
    make.article(project)

    refused(sa.update(Article).values({name: value}), "(?i)check")


def test_the_same_bytes_are_one_article_of_a_project(make, project, session):
    article = make.article(project)

    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        make.article(project, public_id=article.public_id)


def test_the_same_bytes_may_be_an_article_of_each_project(make, project):
    article = make.article(project)

    assert make.article(make.project(), public_id=article.public_id)


def test_a_place_in_the_queue_is_given_once(make, project, refused):
    make.article(project)
    refused(sa.update(Sentence).values(queue_key=7), "(?i)unique")


@pytest.mark.parametrize("given", [{"name_key": "ada"}, {"public_id": "ada"}])
def test_an_account_has_its_name_and_id_alone(make, session, given):
    make.account("Ada", name_key="ada", public_id="ada")
    values = {"name_key": "other", "public_id": "other"} | given

    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        make.account("Other", **values)


def test_somebody_is_a_member_once(make, project, session):
    account = make.account()
    make.membership(project, account)

    with pytest.raises(sa.exc.IntegrityError), session.begin_nested():
        make.membership(project, account)


@pytest.mark.parametrize(("name", "value"), [("role", "owner"), ("n_done", -1)])
def test_a_membership_has_a_role_and_counts_up(make, project, refused, name, value):
    make.membership(project, make.account())

    refused(sa.update(Membership).values({name: value}), "(?i)check")


@pytest.mark.parametrize(
    ("name", "value"), [("status", "maybe"), ("check_worthiness", 3), ("version", 0)]
)
def test_an_annotation_is_one_of_what_there_is(make, project, session, refused, name, value):
    actor, article = make.actor(project), make.article(project)
    values = annotation_of(session, project, actor, article)
    session.execute(sa.insert(Annotation).values(values))

    refused(sa.update(Annotation).values({name: value}), "(?i)check")


def test_a_reviewer_has_one_annotation_of_a_sentence(make, project, session, refused):
    actor, article = make.actor(project), make.article(project)
    values = annotation_of(session, project, actor, article)
    session.execute(sa.insert(Annotation).values(values))

    refused(sa.insert(Annotation).values(values), "(?i)unique")


def annotation_of(session, project, actor, article):
    rules = projects.rules(session, project_id=project.id)
    sentence = sa.select(Sentence.id).where(Sentence.article_id == article.id).limit(1)
    return {
        "project_id": project.id,
        "article_id": article.id,
        "sentence_id": session.execute(sentence).scalar_one(),
        "reviewer_id": actor.account_id,
        "version": 1,
        "status": "open",
        "is_flagged": False,
        "active_ms": 0,
        "suggestion_shown": False,
        "label_set_id": rules.label_set_id,
        "guideline_id": rules.guideline_id,
        "decided_at": article.imported_at,
    }


def test_a_label_has_its_key_alone_in_its_set(project, refused):
    refused(sa.update(Label).values(key="claim"), "(?i)unique")


def test_a_time_without_a_zone_is_refused(session):
    naive = datetime(2026, 3, 3)  # noqa: DTZ001 - that is the point

    with pytest.raises(sa.exc.StatementError, match="zone"):
        session.execute(sa.update(Account).values(created_at=naive))
