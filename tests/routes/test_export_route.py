"""GET /export: what comes, under which headers, and who gets nothing."""

import asyncio
import shutil
from pathlib import Path

import orjson
import pytest
from labelled import Labelled
from starlette.applications import Starlette
from starlette.testclient import TestClient

from db.engine import database_now, transaction
from db.models import Account
from workbench.formats.writers import FORMATS
from workbench.routes import export
from workbench.services import sessions
from workbench.services.permissions import OPERATOR, Role
from workbench.services.snapshot_taking import FOLDER, Wish, drafted, keep

JSONL = "/export/{slug}/latest.jsonl"


@pytest.fixture
def labelled(own_engines, now):
    with transaction(own_engines) as session:
        labelled = Labelled(session, now)
        labelled.write("=One.", "Two.", public_id="0a")
        labelled.decide(0, ("claim",))
    return labelled


@pytest.fixture
def client(own_engines, tmp_path):
    with TestClient(Starlette(routes=export.routes(own_engines, tmp_path))) as client:
        yield client


@pytest.fixture
def identity(own_engines, labelled):
    return signed_in(own_engines, labelled, Role.MANAGER)


def signed_in(engines, labelled, role):
    """What the gate says of somebody of this role."""
    with transaction(engines) as session:
        labelled.make.session = session
        actor = labelled.make.actor(labelled.project, role=role)
        account = session.get_one(Account, actor.account_id)
        found = sessions.start(
            session, account=account, how="link", now=database_now(session), browser="", address=""
        )
        return {"X-Workbench-Uid": f"{actor.public_id}:{found.account.session_id}"}


def get(client, labelled, identity, path=JSONL, **query):
    return client.get(path.format(slug=labelled.project.slug), headers=identity, params=query)


def test_an_export_comes_as_a_file_that_nobody_keeps(client, labelled, identity):
    answer = get(client, labelled, identity)

    assert answer.status_code == 200
    assert [orjson.loads(line)["text"] for line in answer.iter_lines()] == ["=One."]
    assert answer.headers["content-type"] == "application/x-ndjson; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    disposition = f'attachment; filename="{labelled.project.slug}-latest.jsonl"'
    assert answer.headers["content-disposition"] == disposition


def test_csv_comes_as_csv(client, labelled, identity):
    answer = get(client, labelled, identity, "/export/{slug}/latest.csv", labels="all")

    assert answer.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert answer.content.startswith(b'"schema","id"')
    assert answer.content.count(b"\r\n") == 3
    assert b'"=One."' in answer.content


def test_csv_for_spreadsheets_says_so_in_its_name(client, labelled, identity):
    answer = get(client, labelled, identity, "/export/{slug}/latest.csv", excel="1")

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert b'"\'=One."' in answer.content
    assert answer.headers["content-disposition"].endswith('-latest-excel.csv"')


@pytest.mark.parametrize(("labels", "n"), [("gold", 1), ("majority", 1), ("all", 2)])
def test_the_labels_are_chosen_in_the_query(client, labelled, identity, labels, n):
    assert get(client, labelled, identity, labels=labels).text.count("\n") == n


def test_an_export_of_nothing_is_an_empty_file(client, labelled, own_engines):
    admin = signed_in(own_engines, labelled, Role.ADMIN)
    with transaction(own_engines) as session:
        labelled.make.session = session
        labelled.project = labelled.make.project()

    answer = get(client, labelled, admin)

    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("path", "query", "status", "said"),
    [
        ("/export/{slug}/latest.xlsx", {}, 404, "There are: jsonl, csv,"),
        ("/export/{slug}/latest", {}, 404, "There are: jsonl, csv,"),
        ("/export/{slug}/7.csv", {}, 404, "no snapshot 7"),
        ("/export/nowhere/latest.csv", {}, 404, "nowhere"),
        (JSONL, {"labels": "best"}, 400, "gold, majority, all"),
        (JSONL, {"excel": "1"}, 400, "csv or annotations only"),
        ("/export/{slug}/latest.csv", {"delimiter": "\n"}, 400, "labels, excel"),
    ],
)
def test_a_wrong_address_gets_one_line(client, labelled, identity, path, query, status, said):
    answer = get(client, labelled, identity, path, **query)

    assert answer.status_code == status
    assert said in answer.json()["error"]
    assert "\n" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REVIEWER, 403),
        (Role.ADJUDICATOR, 403),
        (Role.MANAGER, 200),
        (Role.ADMIN, 200),
    ],
)
def test_managers_and_admins_get_it_and_nobody_else(client, labelled, own_engines, role, status):
    identity = signed_in(own_engines, labelled, role)
    assert get(client, labelled, identity).status_code == status


@pytest.mark.parametrize("identity", [{}, {"X-Workbench-Uid": "ada:1"}, {"X-Workbench-Uid": ""}])
def test_nobody_gets_nothing(client, labelled, identity):
    answer = get(client, labelled, identity)
    assert answer.status_code == 401
    assert "One." not in answer.text


