"""The program `workbench`, from its first moment to its last: no key press shows a traceback."""

import os
import signal
import sys


def run() -> None:
    """Run the command line; it ends the process."""
    # While modules are loaded, and again once all is done, nothing has to be put away: Ctrl+C
    # simply ends the process. In between `workbench.stopping` listens.
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    _open_what_is_closed()
    from workbench import output
    from workbench.cli import main

    sys.stdout = output.told()
    main(prog_name="workbench")


def _open_what_is_closed() -> None:
    """Keep the three numbers of the standard streams from being given to a file of ours."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:  # the lowest number that is free is the one that is given
            os.open(os.devnull, os.O_RDONLY if number < 2 else os.O_WRONLY)


if __name__ == "__main__":
    run()
