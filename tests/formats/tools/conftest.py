"""What loads an export with the tool it is for, in the environment made for that."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.formats.tools import environment

LOADING = Path(__file__).with_name("loading.py")


@pytest.fixture(scope="session")
def tools() -> Path:
    """The Python that has the tools."""
    try:
        return environment.python()
    except environment.NotToBeHadError as error:
        pytest.skip(str(error))


@pytest.fixture
def load(tools: Path, tmp_path: Path):
    """Load a folder with a tool, by the name of its function in loading.py."""

    def loaded(name: str, folder: Path):
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        command = [str(tools), str(LOADING), name, str(folder)]
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**kept, "HOME": str(tmp_path), "PYTHONWARNINGS": "ignore"},
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.splitlines()[-1])

    return loaded
