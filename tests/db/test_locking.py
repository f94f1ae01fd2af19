"""One writer at a time: in the order asked for, and among processes."""

import subprocess
import sys
import threading
import time

import pytest
from running import until

from db.errors import BusyError
from db.locking import FairLock, file_lock

HOLDER = """
import sys
from pathlib import Path
from db.locking import file_lock
with file_lock(Path(sys.argv[1]), 5):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Another process that holds the lock until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    with holder:
        yield holder
        holder.kill()


def taken(path):
    try:
        with file_lock(path, 0):
            return True
    except BusyError:
        return False


def test_the_turn_goes_to_whoever_asked_first():
    lock, order, threads = FairLock(), [], []

    def work(number):
        with lock.held(10):
            order.append(number)

    with lock.held(1):
        for number in range(20):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            until(lambda: len(lock._turns) == len(threads) + 1)
    for thread in threads:
        thread.join(10)

    assert order == list(range(20))


def test_who_waits_too_long_is_told_and_leaves_the_line():
    lock = FairLock()
    with lock.held(1), pytest.raises(BusyError, match="busy"), lock.held(0.01):
        pass

    with lock.held(0):
        assert len(lock._turns) == 1


def test_a_turn_ends_however_it_ends():
    lock = FairLock()
    with pytest.raises(KeyboardInterrupt), lock.held(1):
        raise KeyboardInterrupt

    with lock.held(0):
        pass


def test_another_process_waits_for_the_file(elsewhere, tmp_path):
    began = time.monotonic()

    with pytest.raises(BusyError, match="Another process"), file_lock(tmp_path / "lock", 0.1):
        pass
    assert time.monotonic() - began < 5


def test_the_file_is_free_once_its_holder_is_done(elsewhere, tmp_path):
    elsewhere.stdin.close()

    with file_lock(tmp_path / "lock", 10):
        pass


def test_the_file_is_free_once_its_holder_was_killed(elsewhere, tmp_path):
    assert not taken(tmp_path / "lock")

    elsewhere.kill()

    until(lambda: taken(tmp_path / "lock"), seconds=5)
