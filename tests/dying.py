"""A command of the workbench that is killed after its n-th statement: `dying.py N WORDS...`."""

import os
import signal
import sys
from typing import Any

import sqlalchemy as sa

from workbench.cli import main

left = int(sys.argv[1])


@sa.event.listens_for(sa.Engine, "after_cursor_execute")
def count(*_: Any) -> None:
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


main(sys.argv[2:], prog_name="workbench")
