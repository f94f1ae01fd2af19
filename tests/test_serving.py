"""The running server: alone on its database, through a full disk, a kill and a stop."""

import http.client
import json
import subprocess
import sys
import uuid
from pathlib import Path

import pytest
from disks import small_disk
from running import Workbench, free_port, serving, until

from db.engine import database_now, engines, transaction
from workbench import address
from workbench.services import accounts

COMMAND = Path(sys.executable).parent / "streamlit"
SERVER = Path(__file__).parent.parent / "workbench" / "server.py"
TEXT = "\n".join(f"Sentence {number} was said on Monday by somebody." for number in range(90))


class Owner:
    """Somebody signed in at a workbench, sending ops as their browser would."""

    def __init__(self, workbench: Workbench) -> None:
        self.workbench = workbench
        pair = engines(f"sqlite:///{workbench.home / 'workbench.db'}")
        with transaction(pair) as session:
            now = database_now(session)
            token = accounts.first_link(session, now=now)
            self.signed_in = accounts.become_owner(
                session, token=token, name="Ada", now=now, browser="", address=""
            )
        pair.dispose()

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.workbench.port, timeout=15)
        headers = {"Cookie": f"workbench={self.signed_in.cookie}", "x-workbench": "1"}
        headers["content-type"] = "application/json"
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer.status, content

    def post(self, *ops, want=0):
        body = {"project": "default", "reviewer": self.signed_in.account.public_id, "ops": ops}
        status, content = self.ask("POST", "/api/ops", json.dumps(body | {"want": want}))
        return status, json.loads(content)

    def sentences(self):
        _, answer = self.post(want=40)
        return [item["id"] for item in answer["window"]]


def comment(sentence, base):
    values = {"op_id": str(uuid.uuid4()), "sentence": sentence, "base_version": base}
    return values | {"act": "comment", "comment": "\U0001f600" * 4000}


def label(sentence):
    values = {"op_id": str(uuid.uuid4()), "sentence": sentence, "base_version": 0}
    return values | {"act": "label", "labels": ["claim"]}


