"""What the figures were measured on."""

import os
import platform
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests import chromium


def description() -> str:
    """The machine and the versions, as Markdown."""
    memory = psutil.virtual_memory().total / 2**30
    parts = {
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "Chromium": _chromium(),
        "measured": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    }
    lines = [f"- {name}: {value}" for name, value in parts.items()]
    also = "Server, browser and load share the machine; the load average stands below each table."
    return "\n".join(["# Benchmarks", "", *lines, "", also, ""])


def load_average() -> str:
    """How busy the machine was in the last minute, by whomever."""
    return f"Load average: {os.getloadavg()[0]:.1f}."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _chromium() -> str:
    path = chromium.found()
    if path is None:
        return "none"
    asked = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    words = asked.stdout.split()
    return next((word for word in words if word[:1].isdigit()), "unknown")