def test_a_look_at_the_headers_sends_no_body(client, labelled, identity):
    answer = client.head(JSONL.format(slug=labelled.project.slug), headers=identity)
    assert (answer.status_code, answer.content) == (200, b"")
    assert "attachment" in answer.headers["content-disposition"]


def test_a_download_that_is_broken_off_lets_go_of_the_database(labelled, identity, own_engines):
    with transaction(own_engines) as session:
        labelled.session = labelled.make.session = session
        for _ in range(3):
            labelled.write(*(f"{number} " + "x" * 9_000 for number in range(40)))
    sent = asyncio.run(_broken_off(own_engines, labelled, identity))

    assert sent == 1
    assert own_engines.read.pool.checkedout() == 0


async def _broken_off(engines, labelled, identity):
    """Ask for an export, and go away after the first piece of it."""
    gone, sent = asyncio.Event(), 0

    async def receive():
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message):
        nonlocal sent
        if message["type"] == "http.response.body":
            sent += 1
            assert engines.read.pool.checkedout() == 1
            gone.set()
            await asyncio.sleep(5)

    [(name, value)] = identity.items()
    path = JSONL.format(slug=labelled.project.slug)
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"labels=all",
        "headers": [(name.lower().encode(), value.encode())],
        "asgi": {"version": "3.0", "spec_version": "2.3"},
    }
    await Starlette(routes=export.routes(engines, Path()))(scope, receive, send)
    return sent


@pytest.fixture
def snapshot(own_engines, labelled, tmp_path, now):
    """The number of a snapshot of the one labelled sentence."""
    with transaction(own_engines) as session:
        who = {"actor": OPERATOR, "home": tmp_path}
        wish = Wish(plan=None)
        slug = labelled.project.slug
        with drafted(session, project_slug=slug, wish=wish, **who) as draft:
            return keep(session, draft=draft, now=now, **who).number


@pytest.mark.parametrize("state", ["latest", "1"])
def test_every_format_comes_from_now_and_from_a_snapshot(
    client, labelled, identity, snapshot, state
):
    for fmt, known in FORMATS.items():  # one database for all of them: making one takes longest
        answer = get(client, labelled, identity, f"/export/{{slug}}/{state}.{fmt}")

        assert (answer.status_code, bool(answer.content)) == (200, True), fmt
        assert answer.headers["content-type"].startswith(known.content_type)
        name = answer.headers["content-disposition"]
        assert f"{labelled.project.slug}-{state}" in name
        assert name.endswith(f'.{known.suffix}"')


def test_a_snapshot_stays_what_it_was_when_more_is_labelled(
    client, own_engines, labelled, identity, snapshot
):
    before = get(client, labelled, identity, "/export/{slug}/1.jsonl").content
    with transaction(own_engines) as session:
        labelled.session = labelled.make.session = session
        labelled.decide(1, ("dispute",))

    assert get(client, labelled, identity, "/export/{slug}/1.jsonl").content == before
    assert get(client, labelled, identity).content != before


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/export/{slug}/7.jsonl", {}, 404),
        ("/export/{slug}/first.jsonl", {}, 404),
        ("/export/{slug}/１.jsonl", {}, 404),
        ("/export/{slug}/99999999999999999999.jsonl", {}, 404),
        ("/export/{slug}/1.xlsx", {}, 404),
        ("/export/{slug}/1.jsonl", {"labels": "all"}, 400),
        ("/export/{slug}/1.prodigy", {"excel": "1"}, 400),
    ],
)
def test_what_is_not_there_or_does_not_go_together_is_refused(
    client, labelled, identity, snapshot, path, query, status
):
    answer = get(client, labelled, identity, path, **query)

    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_snapshot_whose_files_are_gone_says_so(client, labelled, identity, snapshot, tmp_path):
    shutil.rmtree(tmp_path / FOLDER)

    answer = get(client, labelled, identity, "/export/{slug}/1.jsonl")

    assert answer.status_code == 404
    assert "cannot be read" in answer.json()["error"]


@pytest.mark.parametrize(
    ("paper", "starts"), [("card", b"---"), ("croissant", b"{"), ("manifest", b"{")]
)
def test_what_goes_with_a_snapshot_comes_too(client, labelled, identity, snapshot, paper, starts):
    answer = get(client, labelled, identity, f"/export/{{slug}}/1.{paper}")

    assert answer.content.startswith(starts)
    assert get(client, labelled, identity, f"/export/{{slug}}/2.{paper}").status_code == 404
    assert get(client, labelled, identity, f"/export/{{slug}}/latest.{paper}").status_code == 404


def test_reviewers_get_no_snapshot(client, own_engines, labelled, snapshot):
    someone = signed_in(own_engines, labelled, Role.REVIEWER)

    for file in ("1.jsonl", "1.card"):
        assert get(client, labelled, someone, f"/export/{{slug}}/{file}").status_code == 403
