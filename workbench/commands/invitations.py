"""`workbench account`: invitations, who is in which project, and links to a new password."""

from datetime import datetime

import click

from workbench.commands import shared

PROJECTS = click.option(
    "--project",
    "projects",
    metavar="SLUG",
    multiple=True,
    help="A project, as often as needed; may be left out where there is only one.",
)
EVERYWHERE = click.option(
    "--every-project",
    "everywhere",
    is_flag=True,
    help="Every project, also later ones, instead.",
)
ONE_PROJECT = click.option("--project", metavar="SLUG", required=True, help="The project.")


@click.command("invite")
@click.argument("name", default="")
@click.option(
    "--role", default="reviewer", show_default=True, help="reviewer, adjudicator, manager or admin."
)
@PROJECTS
@EVERYWHERE
@shared.BASE_URL
def invite(
    *, name: str, role: str, projects: tuple[str, ...], everywhere: bool, base_url: str
) -> None:
    """Print an invitation's link, and nothing else; it works once, for three days."""
    from workbench.services import accounts, links
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        token = accounts.invite(
            session,
            actor=OPERATOR,
            name=name,
            role=role,
            project_slugs=projects,
            everywhere=everywhere,
            now=now,
        )
    _show(token, base_url, until=now + links.LINK_LIFE)


@click.command("invitations")
@click.option("--search", default="", help="A part of a name, a role, a project, or who made it.")
def invitations(*, search: str) -> None:
    """List the invitations that wait: number, name, role, projects, who made it, until when."""
    from db.engine import database_now, reading
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with reading(shared.database()) as session:
        found = accounts.invitations(
            session, actor=OPERATOR, search=search, now=database_now(session)
        )
    if not found:
        shared.say("No invitation waits. 'workbench account invite' makes one.", err=True)
    for each in found:
        state = "expired" if each.is_expired else "until"
        places = ", ".join(each.projects) or "every project"
        told = (each.id, each.name or "-", each.role, places, f"by {each.made_by}")
        shared.say("\t".join(map(str, (*told, f"{state} {each.expires_at:%Y-%m-%d %H:%M}Z"))))


@click.command("invite-again")
@click.argument("number", type=shared.NUMBER)
@shared.BASE_URL
def invite_again(*, number: int, base_url: str) -> None:
    """Print a new link for an invitation; the old link works no more."""
    from workbench.services import accounts, links
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        token = accounts.renew_invitation(session, actor=OPERATOR, invitation_id=number, now=now)
    _show(token, base_url, until=now + links.LINK_LIFE)


@click.command("revoke")
@click.argument("number", type=shared.NUMBER)
def revoke(*, number: int) -> None:
    """Take an invitation back; its link lets nobody in any more."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        accounts.revoke_invitation(session, actor=OPERATOR, invitation_id=number, now=now)
    shared.say(f"Invitation {number} is taken back.", err=True)


@click.command("reset")
@click.argument("name")
@shared.BASE_URL
def reset(*, name: str, base_url: str) -> None:
    """Print a link to a new password, and nothing else; it works once, for an hour."""
    from workbench.services import accounts, resets
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        token = accounts.reset_link(session, actor=OPERATOR, name=name, now=now)
    _show(token, base_url, until=now + resets.RESET_LIFE)


@click.command("remove")
@click.argument("name")
@ONE_PROJECT
def remove(*, name: str, project: str) -> None:
    """Remove a person from a project; their labels stay, and 'bring-back' undoes it."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        accounts.remove(session, actor=OPERATOR, name=name, project_slug=project, now=now)
    shared.say(f"{name} is not in {project} any more.", err=True)


@click.command("bring-back")
@click.argument("name")
@ONE_PROJECT
def bring_back(*, name: str, project: str) -> None:
    """Bring a removed person back into a project, with the role they had."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        accounts.bring_back(session, actor=OPERATOR, name=name, project_slug=project, now=now)
    shared.say(f"{name} is in {project} again.", err=True)


def _show(token: str, base_url: str, *, until: datetime) -> None:
    """The link on standard output, until when it works beside it."""
    shared.say(f"{base_url}/signin?token={token}")
    shared.say(f"It works once, until {until:%Y-%m-%d %H:%M} UTC.", err=True)


COMMANDS = (invite, invitations, invite_again, revoke, reset, remove, bring_back)
