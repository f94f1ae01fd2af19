"""Turns among threads, in the order they are asked for; and one writer among processes."""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from db.errors import BusyError

POLL_SECONDS = 0.002


class Turns:
    """So many at a time, in the order they ask; neither `threading` nor a pool promises an order.

    Where whoever comes may overtake whoever waits, some wait many times as long as the others.
    """

    def __init__(self, n: int = 1) -> None:
        """Start free, for `n` at a time."""
        self._n = n
        self._guard = threading.Lock()
        self._line: deque[threading.Event] = deque()

    @contextmanager
    def held(self, timeout: float) -> Iterator[None]:
        """Wait for the turn at most `timeout` seconds.

        Raises:
            BusyError: The turn did not come in time.
        """
        turn = threading.Event()
        with self._guard:
            self._line.append(turn)
            self._call()
        try:
            if not turn.wait(timeout):
                message = f"The database was busy for {timeout:g} seconds. Try again."
                raise BusyError(message)
            yield
        finally:
            with self._guard:
                self._line.remove(turn)
                self._call()

    def _call(self) -> None:
        for turn in islice(self._line, self._n):
            turn.set()


@contextmanager
def file_lock(path: Path, timeout: float) -> Iterator[None]:
    """Hold an exclusive lock on a file, among all processes of this machine.

    SQLite up to 3.51.2 can lose committed pages when two processes write or checkpoint at the same
    instant (sqlite.org/changes.html, 3.53.0 item 1): with one writer at a time they never do.

    Raises:
        BusyError: Another process held it for `timeout` seconds.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, time.monotonic() + timeout, timeout)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, deadline: float, timeout: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                message = f"Another process has been writing for {timeout:g} seconds. Try again."
                raise BusyError(message) from None
            time.sleep(POLL_SECONDS)
        else:
            return
