"""An environment with the tools that exports are made for, built once and kept.

`python tests/formats/tools/environment.py --write` writes its lock anew.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ASKED = HERE / "requirements.in"
LOCK = HERE / "requirements.txt"
# mlcroissant needs a library that is to be had as source alone; all else comes as wheels.
WHEELS = ("--only-binary", ":all:", "--no-binary", "jsonpath-rw")
MARK = "# of the dependencies with SHA-256 "


class NotToBeHadError(Exception):
    """The tools cannot be installed here; the message is one line."""


def digest() -> str:
    return hashlib.sha256(ASKED.read_bytes()).hexdigest()


def folder() -> Path:
    """Where the environment lies: another one for another lock or Python."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    name = hashlib.sha256(LOCK.read_bytes() + version.encode()).hexdigest()[:16]
    return cache / "workbench-tests" / name


def python() -> Path:
    """The Python of the environment; it is made where it is not there yet.

    Raises:
        NotToBeHadError: It cannot be made.
    """
    place = folder()
    found, ready = place / "bin" / "python", place / ".ready"
    if ready.exists():
        return found
    place.parent.mkdir(parents=True, exist_ok=True)
    with (place.parent / f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another worker may be at it
        if not ready.exists():
            _run([sys.executable, "-m", "venv", "--clear", str(place)])
            install = (str(found), "-m", "pip", "install", "--quiet", "--require-hashes")
            quiet = ("--disable-pip-version-check", "--retries", "1", *WHEELS)
            _run([*install, *quiet, "--requirement", str(LOCK)])
            ready.touch()
    return found


def _run(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        *_, last = done.stderr.strip().splitlines() or ["no word why"]
        message = f"the tools that exports are loaded with cannot be installed: {last}"
        raise NotToBeHadError(message)


def write() -> None:
    compiling = ("uv", "pip", "compile", "--universal", "--python-version", "3.11")
    plain = ("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-config", "--quiet")
    command = [sys.executable, "-m", *compiling, *plain, *WHEELS, str(ASKED)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE)
    head = f"# Written by environment.py; do not edit.\n{MARK}{digest()}\n"
    LOCK.write_text(head + done.stdout.replace(str(ASKED), ASKED.name))


if __name__ == "__main__":
    write()
