"""A command of the workbench as a process of its own: how long it takes, and how much memory."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests import running


@dataclass(frozen=True)
class Finished:
    """What a command took."""

    seconds: float
    peak_mb: float
    cpu_seconds: float


def run(home: Path, *words: str) -> Finished:
    """Run a command on a data folder; it must succeed."""
    environment = os.environ | {"WORKBENCH_HOME": str(home)}
    with (home / "command.log").open("w+") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [running.COMMAND, *words], env=environment, stdout=subprocess.DEVNULL, stderr=log
        )
        _, status, used = os.wait4(process.pid, 0)  # unlike wait(): with this child's own peak
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, (home / "command.log").read_text()[-500:]
    return Finished(seconds, used.ru_maxrss / 1000, used.ru_utime + used.ru_stime)
