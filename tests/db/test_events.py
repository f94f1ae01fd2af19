"""Events are stored once, whichever database keeps them."""

import uuid

from db.queries import annotations, events


def _event(session, make, now):
    project, account = make.project(), make.account()
    article = make.article(project)
    keys = annotations.sentence_keys(
        session, project_id=project.id, article=article.public_id, start=0, end=4
    )
    rules = annotations.in_force(session, project_id=project.id)
    return {
        "op_id": str(uuid.uuid4()),
        "project_id": project.id,
        "sentence_id": keys.id,
        "reviewer_id": account.id,
        "act": "label",
        "version": 1,
        "old": None,
        "new": {"status": "labelled"},
        "label_set_id": rules.label_set_id,
        "guideline_id": rules.guideline_id,
        "active_ms": 10,
        "shown_at": None,
        "decided_at": None,
        "stored_at": now,
        "payload_hash": "",
        "prev_hash": "",
        "hash": "",
    }


def test_a_new_event_is_said_to_be_added(session, make, now):
    event = _event(session, make, now)

    assert events.append(session, event=event)
    assert events.by_op(session, op_id=event["op_id"]) == (event["reviewer_id"], "", 1)


def test_an_op_id_that_was_used_adds_nothing_and_says_so(session, make, now):
    event = _event(session, make, now)
    events.append(session, event=event)

    assert not events.append(session, event=event | {"version": 2})
