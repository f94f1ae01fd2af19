"""What several commands need: the project option, the database, a transaction with its clock."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from db.engine import Engines, Session, database_now, transaction
from workbench import address, starting
from workbench.errors import InputError
from workbench.settings import settings
from workbench.text.visible import visible
from workbench.whole_numbers import MOST, whole

if TYPE_CHECKING:
    from workbench.formats.final_labels import LabelChoice

PROJECT = click.option(
    "--project", metavar="SLUG", help="The project; needed if there are several."
)


def _reached(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    if given is None or not given.strip():
        return address.known(settings().home)
    if not address.is_one(given):
        told = f"'{given[:40]}' is no address. Write it as https://labels.example.org."
        raise click.BadParameter(told)
    return given.rstrip("/")


BASE_URL = click.option(
    "--base-url",
    callback=_reached,
    help="How the browser reaches the workbench; where it runs here, if left out.",
)


class Whole(click.types.IntParamType):
    """A whole number within bounds; what lies beyond them reaches no query and no file."""

    name = "number"

    def __init__(self, least: int = 1, most: int = MOST) -> None:
        """From `least` to `most`."""
        self.min, self.max = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Refuse what is none, or lies beyond."""
        written = str(value).strip()
        number = whole(written, most=self.max)
        if number is None or number < self.min:
            told = f"'{written[:20]}' is not a whole number from {self.min} to {self.max}."
            self.fail(told, param, ctx)
        return number


NUMBER = Whole()
"""The number of a thing: an import, a snapshot, an invitation."""


class NamedPath(click.Path):
    """A file or folder by its name; an empty name, which would mean this very folder, is none."""

    def __init__(self, kind: type[Path] | type[str] = Path) -> None:
        """Hand out a `Path`, or the word itself where it can be something else than a name."""
        super().__init__(path_type=kind)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Refuse an empty name, and one that no disk can hold."""
        if value == "":
            self.fail(
                "An empty name is no file and no folder. Write . for this folder.", param, ctx
            )
        try:
            os.lstat(value)
        except OSError as error:
            if error.errno == errno.ENAMETOOLONG:
                self.fail(f"'{str(value)[:20]}…' is too long for a name.", param, ctx)
        return super().convert(value, param, ctx)


def say(line: object, *, err: bool = False) -> None:
    """Print a line, tabs between its columns: nothing in it acts on the terminal that shows it."""
    click.echo(visible(str(line), keeps="\t"), err=err)


def database() -> Engines:
    """The database, ready for use."""
    pair, _ = starting.prepare(settings())
    return pair


@contextmanager
def writing() -> Iterator[tuple[Session, datetime]]:
    """One write transaction and its time."""
    with transaction(database()) as session:
        yield session, database_now(session)


def label_choice(labels: str) -> "LabelChoice":
    """Whose labels, from what `--labels` was given.

    Raises:
        InputError: There is no such choice.
    """
    from workbench.formats.final_labels import LabelChoice

    try:
        return LabelChoice(labels)
    except ValueError:
        message = f"There is no --labels {labels}. Choose gold, majority or all."
        raise InputError(message) from None


def put(chunks: Iterator[bytes], out: str) -> None:
    """Write to a file, whole or not at all, and say its SHA-256; '-' is standard output."""
    from workbench.services.files import write_atomically

    if out == "-":
        for chunk in chunks:
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    else:
        digest = write_atomically(Path(out), chunks)
        say(f"{digest}  {out}", err=True)
