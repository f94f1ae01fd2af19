"""What holds a project's row keeps nobody from labelling: on PostgreSQL, where rows are locked."""

import pytest
from conftest import NOON
from loop import Desk, op

from db.queries import projects
from workbench.services import importing
from workbench.services.permissions import OPERATOR


@pytest.fixture
def engine_name():
    return "postgresql"


@pytest.fixture
def desk(own_engines):
    return Desk(own_engines, NOON)


def test_a_label_is_stored_while_somebody_holds_the_project(desk):
    first, *_ = desk.bring("One was.\nTwo were.\n")
    with desk.transaction() as holding:
        projects.lock(holding, project_id=desk.project.id)
        (ack,) = desk.at_once(lambda: desk.send_one(op(first, labels=("claim",))))
    assert ack.status == "applied"


def test_a_label_is_stored_while_an_article_is_being_stored(desk):
    first, *_ = desk.bring("One was.\nTwo were.\n")
    coming = importing.prepare("next.txt", b"Three are.\n")
    with desk.transaction() as holding:
        batch = importing.begin_batch(holding, project=desk.project)
        importing.store(
            holding,
            actor=OPERATOR,
            project=desk.project,
            prepared=coming,
            batch=batch,
            now=desk.now,
        )
        (ack,) = desk.at_once(lambda: desk.send_one(op(first, labels=("claim",))))
    assert ack.status == "applied"
