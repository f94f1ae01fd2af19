"""Turns: in the order asked for, so many at a time, and one writer among processes."""

import subprocess
import sys
import threading
import time

import pytest
from running import until

from db.errors import BusyError
from db.locking import Turns, file_lock

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
    lock, order, threads = Turns(), [], []

    def work(number):
        with lock.held(60):
            order.append(number)

    with lock.held(1):
        for number in range(20):
            threads.append(threading.Thread(target=work, args=(number,)))
            threads[-1].start()
            until(lambda: len(lock._line) == len(threads) + 1)
    for thread in threads:
        thread.join(60)

    assert order == list(range(20))


def test_so_many_have_their_turn_at_once_and_no_more():
    lock, n_inside, most, threads = Turns(3), [0], [0], []
    guard = threading.Lock()

    def work():
        with lock.held(60):
            with guard:
                n_inside[0] += 1
                most[0] = max(most[0], n_inside[0])
            time.sleep(0.01)
            with guard:
                n_inside[0] -= 1

    with lock.held(1), lock.held(1), lock.held(1):
        for _ in range(12):
            threads.append(threading.Thread(target=work))
            threads[-1].start()
        until(lambda: len(lock._line) == 15)
        assert most == [0]
    for thread in threads:
        thread.join(60)

    assert most == [3]


def test_who_waits_too_long_is_told_and_leaves_the_line():
    lock = Turns()
    with lock.held(1), pytest.raises(BusyError, match="busy"), lock.held(0.01):
        pass

    with lock.held(0):
        assert len(lock._line) == 1


def test_a_turn_ends_however_it_ends():
    lock = Turns()
    with pytest.raises(KeyboardInterrupt), lock.held(1):
        raise KeyboardInterrupt

    with lock.held(0):
        pass


def test_another_process_waits_for_the_file(elsewhere, tmp_path):
    began = time.monotonic()

    with pytest.raises(BusyError, match="Another process"), file_lock(tmp_path / "lock", 0.1):
        pass
    assert time.monotonic() - began < 30


def test_the_file_is_free_once_its_holder_is_done(elsewhere, tmp_path):
    elsewhere.stdin.close()

    with file_lock(tmp_path / "lock", 10):
        pass


def test_the_file_is_free_once_its_holder_was_killed(elsewhere, tmp_path):
    assert not taken(tmp_path / "lock")

    elsewhere.kill()

    until(lambda: taken(tmp_path / "lock"), seconds=5)
