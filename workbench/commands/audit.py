"""`workbench audit`: the audit log, on standard output."""

import click

from workbench.commands import shared

FORMATS = ("text", "csv", "jsonl")


@click.command("audit")
@click.option("--project", metavar="SLUG", help="One project's part; all of it if left out.")
@click.option("--act", default="", help="What was done, such as disable_account.")
@click.option("--actor", default="", help="A part of the name of who did it.")
@click.option("--about", default="", help="A part of the name of what it was done to.")
@click.option("--since", default="", metavar="DAY", help="The first day in UTC, as 2026-03-03.")
@click.option("--until", default="", metavar="DAY", help="The last day in UTC.")
@click.option("--format", "fmt", type=click.Choice(FORMATS), default="text", show_default=True)
def audit(
    *, project: str | None, act: str, actor: str, about: str, since: str, until: str, fmt: str
) -> None:
    """Print the audit log, the oldest first: who did what to which object."""
    from db.engine import reading
    from workbench.services import audit_log
    from workbench.services.audit_log import Asked
    from workbench.services.permissions import OPERATOR

    asked = Asked(
        project=project,
        act=act,
        actor=actor,
        about=about,
        since=audit_log.day(since),
        until=audit_log.day(until),
    )
    with reading(shared.database()) as session:
        if fmt != "text":
            for chunk in audit_log.stream(session, actor=OPERATOR, fmt=fmt, asked=asked):
                click.echo(chunk, nl=False)
            return
        for line in audit_log.every(session, actor=OPERATOR, asked=asked):
            what = line.object_name or line.object_id
            details = " ".join(f"{key}={value}" for key, value in line.details.items())
            told = (f"{line.at:%Y-%m-%d %H:%M:%S}Z", line.actor, line.act, what, details)
            shared.say("\t".join(" ".join(each.split()) for each in told))