def with_article(home, tmp_path):
    (tmp_path / "article.txt").write_text(TEXT)
    workbench = Workbench(home)
    workbench.run("import", str(tmp_path / "article.txt"))
    return workbench


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A server with one article and its owner."""
    home = tmp_path_factory.mktemp("home")
    with_article(home, tmp_path_factory.mktemp("articles"))
    owner = Owner(Workbench(home))
    with serving(home) as workbench:
        owner.workbench = workbench
        yield workbench, owner


def test_a_second_server_says_so_and_the_first_goes_on(running):
    workbench, _ = running
    second = Workbench(workbench.home).run("serve", "--no-browser", "--port", "1", check=False)

    assert second.returncode == 1
    assert "Another workbench serves" in second.stderr
    assert len(second.stderr.strip().splitlines()) == 1
    assert workbench.answers()


def streamlit_run(home, port):
    """The server as `streamlit run` starts it, until it ends; its last words."""
    return subprocess.run(
        [COMMAND, "run", SERVER, f"--server.port={port}"],
        env=Workbench(home).environment,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_streamlit_run_is_no_second_server_either(running):
    workbench, _ = running
    second = streamlit_run(workbench.home, free_port())

    assert second.returncode != 0
    assert "workbench: Another workbench serves" in second.stderr + second.stdout
    assert "Traceback" not in second.stderr + second.stdout
    assert workbench.answers()


def test_streamlit_run_serves_an_empty_folder(tmp_path):
    workbench = Workbench(tmp_path)
    words = [COMMAND, "run", SERVER, f"--server.port={workbench.port}"]
    with subprocess.Popen(words, env=workbench.environment, stdout=subprocess.DEVNULL) as process:
        until(workbench.answers, what="an answer")
        process.terminate()


def test_a_backup_is_taken_while_the_server_runs_and_holds_what_was_acknowledged(running, tmp_path):
    workbench, owner = running
    sentence = owner.sentences()[0]
    status, answer = owner.post(label(sentence))
    workbench.run("db", "backup", str(tmp_path / "backup.db"))

    restored = Workbench(tmp_path / "other")
    restored.home.mkdir()
    restored.run("db", "restore", str(tmp_path / "backup.db"))
    assert (status, answer["acks"][0]["status"]) == (200, "applied")
    assert "1 events" in restored.run("db", "check").stderr


def test_nothing_is_restored_under_a_running_server(running, tmp_path):
    workbench, _ = running
    workbench.run("db", "backup", str(tmp_path / "backup.db"))

    refused = workbench.run("db", "restore", str(tmp_path / "backup.db"), check=False)

    assert refused.returncode == 1
    assert "Stop it" in refused.stderr
    assert workbench.answers()


def test_a_command_writes_beside_the_running_server(running, tmp_path):
    workbench, _ = running
    (tmp_path / "more.txt").write_text("Fresh news came on Tuesday.\n")

    assert "added" in workbench.run("import", str(tmp_path / "more.txt")).stdout
    assert workbench.answers()


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path):
    workbench = with_article(tmp_path / "home", tmp_path)
    owner = Owner(workbench)
    workbench.start()
    sent = [label(sentence) for sentence in owner.sentences()[:9]]
    for one in sent[:8]:
        assert owner.post(one)[0] == 200
    workbench.kill()
    workbench.start()

    _, answer = owner.post(*sent)
    assert workbench.stop() == 0
    assert [ack["status"] for ack in answer["acks"]] == ["replayed"] * 8 + ["applied"]
    assert "9 events" in workbench.run("db", "check").stderr


def test_on_a_full_disk_a_label_is_not_acknowledged_and_nothing_that_was_is_lost(tmp_path):
    with small_disk(tmp_path / "disk") as disk:
        owner = Owner(with_article(disk.path, tmp_path))
        with serving(disk.path) as workbench:
            owner.workbench = workbench
            sentence = owner.sentences()[0]
            filler = disk.fill()
            n_acknowledged, status = 0, 200
            while status == 200:
                waiting = comment(sentence, n_acknowledged)
                status, answer = owner.post(waiting)
                n_acknowledged += status == 200
            assert (status, answer["error"][:31]) == (507, "Not saved: the disk is full. Ma")
            assert owner.ask("GET", "/healthz")[0] == 503
            assert owner.sentences()

            filler.unlink()
            until(workbench.answers, seconds=10)
            assert owner.post(waiting)[1]["acks"][0]["status"] == "applied"
        assert f"{n_acknowledged + 1} events" in workbench.run("db", "check").stderr


def test_a_link_names_the_port_of_the_server_that_runs(tmp_path):
    with serving(tmp_path) as workbench:
        workbench.run("account", "add", "Ada Lin")
        link = workbench.run("account", "link", "Ada Lin").stdout
        invitation = workbench.run("account", "invite").stdout
        given = workbench.run("account", "link", "Ada Lin", "--base-url", "https://a.example/")
    assert link.startswith(f"{workbench.url}/signin?token=")
    assert invitation.startswith(f"{workbench.url}/signin?token=")
    assert given.stdout.startswith("https://a.example/signin?token=")
    after = workbench.run("account", "link", "Ada Lin").stdout
    assert after.startswith("http://127.0.0.1:8501/signin?token=")


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"javascript:alert(1)", b"https://"])
def test_an_address_that_is_none_is_not_printed(tmp_path, left):
    (tmp_path / address.FILE).write_bytes(left)
    assert address.known(tmp_path) == address.USUAL


def test_under_a_server_whose_database_was_replaced_nothing_is_saved_and_nothing_lost(tmp_path):
    workbench = with_article(tmp_path / "home", tmp_path)
    owner = Owner(workbench)
    workbench.run("db", "backup", str(tmp_path / "backup.db"))
    workbench.start()
    first, second = owner.sentences()[:2]
    assert owner.post(label(first))[0] == 200

    (tmp_path / "backup.db").replace(workbench.home / "workbench.db")
    refused = [owner.post(label(second)) for _ in range(3)]
    health = owner.ask("GET", "/healthz")
    assert workbench.stop() == 0

    assert {status for status, _ in refused} == {503}
    assert health == (503, b"The database file is no longer the one that was opened.\n")
    log = (workbench.home / "server.log").read_text()
    assert log.count("no longer the one that was opened") == 1
    assert "Traceback" not in log
    assert "0 events" in workbench.run("db", "check").stderr
    (kept,) = workbench.home.glob("workbench-replaced-*.db")
    workbench.run("db", "restore", str(kept))
    assert "1 events" in workbench.run("db", "check").stderr
