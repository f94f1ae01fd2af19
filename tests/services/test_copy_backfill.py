"""What came in before copies were looked for gets its clusters later, as if at import."""

from contextlib import contextmanager

import pytest
from sqlmodel import col, delete, select, update

from db.models import Article, CopySignature, Sentence
from workbench.errors import NotAllowedError, NotFoundError
from workbench.services import copies, copy_backfill, importing
from workbench.services.permissions import OPERATOR, Actor, Role

PORT = "The port office said on Monday that 380 cranes had been moved from the quay."
NEAR = "The port office said on Tuesday that 412 cranes had been moved from the old quay."
FLOOD = "Residents of the lower town spoke of water that stood as high as the window sills."
ROAD = "Engineers expect the coastal road to stay shut until the retaining wall is rebuilt."
OTHERS = (
    "Analysts had forecast a smaller harvest after the long dry spell in early summer.",
    "A retired judge will lead the inquiry into how the bridge contract was awarded.",
    "Shares in the brewery fell sharply when its largest investor announced an exit.",
)
TEXTS = ((PORT, FLOOD), (NEAR, FLOOD, ROAD), (ROAD, OTHERS[0]), (OTHERS[1], OTHERS[2]))


@pytest.fixture
def open_session(session):
    """The test's own session, again and again."""

    @contextmanager
    def run():
        yield session
        session.flush()
        session.expire_all()

    return run


@pytest.fixture
def projects(session, make):
    """Two projects with the same articles."""
    found = [make.project(), make.project()]
    for project in found:
        batch = importing.begin_batch(session, project=project)
        for number, text in enumerate(TEXTS):
            prepared = importing.prepare(f"{number}.txt", "\n\n".join(text).encode())
            importing.store(
                session,
                actor=OPERATOR,
                project=project,
                prepared=prepared,
                batch=batch,
                now=make.now,
            )
    return found


def clusters(session, project):
    session.expire_all()
    rows = select(Sentence.wire_cluster).where(col(Sentence.project_id) == project.id)
    articles = select(Article.public_id, Article.wire_cluster).where(
        col(Article.project_id) == project.id
    )
    in_order = rows.order_by(col(Sentence.article_id), col(Sentence.position))
    return session.exec(in_order).all(), sorted(session.exec(articles).all(), key=str)


def forget(session, project):
    """As it was before wire copies were looked for."""
    session.exec(delete(CopySignature).where(col(CopySignature.project_id) == project.id))
    for table in (Sentence, Article):
        here = col(table.project_id) == project.id
        session.exec(update(table).where(here).values(wire_cluster=None))


def signatures(session):
    return len(session.exec(select(CopySignature)).all())


@pytest.mark.parametrize("at_once", [1, 3, 50])
def test_what_was_never_looked_at_becomes_what_an_import_makes(
    session, projects, open_session, monkeypatch, at_once
):
    monkeypatch.setattr(copy_backfill, "ARTICLES_A_TRANSACTION", at_once)
    expected, n_signatures = [clusters(session, one) for one in projects], signatures(session)
    assert any(expected[0][0])
    for one in projects:
        forget(session, one)
    done = list(copy_backfill.fill(open_session, actor=OPERATOR))

    assert sum(done) == 2 * len(TEXTS)
    assert [clusters(session, one) for one in projects] == expected
    assert signatures(session) == n_signatures


def test_it_goes_on_where_it_was_stopped_and_ends(session, projects, open_session, monkeypatch):
    monkeypatch.setattr(copy_backfill, "ARTICLES_A_TRANSACTION", 1)
    expected = clusters(session, projects[1])
    forget(session, projects[1])
    begun = copy_backfill.fill(open_session, actor=OPERATOR)
    assert next(begun) == 1
    begun.close()

    assert sum(copy_backfill.fill(open_session, actor=OPERATOR)) == len(TEXTS) - 1
    assert clusters(session, projects[1]) == expected
    assert list(copy_backfill.fill(open_session, actor=OPERATOR)) == []


def test_nothing_is_left_after_an_import(session, projects):
    assert copy_backfill.left(session, actor=OPERATOR) == []
    assert copies.note(session, project_id=projects[0].id, articles=[]) == {}


@pytest.mark.parametrize("role", [None, Role.REVIEWER, Role.ADJUDICATOR])
def test_only_who_may_import_may_look(session, make, projects, role):
    forget(session, projects[0])
    nobody = Actor(account_id=None, public_id="", name="nobody")
    actor = nobody if role is None else make.actor(projects[0], role=role)

    with pytest.raises((NotAllowedError, NotFoundError)):
        copy_backfill.left(session, actor=actor)
