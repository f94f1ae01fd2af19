"""SIGTERM and Ctrl+C end a command: what it was writing is put away, and the rest stays."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

TOLD = {
    signal.SIGTERM: b"workbench: Told to stop before it was done.\n",
    signal.SIGINT: b"workbench: Stopped by Ctrl+C before it was done.\n",
}
AGAIN = {
    signal.SIGTERM: signal.SIG_IGN,  # told twice, it is still putting away
    signal.SIGINT: signal.SIG_DFL,  # who presses it twice wants it to end at once
}


@contextmanager
def by_signal() -> Iterator[None]:
    """While a command runs: let SIGTERM and Ctrl+C unwind it, so that no half a file stays.

    It exits with what a shell calls the signal: 143, and 130.

    Whoever listens to the signal on their own, as the server does, may; afterwards it means what it
    meant before.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    process = os.getpid()

    def stop(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != process:  # a copy of this process has nothing of its own to put away
            os._exit(128 + number)
        kind = signal.Signals(number)
        signal.signal(kind, AGAIN[kind])
        with suppress(OSError):  # nobody may be there to read it
            os.write(2, b"\n" * os.isatty(2) + TOLD[kind])  # a stream may be within a line
        raise SystemExit(128 + number)

    before = {kind: signal.getsignal(kind) for kind in TOLD}
    heard = [kind for kind in TOLD if before[kind] is not signal.SIG_IGN]  # in the background
    for kind in heard:
        signal.signal(kind, stop)
    try:
        yield
    finally:
        for kind in heard:
            signal.signal(kind, before[kind])
