"""The command `workbench`: one function per command."""

import click

from workbench.commands import accounts, articles, export, projects, serve
from workbench.errors import WorkbenchError


class Commands(click.Group):
    """A group that turns our errors into one line, whatever command met them."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        from db.errors import DatabaseFault

        try:
            return super().invoke(ctx)
        except (WorkbenchError, DatabaseFault) as error:
            click.echo(f"workbench: {' '.join(str(error).split())}", err=True)
            raise click.exceptions.Exit(getattr(error, "exit_code", 1)) from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workbench")
def main() -> None:
    """Tag claims, attributions and disputes in news articles, and export a training set."""


main.add_command(serve.serve)
main.add_command(articles.import_)
main.add_command(articles.segment)
main.add_command(export.export)
main.add_command(accounts.account)
main.add_command(projects.project)
