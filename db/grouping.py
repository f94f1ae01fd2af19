"""Group commit: what several requests write at the same time is synced to the disk once.

On SQLite the sync of a COMMIT takes half of the time of a label, and more on a busy disk. Whoever
asks first leads: when the turn to write comes, all who wait by then go in one transaction.

On PostgreSQL each goes by itself: it syncs for several at once, and one connection for all would
keep everybody waiting for the ways of everybody else's statements to the server.
"""

import threading
from collections import deque
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session

from db.engine import WRITE_TIMEOUT, Engines, begun, transaction, writing
from db.errors import BusyError, DatabaseFault

MOST = 32  # works in one transaction: nobody waits for more than so many others

Result = TypeVar("Result")
_SHARED = "shared by the works of a group"


def shared(session: Session, name: Hashable, read: Callable[[], Result]) -> Result:
    """What is the same throughout a transaction: read once in it, for every work of a group.

    Args:
        session: The session that the work was given; in any other it is read each time.
        name: What it is; the same for all that may share it.
        read: Reads it; it must be nothing that the works themselves change.
    """
    known: dict[Hashable, Any] | None = session.info.get(_SHARED)
    if known is None:
        return read()
    if name not in known:
        known[name] = read()
    found: Result = known[name]
    return found


class _Job:
    """A work that waits: woken when it is done, when it is to lead, or to go by itself."""

    def __init__(self, work: Callable[[Session], Any]) -> None:
        self.work = work
        self.woken = threading.Event()
        self.leads = False
        self.results: list[Any] = []


class GroupCommit:
    """Runs works in write transactions, as many in one as are waiting.

    A work may be begun, undone and done again, so it must change nothing but the database.
    """

    def __init__(self, engines: Engines, *, refusals: tuple[type[Exception], ...] = ()) -> None:
        """Write to a database; `refusals` are what a work may raise that concerns it alone."""
        self.engines = engines
        self._faults: tuple[type[Exception], ...] = (
            *refusals,
            DatabaseFault,
            sa.exc.SQLAlchemyError,
        )
        self._guard = threading.Lock()
        self._waiting: deque[_Job] = deque()
        self._is_led = False

    def run(self, work: Callable[[Session], Result], *, timeout: float = WRITE_TIMEOUT) -> Result:
        """Do a work in a write transaction; returns after its COMMIT.

        When one of several raises, none of them is stored, and each goes again by itself: the
        error reaches the one whose it is.

        Raises:
            BusyError: The turn to write did not come in time.
        """
        if self.engines.path is None:
            return self._alone(work, timeout)
        job = _Job(work)
        if not self._join(job):
            self._wait(job, 2 * timeout)
        if job.leads:
            self._lead(job, timeout)
        if job.results:
            result: Result = job.results[0]
            return result
        return self._alone(work, timeout)

    def _alone(self, work: Callable[[Session], Result], timeout: float) -> Result:
        with transaction(self.engines, timeout=timeout) as session:
            session.info[_SHARED] = {}
            return work(session)

    def _join(self, job: _Job) -> bool:
        """Stand in the line; whether the job leads."""
        with self._guard:
            self._waiting.append(job)
            job.leads, self._is_led = not self._is_led, True
            return job.leads

    def _wait(self, job: _Job, timeout: float) -> None:
        if job.woken.wait(timeout):
            return
        with self._guard:
            if job in self._waiting and not job.leads:
                self._waiting.remove(job)
                message = f"The database was busy for {timeout:g} seconds. Try again."
                raise BusyError(message)
        job.woken.wait()  # it is being done at this moment

    def _lead(self, own: _Job, timeout: float) -> None:
        jobs: list[_Job] = []
        try:
            with writing(self.engines, timeout=timeout):
                jobs = self._take()  # only now: the longer the wait was, the more there are
                self._commit(jobs)
        finally:
            self._pass_on(own)
            for job in jobs:
                job.woken.set()

    def _take(self) -> list[_Job]:
        with self._guard:
            return [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            with begun(self.engines) as session:
                session.info[_SHARED] = {}
                results = [job.work(session) for job in jobs]
        except self._faults:
            if len(jobs) == 1:
                raise
            return  # nothing is stored: each goes by itself and meets its own error
        for job, result in zip(jobs, results, strict=True):
            job.results.append(result)

    def _pass_on(self, own: _Job) -> None:
        """Let the first who waits lead; without one, the next who comes does."""
        with self._guard:
            if own in self._waiting:  # the turn never came
                self._waiting.remove(own)
            self._is_led = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].woken.set()
