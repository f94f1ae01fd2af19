"""The command `workbench`: one function per command."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from workbench import stopping
from workbench.commands import (
    accounts,
    articles,
    audit,
    database,
    doctor,
    export,
    join,
    projects,
    serve,
    snapshots,
)
from workbench.errors import OutputError, WorkbenchError
from workbench.text.visible import visible


class Commands(click.Group):
    """A group that turns errors into one line, whatever command met them."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run as a program, which may be told to stop."""
        with stopping.by_signal():
            return super().main(*args, **kwargs)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the options before the command."""
        with _one_line():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _one_line():
            return super().invoke(ctx)


@contextmanager
def _one_line() -> Iterator[None]:
    from db.errors import DatabaseFault

    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise  # asked for nothing: the help is the answer
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "workbench"
        _say(f"{error.format_message()} See '{path} --help'.", error.exit_code, error)
    except click.ClickException as error:
        _say(error.format_message(), error.exit_code, error)
    except OutputError as error:
        if error.is_left:
            raise click.exceptions.Exit(error.exit_code) from error
        _say(str(error), error.exit_code, error)
    except (WorkbenchError, DatabaseFault) as error:
        _say(str(error), getattr(error, "exit_code", 1), error)
    except UnicodeEncodeError as error:
        if not "\udc80" <= error.object[error.start] <= "\udcff":  # not from the command line
            raise
        _say("A word of this command is no text: it holds bytes that are not UTF-8.", 2, error)


def _say(message: str, exit_code: int, cause: Exception) -> NoReturn:
    click.echo(f"workbench: {visible(' '.join(message.split()))}", err=True)
    raise click.exceptions.Exit(exit_code) from cause


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workbench")
@click.pass_context
def main(context: click.Context) -> None:
    """Tag claims, attributions and disputes in news articles, and export a training set."""
    if context.invoked_subcommand != "serve":  # other commands say it in their one line
        for name in ("workbench", "sqlalchemy"):
            logging.getLogger(name).addHandler(logging.NullHandler())


main.add_command(serve.serve)
main.add_command(articles.import_)
main.add_command(articles.segment)
main.add_command(export.export)
main.add_command(join.join)
main.add_command(snapshots.snapshot)
main.add_command(accounts.account)
main.add_command(projects.project)
main.add_command(audit.audit)
main.add_command(database.db)
main.add_command(doctor.doctor)

if __name__ == "__main__":
    main(prog_name="workbench")
