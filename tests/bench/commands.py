"""A command of the workbench as a process of its own: how long it takes, and how much memory."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests import running

LOOK = 0.005  # seconds between two looks at the memory


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
        peak_mb = 0.0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            peak_mb = max(peak_mb, _peak_mb(process.pid))
            time.sleep(LOOK)
        seconds = time.perf_counter() - started
        _, status, used = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, (home / "command.log").read_text()[-500:]
    return Finished(seconds, peak_mb, used.ru_utime + used.ru_stime)


def _peak_mb(pid: int) -> float:
    """The most that a process has had in memory since it began.

    What `wait4` tells of it begins with the memory of the process that started it.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0.0
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.M)
    return int(found[1]) / 1000 if found else 0.0
