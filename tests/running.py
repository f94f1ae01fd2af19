"""The real workbench as a process of its own: start it, wait until it answers, kill it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")
COMMAND = str(Path(sys.executable).parent / "workbench")
PATIENCE = 90.0  # a machine may be busy with other things while a server starts


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(ask: Callable[[], Answer], *, seconds: float = PATIENCE, what: str = "") -> Answer:
    """Ask again and again until the answer is true; fail with the last one after some seconds."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < deadline, f"{what or 'nothing'} within {seconds} s: {answer!r}"
        time.sleep(0.02)
    return answer


@dataclass
class Workbench:
    """A data folder and the server on it."""

    home: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    first_link: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"WORKBENCH_HOME": str(self.home)} | self.settings

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a command of the workbench on this data folder."""
        return subprocess.run(
            [COMMAND, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=240,
        )

    def start(self, *options: str) -> "Workbench":
        """Serve, and wait until it has printed where it is, which is once it answers."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [COMMAND, "serve", "--no-browser", "--port", str(self.port), *options],
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        self.first_link = self.process.stdout.readline().strip()
        assert self.first_link, (self.home / "server.log").read_text()[-2000:]
        return self

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as reply:
                return reply.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End it as a crash would."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to end, and wait until it has; its exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        self.process.send_signal(how)
        code = self.process.wait(timeout=PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None
        return code

    def link(self, name: str) -> str:
        """A fresh one-time sign-in link of an account."""
        return self.run("account", "link", name, "--base-url", self.url).stdout.strip()


@contextmanager
def serving(home: Path, *options: str, **settings: str) -> Iterator[Workbench]:
    """A running workbench on a data folder; it is stopped at the end."""
    workbench = Workbench(home, settings=settings)
    try:
        yield workbench.start(*options)
    finally:
        workbench.stop()
