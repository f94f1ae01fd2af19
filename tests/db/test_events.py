"""Events are stored once, whichever database keeps them."""

import uuid

from db.queries import annotations


def _event(session, make, now):
    project, account = make.project(), make.account()
    article = make.article(project)
    keys = annotations.sentence_keys(
        session, project_id=project.id, article=article.public_id, start=0, end=4
    )
    label_set_id, guideline_id = annotations.rule_ids(session, project_id=project.id)
    return {
        "op_id": str(uuid.uuid4()),
        "project_id": project.id,
        "sentence_id": keys.id,
        "reviewer_id": account.id,
        "act": "label",
        "version": 1,
        "old": None,
        "new": {"status": "labelled"},
        "label_set_id": label_set_id,
        "guideline_id": guideline_id,
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

    assert annotations.append(session, event=event)
    assert list(annotations.events_by_op(session, op_ids=[event["op_id"]])) == [event["op_id"]]


def test_an_op_id_that_was_used_adds_nothing_and_says_so(session, make, now):
    event = _event(session, make, now)
    annotations.append(session, event=event)

    assert not annotations.append(session, event=event | {"version": 2})
