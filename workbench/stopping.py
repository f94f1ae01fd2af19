"""SIGTERM ends a command as Ctrl+C does: what it was writing is put away, and the rest stays."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

EXIT_CODE = 128 + signal.SIGTERM  # what a shell calls it
TOLD = b"workbench: Told to stop before it was done.\n"


@contextmanager
def by_signal() -> Iterator[None]:
    """While a command runs: let SIGTERM unwind it, so that no half a file stays, and exit 143.

    Whoever listens to the signal on their own, as the server does, may; afterwards it means what it
    meant before.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    process = os.getpid()

    def stop(number: int, _frame: FrameType | None) -> None:
        if os.getpid() != process:  # a copy of this process has nothing of its own to put away
            os._exit(EXIT_CODE)
        signal.signal(number, signal.SIG_IGN)  # told twice, it is still putting away
        os.write(2, TOLD)  # a stream may be in the middle of a line
        raise SystemExit(EXIT_CODE)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
