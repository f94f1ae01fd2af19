"""`workbench account`: people and their links."""

import click

from workbench.commands import invitations, shared


@click.group()
def account() -> None:
    """People: invite, add, link, role, remove, disable, sign-out, list, and back again."""


for command in invitations.COMMANDS:
    account.add_command(command)


@account.command("add")
@click.argument("name")
@click.option(
    "--role", default="reviewer", show_default=True, help="reviewer, adjudicator, manager or admin."
)
@shared.PROJECT
def account_add(*, name: str, role: str, project: str | None) -> None:
    """Make an account."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        made = accounts.add(
            session, actor=OPERATOR, name=name, role=role, project_slug=project, now=now
        )
    shared.say(f"Added {made.name} as {role}.", err=True)
    shared.say(f"'workbench account link \"{made.name}\"' prints a sign-in link.", err=True)


@account.command("link")
@click.argument("name")
@shared.BASE_URL
def account_link(*, name: str, base_url: str) -> None:
    """Print a fresh one-time sign-in link, and nothing else."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        token = accounts.link(session, actor=OPERATOR, name=name, now=now)
    shared.say(f"{base_url}/signin?token={token}")


@account.command("role")
@click.argument("name")
@click.argument("role")
@shared.PROJECT
def account_role(*, name: str, role: str, project: str | None) -> None:
    """Give an account another role."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        accounts.set_role(
            session, actor=OPERATOR, name=name, role=role, project_slug=project, now=now
        )
    shared.say(f"{name} is {role} now.", err=True)


@account.command("disable")
@click.argument("name")
def account_disable(*, name: str) -> None:
    """Shut an account out at once; its labels stay, and 'enable' brings it back."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        accounts.disable(session, actor=OPERATOR, name=name, now=now)
    shared.say(f"{name} is disabled. 'workbench account enable' takes it back.", err=True)


@account.command("enable")
@click.argument("name")
def account_enable(*, name: str) -> None:
    """Let a disabled account in again."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        accounts.enable(session, actor=OPERATOR, name=name, now=now)
    shared.say(f"{name} is enabled.", err=True)


@account.command("sign-out")
@click.argument("name")
def account_sign_out(*, name: str) -> None:
    """End every session of a person; they sign in again."""
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with shared.writing() as (session, now):
        n = accounts.end_sessions_of(session, actor=OPERATOR, name=name, now=now)
    was = f"signed out; {n} sessions ended" if n else "signed in nowhere"
    shared.say(f"{name} was {was}.", err=True)


@account.command("list")
def account_list() -> None:
    """List the accounts: name, role, state, when last seen."""
    from db.engine import reading
    from workbench.services import accounts
    from workbench.services.permissions import OPERATOR

    with reading(shared.database()) as session:
        people = accounts.people(session, actor=OPERATOR)
    if not people:
        shared.say(
            "Nobody has an account yet. 'workbench serve' prints the owner's link.", err=True
        )
    for person in people:
        state = "disabled" if person.disabled_at else "enabled"
        seen = f"{person.last_seen_at:%Y-%m-%d %H:%M}Z" if person.last_seen_at else "never"
        role = "admin" if person.is_admin else person.role
        shared.say(f"{person.name}\t{role}\t{state}\tlast seen {seen}\t{person.n_done} done")
