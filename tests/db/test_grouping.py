"""Group commit: one COMMIT for all who wait, and everybody's own answer."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from db.engine import engines, reading, transaction, writing
from db.errors import BusyError
from db.grouping import MOST, GroupCommit, shared

COUNT = sa.text("SELECT count(*) FROM note")
PATIENCE = 60.0  # seconds: only a fault takes so long


class RefusedError(Exception):
    """A work's own error."""


@pytest.fixture
def notes(empty_url):
    """A table to write to, and a way to write to it together."""
    pair = engines(empty_url)
    with pair.write.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE note (number INTEGER PRIMARY KEY)")
    return GroupCommit(pair, refusals=(RefusedError,))


def note(number, *, refused=False):
    def work(session):
        session.execute(sa.text("INSERT INTO note VALUES (:number)"), {"number": number})
        if refused:
            raise RefusedError(number)
        return number

    return work


def stored(group):
    with reading(group.engines) as session:
        return session.execute(COUNT).scalar_one()


def count_commits(group):
    commits = []
    sa.event.listen(group.engines.write, "commit", commits.append)
    return commits


def while_nobody_can_write(group, works):
    """Ask for all of them while the turn to write is held; their futures, all done."""
    with ThreadPoolExecutor(len(works)) as pool, writing(group.engines):
        futures = [pool.submit(group.run, work) for work in works]
        deadline = time.monotonic() + PATIENCE
        while len(group._waiting) < len(works) and time.monotonic() < deadline:
            time.sleep(0.005)
    return futures


def while_another_is_busy(group, works):
    """Ask for all of them while one work holds a transaction open; their results."""
    is_begun, may_end = threading.Event(), threading.Event()

    def slow(session):
        note(1000)(session)
        is_begun.set()
        assert may_end.wait(PATIENCE)

    with ThreadPoolExecutor(len(works) + 1) as pool:
        busy = pool.submit(group.run, slow)
        assert is_begun.wait(PATIENCE)
        futures = [pool.submit(group.run, work) for work in works]
        deadline = time.monotonic() + PATIENCE
        while len(group._waiting) < len(works) and time.monotonic() < deadline:
            time.sleep(0.005)
        may_end.set()
        busy.result(timeout=PATIENCE)
        return [future.result(timeout=PATIENCE) for future in futures]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_comes_while_others_write_goes_together(notes):
    commits = count_commits(notes)

    assert while_another_is_busy(notes, [note(number) for number in range(12)]) == list(range(12))
    assert stored(notes) == 13
    assert len(commits) == 2


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_all_would_read_alike_is_read_once_for_a_group(notes):
    reads = []

    def work(session):
        return shared(session, "rules", lambda: reads.append(1) or len(reads))

    assert while_another_is_busy(notes, [work] * 6) == [1] * 6
    assert notes.run(work) == 2
    with transaction(notes.engines) as session:  # no group: nothing is kept
        assert [work(session), work(session)] == [3, 4]


def test_what_a_work_reads_twice_is_read_once(notes):
    reads = []

    def work(session):
        return [shared(session, "rules", lambda: reads.append(1) or len(reads)) for _ in range(2)]

    assert [notes.run(work), notes.run(work)] == [[1, 1], [2, 2]]


def test_each_gets_the_result_of_its_own_work(notes):
    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda number: notes.run(note(number)), range(200)))
    assert results == list(range(200))
    assert stored(notes) == 200


def test_it_is_stored_when_the_answer_is_there(notes):
    notes.run(note(1))
    assert stored(notes) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_all_who_wait_are_committed_together(notes):
    commits = count_commits(notes)
    while_nobody_can_write(notes, [note(number) for number in range(12)])
    assert stored(notes) == 12
    assert len(commits) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_long_line_is_taken_in_parts(notes):
    commits = count_commits(notes)
    while_nobody_can_write(notes, [note(number) for number in range(MOST + 1)])
    assert stored(notes) == MOST + 1
    assert len(commits) == 2


def test_a_refused_work_leaves_nothing_and_the_others_everything(notes):
    works = [note(number, refused=number == 3) for number in range(8)]
    futures = while_nobody_can_write(notes, works) if notes.engines.path else None
    if futures is None:
        with ThreadPoolExecutor(8) as pool:
            futures = [pool.submit(notes.run, work) for work in works]
    errors = {i: future.exception() for i, future in enumerate(futures) if future.exception()}

    assert list(errors) == [3]
    assert isinstance(errors[3], RefusedError)
    assert stored(notes) == 7


def test_a_broken_rule_of_the_schema_reaches_the_one_who_broke_it(notes):
    notes.run(note(1))
    with pytest.raises(sa.exc.IntegrityError):
        notes.run(note(1))
    notes.run(note(2))
    assert stored(notes) == 2


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_who_gets_no_turn_is_told_so_and_the_next_one_leads(notes):
    with writing(notes.engines), ThreadPoolExecutor(1) as pool:
        late = pool.submit(notes.run, note(1), timeout=0.05)
        with pytest.raises(BusyError):
            late.result(timeout=PATIENCE)
    assert notes.run(note(2)) == 2
    assert stored(notes) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_error_that_nobody_foresaw_stops_nobody_else(notes):
    def broken(_session):
        raise ZeroDivisionError

    futures = while_nobody_can_write(notes, [broken, note(1), note(2)])
    assert isinstance(futures[0].exception(), ZeroDivisionError)
    assert notes.run(note(3)) == 3
