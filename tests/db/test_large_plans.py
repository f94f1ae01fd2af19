"""PostgreSQL goes to a reviewer's own events at once, whatever others have done since."""

import pytest
import sqlalchemy as sa

from db.models import AnnotationEvent, Guideline, LabelSet, Sentence
from db.models.naming import table
from db.queries import events

EVENTS = (3_000, 500)  # somebody's, and then somebody else's: statistics that mislead
INDEX = "ix_annotation_event_project_id"

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def paused(session, make, now):
    """Somebody whose events all lie before those of somebody else: their project and account."""
    project, first, second = make.project(), make.account(), make.account()
    make.article(project, sentences=("One.",))

    def key_of(model):
        return session.scalar(sa.select(model.id).where(model.project_id == project.id))

    common = {
        "project_id": project.id,
        "sentence_id": key_of(Sentence),
        "label_set_id": key_of(LabelSet),
        "guideline_id": key_of(Guideline),
        "act": "label",
        "new": {},
        "active_ms": 0,
        "stored_at": now,
        "payload_hash": "",
        "prev_hash": "",
        "hash": "",
    }
    rows = [
        {**common, "reviewer_id": who.id, "version": n + 1, "op_id": f"{who.id}-{n}"}
        for who, many in zip((first, second), EVENTS, strict=True)
        for n in range(many)
    ]
    session.connection().execute(sa.insert(table(AnnotationEvent)), rows)
    session.execute(sa.text("ANALYZE annotation_event"))
    return project.id, first.id


def plan(session, statement, **values):
    compiled = statement.compile(dialect=session.get_bind().dialect)
    rows = session.connection().exec_driver_sql(
        f"EXPLAIN {compiled}", {**compiled.params, **values}
    )
    return "\n".join(row[0] for row in rows)


def test_the_newest_event_is_found_through_the_index_on_people(session, paused):
    project_id, reviewer_id = paused
    values = {"project_id": project_id, "reviewer_id": reviewer_id}

    assert INDEX in plan(session, events._LATEST, **values)
    assert INDEX in plan(session, events._NEWEST, **values, before_id=events.AFTER_ALL, n=20)


def test_older_events_are_read_from_where_reading_stopped(session, paused):
    project_id, reviewer_id = paused
    values = {"project_id": project_id, "reviewer_id": reviewer_id}

    asked = plan(session, events._NEWEST, **values, before_id=1000, n=20)
    assert f"Index Cond: ((project_id = {project_id}) AND (ROW(reviewer_id, id) < ROW(" in asked
