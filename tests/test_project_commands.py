"""Projects, sessions and the audit log by command: what is said, and what came of it."""

import csv
import io

import orjson
import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.services import recounting
from workbench.settings import settings


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
    """A project `quay` beside one that is archived."""
    for slug in ("quay", "mill"):
        assert run("project", "create", slug, "--name", f"The {slug}").exit_code == 0
    assert run("project", "archive", "mill").exit_code == 0


def test_an_archived_project_leaves_the_list_and_is_named_on_demand(run, quay):
    listed = run("project", "list")
    assert listed.stdout == "quay\tThe quay\t0 articles\t0 sentences\t0 decisions\n"
    assert "1 more archived" in listed.stderr
    assert "mill\tThe mill" in run("project", "list", "--archived").stdout


def test_the_only_project_that_is_not_archived_needs_no_name(run, quay, tmp_path):
    (tmp_path / "one.txt").write_text("The quay fell.\n")
    assert run("import", str(tmp_path / "one.txt")).exit_code == 0
    assert "quay\tThe quay\t1 articles" in run("project", "list").stdout


def test_how_an_archived_project_gives_out_sentences_stays(run, quay):
    refused = run("project", "set", "mill", "--overlap", "2")

    assert refused.exit_code == 1
    assert "archived" in refused.stderr


def test_nothing_is_imported_into_an_archived_project(run, quay, tmp_path):
    (tmp_path / "one.txt").write_text("The quay fell.\n")
    refused = run("import", str(tmp_path / "one.txt"), "--project", "mill")
    assert refused.exit_code == 1
    assert "archived" in refused.stderr
    assert run("project", "restore", "mill").exit_code == 0
    assert run("import", str(tmp_path / "one.txt"), "--project", "mill").exit_code == 0


def test_how_sentences_are_given_out_is_said_by_command_and_kept(run, quay, tmp_path):
    (tmp_path / "one.txt").write_text("The quay fell.\nThe mill stood.\n")
    assert run("import", str(tmp_path / "one.txt")).exit_code == 0

    told = run("project", "set", "quay", "--overlap", "2", "--order", "random").stderr
    assert "2 reviewers for each sentence; random" in told
    assert "2 sentences wait for a reviewer" in told
    told = run("project", "set", "quay", "--lease-minutes", "30").stderr
    assert "2 reviewers for each sentence; random" in told
    assert "leases of 30 minutes" in told
    told = run("project", "set", "quay", "--overlap", "1", "--lease-minutes", "1").stderr
    assert told.startswith("quay: 1 reviewer for each sentence; random")
    assert "leases of 1 minute. 2 sentences wait for a reviewer" in told
    told = run("project", "set", "quay", "--overlap", "0").stderr
    assert told == "quay: everybody sees every sentence.\n"


def test_what_a_change_has_left_is_counted_by_the_same_command(run, quay, tmp_path, monkeypatch):
    monkeypatch.setattr(recounting, "SENTENCES_AT_ONCE", 1)
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.txt").write_text(f"The quay of {name} fell.\n")
        assert run("import", str(tmp_path / f"{name}.txt")).exit_code == 0
    with monkeypatch.context() as broken:
        broken.setattr(recounting, "finish", lambda *_given, **_more: iter(()))
        run("project", "set", "quay", "--overlap", "2")

    told = run("project", "set", "quay", "--overlap", "2").stderr
    assert "Counting" in told
    assert told.endswith("leases of 10 minutes. 3 sentences wait for a reviewer.\n")
    assert "Counting" not in run("project", "set", "quay", "--overlap", "2").stderr


@pytest.mark.parametrize(
    "wrong",
    [("--overlap", "21"), ("--overlap-share", "101"), ("--order", "x"), ("--overlap", "-1")],
)
def test_a_setting_that_cannot_be_is_refused_in_a_line(run, quay, wrong):
    refused = run("project", "set", "quay", "--overlap", "2", *wrong)
    assert refused.exit_code in (1, 2)
    assert len(refused.stderr.splitlines()) == 1


def test_a_project_that_is_not_there_is_named(run, quay):
    refused = run("project", "archive", "dock")
    assert refused.exit_code == 1
    assert "no project 'dock' here. There are: quay, mill (archived)." in refused.stderr


def test_the_audit_log_is_printed_a_line_an_act(run, quay):
    lines = run("audit").stdout.splitlines()
    assert [line.split("\t")[1:4] for line in lines] == [
        ["operator", "create_project", "quay"],
        ["operator", "create_project", "mill"],
        ["operator", "archive_project", "mill"],
    ]
    assert len(run("audit", "--project", "mill").stdout.splitlines()) == 2
    assert len(run("audit", "--act", "archive_project").stdout.splitlines()) == 1
    assert run("audit", "--since", "2999-01-01").stdout == ""


def test_the_audit_log_is_written_as_a_table_and_as_json(run, quay):
    rows = list(csv.DictReader(io.StringIO(run("audit", "--format", "csv").stdout)))
    records = [orjson.loads(line) for line in run("audit", "--format", "jsonl").stdout.splitlines()]
    assert [row["act"] for row in rows] == [record["act"] for record in records]
    assert len(records) == 3


def test_a_day_that_is_none_is_one_line(run, quay):
    refused = run("audit", "--since", "yesterday")
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (1, 1)
    assert "Write it as 2026-03-03." in refused.stderr


def test_somebody_is_signed_out_everywhere(run, quay):
    run("account", "add", "Ada")
    done = run("account", "sign-out", "ada")
    assert (done.exit_code, done.stderr.strip()) == (0, "ada was signed in nowhere.")
    assert run("account", "sign-out", "Zed").exit_code == 1
