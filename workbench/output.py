"""Standard output that is full or closed ends a command in a line, or in silence."""

import errno
import io
import sys
from typing import Any

from workbench.errors import OutputError


class _Output(io.FileIO):
    """Says of a failure that it was the output: to others a pipe or a disk is any pipe or disk."""

    has_failed = False

    def write(self, content: Any, /) -> int:
        if self.has_failed:  # what is still in a buffer at the end
            return len(content)
        try:
            return super().write(content)
        except OSError as error:
            self.has_failed = True
            message = (
                f"Standard output could not be written ({error.strerror}), so what was printed is "
                "not complete."
            )
            raise OutputError(message, is_left=error.errno == errno.EPIPE) from error


def told() -> io.TextIOWrapper:
    """Standard output as it is, but for how it fails: by an `OutputError`."""
    before = sys.stdout
    encoding = before.encoding if before else "utf-8"
    errors = before.errors if before else "strict"
    file = io.BufferedWriter(_Output(1, "wb", closefd=False))
    is_shown = before is not None and before.isatty()
    return io.TextIOWrapper(file, encoding=encoding, errors=errors, line_buffering=is_shown)
