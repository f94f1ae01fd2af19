"""`workbench db check`: whatever was changed behind the workbench's back is found and named."""

import sqlite3

import pytest
import sqlalchemy as sa
from loop import TEXT, Act, Desk, op

from db.engine import checkpoint, examining, reading
from workbench.errors import NotAllowedError
from workbench.services import checking
from workbench.services.permissions import OPERATOR

UNGUARDED = {
    "sqlite": [
        "DROP TRIGGER annotation_event_no_update",
        "DROP TRIGGER annotation_event_no_delete",
        "DROP TRIGGER audit_event_no_update",
        "DROP TRIGGER audit_event_no_delete",
    ],
    "postgresql": [
        "DROP TRIGGER annotation_event_append_only ON annotation_event",
        "DROP TRIGGER audit_event_append_only ON audit_event",
    ],
}
FIRST_EVENT = "(SELECT min(id) FROM annotation_event)"


@pytest.fixture
def desk(own_engines, now):
    """Two articles; a reviewer who decided, changed their mind, skipped, commented and cleared."""
    desk = Desk(own_engines, now)
    one, two, three, four, *_ = desk.sentences = desk.bring(TEXT, "Other news.\nCame later.\n")
    desk.send(
        op(one, labels=("claim", "dispute"), active_ms=500, check_worthiness=1),
        op(four, labels=("claim",), copied_from=one),
        op(one, 1, labels=("claim",), active_ms=250),
        op(two, act=Act.SKIP, reason="menu"),
        op(three, labels=("dispute",), comment="why"),
        op(three, 1, Act.CLEAR),
    )
    return desk


def change(desk, *statements):
    kind = desk.engines.write.dialect.name
    with desk.transaction() as session:
        for statement in (*UNGUARDED[kind], *statements):
            session.execute(sa.text(statement.replace("FIRST", FIRST_EVENT)))


def found(desk):
    with reading(desk.engines) as session:
        return list(checking.faults(session, actor=OPERATOR))


def test_a_database_that_nobody_touched_has_no_faults(desk):
    assert found(desk) == []


