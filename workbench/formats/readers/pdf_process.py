"""PDF files are read in a process apart: whatever a file does to the library, ours lives.

What a page unpacks to is not known before the library has unpacked it, and a library in C that
runs out of memory ends its process. So there is a process that does nothing but wait for files.
For each it makes a copy of itself, which has so much memory and time and no more, reads the one
file and ends. It is started with the first file, and ends when none came for a minute.
"""

import atexit
import errno
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from workbench.formats.readers.pdf_pages import Bounds, Printed, read
from workbench.formats.readers.record import ReaderError

IDLE = 60.0  # seconds without a file until the process ends
CLOCK = 3  # times the processor time may pass while others have the processor
_TALK = 1_000  # bytes of a request, and of an answer
_ANSWER = 100_000_000  # bytes of what a file says, at most
_START = "from workbench.formats.readers.pdf_process import serve; serve()"
_KEPT = ("LD_LIBRARY_PATH", "PYTHONHOME")  # where Python finds its own
_TOO_MUCH = (
    "The PDF file unpacks to more than an article holds, or is damaged. "
    "Take the article out, or save it anew."
)
_TOO_LONG = "Reading the PDF file takes longer than an article should. Take the article out of it."


class LimitError(ReaderError):
    """Reading it took more memory or time than there is, or ended the process."""


class Apart:
    """Has PDF files read in a process apart, one at a time."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._one_at_a_time = threading.Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def process_id(self) -> int | None:
        """The process that waits for files; None before the first one."""
        return self._process.pid if self._process else None

    def read(self, data: bytes, bounds: Bounds) -> Printed:
        """The text of a PDF file.

        Raises:
            LimitError: Reading it took more than the bounds allow, or ended the process.
            ReaderError: It is damaged, protected by a password, or very long.
            OSError: There is no process, or no room for a temporary file.
        """
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
            given.write(data)
            given.flush()
            with self._one_at_a_time:
                status = self._ask(given, answer, bounds)
            if status in (-signal.SIGXCPU, -signal.SIGALRM):
                raise LimitError(_TOO_LONG)
            if status:
                raise LimitError(_TOO_MUCH)
            answer.seek(0)
            found = json.load(answer)
        if "refused" in found:
            raise ReaderError(found["refused"])
        return Printed(found["text"], found["title"], tuple(found["problems"]))

    def _ask(self, given: IO[bytes], answer: IO[bytes], bounds: Bounds) -> int:
        """How the copy that read the file ended: its exit code, or a signal below zero."""
        request = json.dumps(asdict(bounds)).encode()
        # The one that waits reads no file: it has gone because it waited long, and another comes.
        for _ in range(2):
            line = self._line or self._start()
            with suppress(ConnectionError):
                socket.send_fds(line, [request], [given.fileno(), answer.fileno()])
                if status := line.recv(_TALK):
                    return int(status)
            self.close()
        raise OSError(errno.ECHILD, "the process that reads PDF files does not start")

    def _start(self) -> socket.socket:
        # Nothing of our surroundings, which name the database, is there to be read.
        surroundings = {name: os.environ[name] for name in _KEPT if name in os.environ}
        surroundings["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        line, other = socket.socketpair()
        with other:
            self._process = subprocess.Popen(  # noqa: S603 - this Python and our own words
                [sys.executable, "-P", "-c", _START],
                env=surroundings,
                stdin=other.fileno(),
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C in a terminal is for the command alone
            )
        self._line = line
        return line

    def close(self) -> None:
        """End the process, whatever it is doing; the next file starts another."""
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._process is not None:
            with suppress(OSError):  # it has ended
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None


apart = Apart()
"""The one of this process."""

atexit.register(apart.close)


def serve() -> None:
    """Wait for files, and have a copy of this process read each; until nobody asks any more.

    The standard input is the line to whoever asks.
    """
    import pypdfium2  # noqa: F401 - the copies have it from the start

    with socket.socket(fileno=0) as line:
        line.settimeout(IDLE)
        while True:
            try:
                request, files, _, _ = socket.recv_fds(line, _TALK, 2)
            except TimeoutError:
                return
            if not request:
                return
            copy = os.fork()
            if not copy:
                _end(files[0], files[1], Bounds(**json.loads(request)))
            for file in files:
                os.close(file)
            _, status = os.waitpid(copy, 0)
            line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _end(given: int, answer: int, bounds: Bounds) -> None:
    """Read one file and end."""
    status = 1
    try:
        limit(bounds)
        with open(given, "rb") as file:
            file.seek(0)
            data = file.read()
        try:
            found = asdict(read(data, bounds))
        except ReaderError as error:
            found = {"refused": str(error)}
        with open(answer, "w", encoding="ascii") as out:
            json.dump(found, out)
        status = 0
    except MemoryError:
        status = 2
    finally:  # whatever happens, a copy never goes on where its original is
        if status == 1:
            traceback.print_exc()
        os._exit(status)


def limit(bounds: Bounds) -> None:
    """Let this process take so much and no more, from now on and for good."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_ANSWER, _ANSWER))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    with suppress(ValueError, OSError):  # not every system counts it
        resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    signal.alarm(CLOCK * bounds.seconds)
