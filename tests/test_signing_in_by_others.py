"""The real server where a provider or a proxy signs people in; and what `doctor` says of it."""

import http.client
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from issuing import CLIENT, SECRET, issuing
from running import Workbench, serving
from test_serving import COMMAND as STREAMLIT
from test_serving import SERVER

from db.engine import database_now, engines, transaction
from workbench.cli import main
from workbench.services import accounts
from workbench.services.permissions import OPERATOR
from workbench.settings import settings

PROXY = {"WORKBENCH_PROXY_HEADER": "X-Auth-User", "WORKBENCH_PROXY_PEERS": "127.0.0.1"}
ADA = {"X-Auth-User": "Ada", "Accept": "text/html"}


def people(home: Path, template: Path) -> Path:
    """A data folder with one account, an admin called Ada."""
    home.mkdir()
    shutil.copyfile(template, home / "workbench.db")
    pair = engines(f"sqlite:///{home / 'workbench.db'}")
    with transaction(pair) as session:
        now = database_now(session)
        accounts.add(session, actor=OPERATOR, name="Ada", role="admin", now=now)
    pair.dispose()
    return home


@pytest.fixture
def home(tmp_path, sqlite_template):
    return people(tmp_path / "home", sqlite_template)


class FileConnection(http.client.HTTPConnection):
    """HTTP by a socket file."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=15)
        self.path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(15)
        self.sock.connect(str(self.path))


def ask(connection, path, headers):
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def signs_in(connection, headers):
    """Whether the sign-in page lets this request in at once."""
    answer = ask(connection, "/signin", headers)
    return answer.status == 303 and "workbench=" in (answer.getheader("set-cookie") or "")


@pytest.fixture
def run(home, monkeypatch):
    """Run a command in this process, with settings of its own; its exit code and its words."""

    def invoked(*words, **given):
        with monkeypatch.context() as patch:
            for name, value in {"WORKBENCH_HOME": str(home), **given}.items():
                patch.setenv(name, value)
            patch.setenv("WORKBENCH_AUTH", given.get("auth", ""))  # `serve --auth` writes it
            settings.cache_clear()
            done = CliRunner().invoke(main, words)
        settings.cache_clear()
        return done.exit_code, done.stdout, done.stderr

    return invoked


@pytest.fixture
def refusal(run):
    """The one line with which the server refuses to start."""

    def line(*options, **given):
        code, out, err = run("serve", "--no-browser", *options, **given)
        assert (code, out) == (1, "")
        (only,) = err.splitlines()
        return only

    return line


def test_a_proxy_is_not_believed_because_it_says_from_where_it_forwards(home):
    peers = PROXY | {"WORKBENCH_PROXY_PEERS": "192.0.2.5", "FORWARDED_ALLOW_IPS": "*"}
    with serving(home, "--auth", "proxy", **peers) as workbench:
        forged = ADA | {"X-Forwarded-For": "192.0.2.5"}
        assert not signs_in(http.client.HTTPConnection("127.0.0.1", workbench.port), forged)


def test_a_proxy_connects_by_a_socket_file_that_others_cannot_use(
    home, tmp_path, refusal, sqlite_template
):
    path = tmp_path / "workbench.sock"
    with socket.socket(socket.AF_UNIX) as killed:
        killed.bind(str(path))
    options = ("--auth", "proxy", "--socket", str(path), "--insecure-http")
    peers = PROXY | {"WORKBENCH_PROXY_PEERS": "unix"}
    with serving(home, *options, **peers) as workbench:
        assert workbench.first_link == str(path)
        assert path.stat().st_mode & 0o777 == 0o660
        assert signs_in(FileConnection(path), ADA)
        assert not signs_in(FileConnection(path), {"Accept": "text/html"})
        other = people(tmp_path / "other", sqlite_template)
        assert "Cannot listen on" in refusal(*options, **peers, WORKBENCH_HOME=str(other))


def test_the_server_refuses_what_is_half_set(home, tmp_path, refusal):
    header, peers = PROXY.items()
    assert "WORKBENCH_PROXY_PEERS" in refusal("--auth", "proxy", **dict([header]))
    assert "WORKBENCH_PROXY_HEADER" in refusal("--auth", "proxy", **dict([peers]))
    plain = {"WORKBENCH_OIDC_ISSUER": "http://id.example", "WORKBENCH_OIDC_CLIENT_ID": "w"}
    assert "WORKBENCH_OIDC_ISSUER" in refusal(**plain)
    empty = PROXY | {"WORKBENCH_HOME": str(tmp_path / "empty")}
    assert "account add NAME" in refusal("--auth", "proxy", **empty)


def test_without_our_own_command_no_proxy_signs_anybody_in(home):
    workbench = Workbench(home, settings=PROXY | {"WORKBENCH_AUTH": "proxy"})
    done = subprocess.run(
        [STREAMLIT, "run", SERVER, "--server.port", str(workbench.port)],
        env=workbench.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode != 0
    assert "workbench serve --auth proxy" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_doctor_asks_the_provider_and_says_who_may_come_in(run, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with issuing() as issuer:
        given = {
            "WORKBENCH_OIDC_ISSUER": issuer.url,
            "WORKBENCH_OIDC_CLIENT_ID": CLIENT,
            "WORKBENCH_OIDC_CLIENT_SECRET_FILE": str(secret),
            "WORKBENCH_OIDC_NAME": "Harbour",
            "WORKBENCH_OIDC_DOMAINS": "harbour.example",
            "WORKBENCH_OIDC_JOIN": "reviewer",
            "NO_PROXY": "127.0.0.1",
        }
        code, said, _ = run("doctor", **given)
        assert code == 0
        assert "ok    Harbour answers" in said
        assert "of harbour.example, joins as reviewer" in said
        assert SECRET not in said

        issuer.broken = ("/.well-known/openid-configuration",)
        code, said, _ = run("doctor", **given)
        assert code == 1
        assert "fail  Harbour does not answer" in said

        secret.chmod(0o644)
        code, said, _ = run("doctor", **given)
        assert code == 1
        assert "others may read" in said


def test_the_doctor_says_what_a_proxy_may(run):
    code, said, _ = run("doctor", auth="proxy", **PROXY)
    assert code == 0
    assert "header X-Auth-User, from 127.0.0.1" in said
    assert "one-time links and passwords" in run("doctor")[1]
    assert "fail  There is no WORKBENCH_AUTH=x" in run("doctor", auth="x")[1]


def test_the_choice_of_who_signs_in_is_one_of_those_that_there_are(run):
    code, _, said = run("serve", "--auth", "basic")
    assert code == 2
    assert "proxy" in said