ARTICLE, SOURCE, SENTENCE, PROJECT = "article", "article_source", "sentence", "project"
ANNOTATION, ANNOTATION_EVENT = "annotation", "annotation_event"
MEMBERSHIP, AUDIT_EVENT = "membership", "audit_event"
CHANGES = [
    ("UPDATE article SET text = replace(text, 'One', 'Two')", ARTICLE, "text"),
    ("UPDATE article SET text = text || ' and more'", SENTENCE, "in no segment"),
    ("UPDATE article SET text = 'One'", SENTENCE, "outside its text"),
    ("UPDATE article SET sha256 = substr(sha256, 1, 63) || 'x'", SOURCE, "bytes"),
    ("UPDATE article SET public_id = 'x' || public_id", ARTICLE, "id"),
    ("UPDATE article_source SET raw = (SELECT min(raw) FROM article_source)", SOURCE, "SHA"),
    ("DELETE FROM article_source", SOURCE, "missing"),
    ("UPDATE article SET n_queued = n_queued - 1", ARTICLE, "counts"),
    ("UPDATE sentence SET start = start + 1 WHERE position = 1", SENTENCE, "in no segment"),
    ("UPDATE sentence SET start = 2 WHERE position = 1", SENTENCE, "before the segment before"),
    ("UPDATE sentence SET position = 99 WHERE position = 1", SENTENCE, "number 99"),
    ("UPDATE sentence SET is_queued = (position > 0)", PROJECT, "queue"),
    ("UPDATE project SET n_queued = n_queued + 1", PROJECT, "queue"),
    ("UPDATE sentence SET is_retired = (1 = 1) WHERE position = 1", SENTENCE, "still has its"),
    ("UPDATE sentence SET is_retired = (1 = 1), position = -1 - id", SENTENCE, "became"),
    ("UPDATE annotation_event SET active_ms = 7 WHERE id = FIRST", ANNOTATION_EVENT, "hash"),
    ("UPDATE annotation_event SET new = '{}' WHERE id = FIRST", ANNOTATION_EVENT, "hash"),
    ("UPDATE annotation_event SET hash = prev_hash WHERE id = FIRST", ANNOTATION_EVENT, "chained"),
    ("DELETE FROM annotation_event WHERE id = FIRST", ANNOTATION, "missing"),
    ("DELETE FROM annotation_event WHERE version = 2", MEMBERSHIP, "newest event"),
    ("UPDATE membership SET chain_hash = ''", MEMBERSHIP, "newest event"),
    ("UPDATE membership SET n_events = 4", MEMBERSHIP, "4 events"),
    ("UPDATE membership SET active_ms = 1", MEMBERSHIP, "1 ms"),
    ("UPDATE membership SET n_done = 7", MEMBERSHIP, "7 sentences done"),
    ("UPDATE membership SET queue_mark = queue_mark + 9000000000000", MEMBERSHIP, "still to do"),
    ("DELETE FROM membership", MEMBERSHIP, "no member"),
    ("UPDATE annotation SET status = 'open'", ANNOTATION, "status"),
    ("UPDATE annotation SET version = 9", ANNOTATION, "version"),
    ("UPDATE annotation SET check_worthiness = 2", ANNOTATION, "check_worthiness"),
    ("UPDATE annotation SET comment = 'other'", ANNOTATION, "comment"),
    ("UPDATE annotation SET mention_start = 0, mention_end = 2", ANNOTATION, "mention"),
    ("UPDATE annotation SET is_flagged = (1 = 1)", ANNOTATION, "flag"),
    ("UPDATE annotation SET skip_reason = 'other'", ANNOTATION, "reason"),
    ("UPDATE annotation SET active_ms = 9999", ANNOTATION, "active_ms"),
    ("UPDATE annotation SET decided_at = '2020-01-01 00:00:00.000000'", ANNOTATION, "decided_at"),
    ("DELETE FROM annotation_label", ANNOTATION, "labels"),
    ("DELETE FROM annotation_origin", ANNOTATION, "whose answer"),
    ("UPDATE annotation_origin SET sentence_id = sentence_id + 1", ANNOTATION, "whose answer"),
    ("UPDATE annotation_label SET label_id = (SELECT max(id) FROM label)", ANNOTATION, "labels"),
    ("UPDATE annotation SET article_id = (SELECT max(id) FROM article)", ANNOTATION, "another"),
    ("UPDATE audit_event SET details = '{}'", AUDIT_EVENT, "hash"),
    ("UPDATE audit_event SET act = 'nothing'", AUDIT_EVENT, "hash"),
    ("UPDATE audit_event SET project = 'another'", AUDIT_EVENT, "another project"),
    ("DELETE FROM audit_event WHERE prev_hash = ''", AUDIT_EVENT, "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "table", "words"), CHANGES)
def test_a_change_is_found_in_its_table(desk, statement, table, words):
    change(desk, statement)

    assert [fault for fault in found(desk) if fault.table == table and words in fault.what]


def test_an_annotation_that_is_gone_is_found_by_its_events(desk):
    change(
        desk,
        "DELETE FROM annotation_label",
        "DELETE FROM annotation_origin",
        "DELETE FROM annotation",
    )

    whats = {fault.what for fault in found(desk) if fault.table == "annotation"}
    assert whats == {"its events are there and it is not"}


def test_the_row_is_named_by_its_public_id_and_no_other_row_is(desk):
    change(desk, "UPDATE article SET text_sha256 = '' WHERE id = (SELECT min(id) FROM article)")

    ids = {sentence.partition(":")[0] for sentence in desk.sentences}
    ((table, row),) = [(fault.table, fault.row) for fault in found(desk)]
    assert table == "article"
    assert row in ids


def test_an_event_that_was_changed_is_named_and_those_after_it_are_not(desk):
    change(desk, "UPDATE annotation_event SET act = 'flag' WHERE id = FIRST")

    events = [fault.row for fault in found(desk) if fault.table == "annotation_event"]
    assert events == [desk.events()[0].op_id]


def test_a_fault_says_no_word_of_what_was_written(desk):
    change(desk, "UPDATE article SET text = 'secret'", "UPDATE annotation SET comment = 'secret'")

    said = "\n".join(str(fault) for fault in found(desk))
    assert said
    assert "secret" not in said


def test_it_says_how_much_it_looked_at(desk):
    looked = []
    with reading(desk.engines) as session:
        extent = checking.extent(session, actor=OPERATOR)
        list(checking.faults(session, actor=OPERATOR, done=looked.append))

    assert (extent.n_articles, extent.n_events, extent.n_annotations) == (2, 6, 4)
    assert sum(looked) == extent.steps


def test_many_rows_are_looked_at_piece_by_piece(desk, monkeypatch):
    monkeypatch.setattr("db.queries.check_events.CHUNK", 2)
    assert found(desk) == []

    change(
        desk, "UPDATE annotation SET version = 9", "DELETE FROM annotation_event WHERE id = FIRST"
    )
    assert len([fault for fault in found(desk) if fault.table == "annotation"]) == 4


@pytest.mark.parametrize("ask", [checking.extent, lambda *a, **k: list(checking.faults(*a, **k))])
def test_only_who_runs_the_installation_may_look(desk, ask):
    with reading(desk.engines) as session, pytest.raises(NotAllowedError):
        ask(session, actor=desk.reviewer)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE article SET text = CAST(x'ff' || text AS TEXT)",
        "UPDATE annotation_event SET new = CAST(x'ff' AS TEXT)",
        "UPDATE annotation_event SET stored_at = 'yesterday'",
        "UPDATE annotation SET decided_at = 'never', comment = CAST(x'fe' AS TEXT)",
        "UPDATE audit_event SET at = '', details = '{'",
        "UPDATE sentence SET start = 'x' WHERE position = 0",
    ],
)
def test_values_that_cannot_be_are_found_and_not_stumbled_over(desk, statement):
    with sqlite3.connect(desk.engines.path) as raw:
        for unguard in UNGUARDED["sqlite"]:
            raw.execute(unguard)
        raw.execute("PRAGMA ignore_check_constraints=ON")
        raw.execute(statement)
    raw.close()

    with examining(desk.engines) as session:
        assert list(checking.faults(session, actor=OPERATOR))


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_pages_that_were_overwritten_are_found(desk):
    checkpoint(desk.engines)
    desk.engines.dispose()
    content = bytearray(desk.engines.path.read_bytes())
    content[8 * 4096 : 10 * 4096] = b"\x05" * 8192
    desk.engines.path.write_bytes(content)

    with examining(desk.engines) as session:
        assert list(checking.faults(session, actor=OPERATOR))
