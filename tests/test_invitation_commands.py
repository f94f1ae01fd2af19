"""Inviting, resetting and removing by command: what is said, and what came of it."""

import re

import pytest
from click.testing import CliRunner

from db.engine import database_now, engines, transaction
from workbench.cli import main
from workbench.errors import WorkbenchError
from workbench.services import links
from workbench.settings import settings

LINK = re.compile(r"http://127\.0\.0\.1:8501/signin\?token=([\w-]{43})\n")


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty data folder for commands that run in this process."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(main, list(words), prog_name="workbench")


@pytest.fixture
def quay(run):
    assert run("project", "create", "quay").exit_code == 0


@pytest.fixture
def state():
    """What the link that a command printed is for; the fault of one that is closed."""

    def of(ended):
        (token,) = LINK.fullmatch(ended.stdout).groups()
        with transaction(engines(settings().database_url)) as session:
            try:
                return links.open_link(session, token=token, now=database_now(session))
            except WorkbenchError as error:
                return str(error)

    return of


def test_an_invitation_prints_its_link_alone_and_until_when_it_works(run, quay, state):
    ended = run("account", "invite", "Ada", "--role", "adjudicator", "--project", "quay")
    opened = state(ended)
    assert (opened.name, opened.role, opened.projects) == ("Ada", "adjudicator", ("quay",))
    assert re.fullmatch(r"It works once, until [\d-]+ [\d:]+ UTC\.\n", ended.stderr)


def test_where_an_invitation_leads_is_asked_where_there_are_several_projects(run, quay, state):
    assert state(run("account", "invite")).projects == ("quay",)
    assert run("project", "create", "zoo").exit_code == 0
    ended = run("account", "invite")
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "There are several projects" in ended.stderr
    assert state(run("account", "invite", "--every-project")).projects == ()


def test_invitations_are_listed_found_sent_again_and_taken_back(run, quay, state):
    old = run("account", "invite", "Ada", "--project", "quay")
    run("account", "invite", "--role", "admin")
    listed = run("account", "invitations", "--search", "ada").stdout
    assert re.fullmatch(r"1\tAda\treviewer\tquay\tby operator\tuntil [\d-]+ [\d:]+Z\n", listed)
    assert "2\t-\tadmin\tevery project" in run("account", "invitations").stdout

    new = run("account", "invite-again", "1")
    assert "newer link" in state(old)
    assert state(new).name == "Ada"
    assert run("account", "revoke", "3").exit_code == 0
    assert "taken back" in state(new)
    assert "Ada" not in run("account", "invitations").stdout


def test_a_reset_link_is_printed_alone_and_works_an_hour(run, quay, state):
    run("account", "add", "Ada", "--project", "quay")
    opened = state(run("account", "reset", "Ada"))
    assert (opened.kind, opened.account_name) == ("reset", "Ada")


def test_somebody_is_removed_and_brought_back(run, quay):
    run("account", "add", "Ada", "--project", "quay")
    assert run("account", "remove", "Ada", "--project", "quay").exit_code == 0
    assert "Ada\tnone" in run("account", "list").stdout
    assert run("account", "bring-back", "Ada", "--project", "quay").exit_code == 0
    assert "Ada\treviewer" in run("account", "list").stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["invite", "--role", "king"], "no such role"),
        (["invite", "--project", "nowhere"], "no such project"),
        (["invite-again", "7"], "no such invitation"),
        (["revoke", "7"], "no such invitation"),
        (["reset", "Nobody"], "no account"),
        (["remove", "Nobody", "--project", "quay"], "Nobody of this name"),
        (["bring-back", "Nobody", "--project", "nowhere"], "no such project"),
    ],
)
def test_an_error_is_one_line_that_says_what_was_wrong(run, quay, words, said):
    ended = run("account", *words)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_empty_list_says_how_to_make_one(run, quay):
    assert "account invite" in run("account", "invitations").stderr
