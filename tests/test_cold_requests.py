"""Every page and route asked cold by nobody and by each wrong role: refused, and nothing leaks.

What is asked for comes from the application's own table of routes and list of pages, and what is
looked for in the answers from every text and count in the database: whatever is added is covered.
"""

import re
from functools import cache
from pathlib import Path

import orjson
import pytest
from asking import PAGE, Way, ask, page, shake_hands, ways
from factories import Make
from planted import MARK, free_texts, marked, plant, tables_in
from running import serving

from db.engine import database_now, engines, transaction
from db.models import Project
from workbench.app_pages import SCREENS
from workbench.routes.gate import CLOSED, OPEN
from workbench.services import accounts, sessions
from workbench.services.permissions import OPERATOR, Role

WORKBENCH = Path(__file__).parent.parent / "workbench"
SECRET, UNKNOWN = f"{MARK}-project-slug", f"{'x' * len(MARK)}-project-slug"
# What stands for each part of an address: of the secret project, and of nothing that there is.
PARTS = {
    "project": (SECRET, UNKNOWN),
    "file": ("1.jsonl", "9.jsonl"),
    "rest": ("x", "y"),
    "path": ("x", "y"),
    "file_id": ("x", "y"),
    "session_id": ("x", "y"),
}
FILES = {"/export/": ("1", "latest"), "/imports/": ("1",), "/audit/": ("log",)}
ENDS = ("jsonl", "csv")
# Of what they label, reviewers see this much: their project, its articles, labels and guideline.
MAY_READ = {"project", "article", "sentence", "label", "label_set", "guideline", "counts"}
INSIDE = (str(Role.REVIEWER), str(Role.ADJUDICATOR))
OUTSIDE = ("outside manager", "outside reviewer", "without a project")
NOBODY = ("no cookie", "a made-up cookie", "an ended session", "a disabled account")


@pytest.fixture(scope="module")
def workbench(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("cold")) as workbench:
        yield workbench


@pytest.fixture(scope="module")
def pair(workbench):
    pair = engines(f"sqlite:///{workbench.home / 'workbench.db'}")
    yield pair
    pair.dispose()


@pytest.fixture(scope="module")
def rows(pair):
    """The secret project: a row in every table, each text and count of it marked."""
    with transaction(pair) as session:
        return plant(session, now=database_now(session))


@pytest.fixture(scope="module")
def ids():
    """Whose account a cookie is."""
    return {}


@pytest.fixture(scope="module")
def cookies(pair, rows, ids):
    """The cookie of each of those who ask; nobody's is none, or one that is good no more."""
    with transaction(pair) as session:
        now = database_now(session)
        make = Make(session, now)
        secret = session.get_one(Project, rows["project"]["id"])
        other = make.project(slug="other", name="Another one")
        made = {"no cookie": "", "a made-up cookie": "x" * 43}

        def cookie(account):
            started = sessions.start(
                session, account=account, how="link", now=now, browser="", address=""
            )
            ids[started.cookie] = account.public_id
            return started.cookie

        def member(project, role):
            account = make.account()
            if project is not None:
                make.membership(project, account, role=role)
            return account

        for role in INSIDE:
            made[role] = cookie(member(secret, role))
        made["manager"] = cookie(member(secret, "manager"))
        made["outside manager"] = cookie(member(other, "manager"))
        made["outside reviewer"] = cookie(member(other, "reviewer"))
        made["without a project"] = cookie(member(None, ""))
        ended = make.account("Ended")
        made["an ended session"] = cookie(ended)
        accounts.end_sessions_of(session, actor=OPERATOR, name="Ended", now=now)
        disabled = make.account("Disabled")
        made["a disabled account"] = cookie(disabled)
        accounts.disable(session, actor=OPERATOR, name="Disabled", now=now)
        return made


def addresses(way: Way, *, of=0):
    """The addresses of a route: those of the secret project, or such as there are none of."""
    path = re.sub(r"\{(\w+)(:\w+)?\}", lambda part: PARTS[part[1]][of], way.path) or "/"
    given = next(
        (
            names
            for start, names in FILES.items()
            if way.path == f"{start}{{project}}/{{file}}" or way.path == f"{start}{{file}}"
        ),
        None,
    )
    if given is None:
        return [path]
    stem = path.rpartition("/")[0]
    return [f"{stem}/{name}.{end}" for name in given for end in ENDS]


@cache
def every():
    """Each method of each route with its addresses, and the addresses of the pages."""
    found = {
        (method, path)
        for way in ways()
        if not way.is_socket
        for method in way.methods or ("GET",)
        for path in addresses(way)
    }
    found |= {("GET", f"/{each.address}") for each in SCREENS}
    found |= {("GET", f"/audit/log.jsonl?project={SECRET}"), ("POST", f"/export/{SECRET}/1")}
    return sorted(found)


OWN = ("/api/", "/export/", "/imports/", "/audit/")


def ops(project, reviewer):
    return orjson.dumps({"project": project, "reviewer": reviewer, "ops": [], "want": 5})


def leaks(answer, asked, *, allowed=frozenset()):
    """The tables from which an answer tells more than it was asked with."""
    told = answer.all if hasattr(answer, "all") else answer
    for echo in {asked, asked.replace("/", "%2F"), SECRET}:
        told = told.replace(echo.encode(), b"")
    return tables_in(told) - allowed


def send(workbench, method, path, cookie, *, reviewer="x", **headers):
    body = None
    if method == "POST" and path == "/api/ops":
        body = ops(SECRET, reviewer)
        headers = {"content_type": "application/json", "x_workbench": "1"} | headers
    elif method in ("POST", "PUT", "PATCH"):
        body = b"name=x&password=y&project=" + SECRET.encode()
        headers = {"content_type": "application/x-www-form-urlencoded"} | headers
    return ask(workbench, path, cookie=cookie, method=method, body=body, **headers)


def test_every_free_text_in_the_database_is_marked(rows):
    assert free_texts() - marked(rows) == set()


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_gets_anything_but_the_way_in(workbench, cookies, who):
    answered, leaked = {}, {}
    for method, path in every():
        for headers in ({}, PAGE):
            answer = send(workbench, method, path, cookies[who], **headers)
            is_open = path in OPEN or (path == "/signout" and method == "POST")
            refused = 403 if who == "a disabled account" else 401
            is_refused = answer.status in (303, 404 if path in CLOSED else refused)
            if not (is_open or is_refused):
                answered[method, path] = answer.status
            if answer.status == 303 and not is_open:
                assert "location: /signin" in answer.headers.lower()
            if found := leaks(answer, path):
                leaked[method, path] = found
    assert (answered, leaked) == ({}, {})


@pytest.mark.parametrize("who", NOBODY)
def test_nobody_opens_a_page_by_its_websocket(workbench, cookies, who):
    refused = 403 if who == "a disabled account" else 401
    assert shake_hands(workbench, cookie=cookies[who]) == refused


@pytest.mark.parametrize("who", [*OUTSIDE, *INSIDE])
def test_no_route_gives_a_wrong_role_anything(workbench, cookies, ids, who):
    allowed = MAY_READ if who in INSIDE else frozenset()
    given, leaked = {}, {}
    for method, path in every():
        if (method, path) == ("POST", "/signout"):
            continue  # it would end what the others are asked with
        answer = send(workbench, method, path, cookies[who], reviewer=ids[cookies[who]])
        is_ours = path.startswith(OWN) and SECRET in path
        if is_ours and not 400 <= answer.status < 500:
            given[method, path] = answer.status
        if found := leaks(answer, path, allowed=allowed):
            leaked[method, path] = found
    assert (given, leaked) == ({}, {})


@pytest.mark.parametrize("who", OUTSIDE)
def test_what_is_not_ones_own_is_answered_as_what_there_is_not(workbench, cookies, who):
    differing = {}
    for way in (each for each in ways() if each.path.startswith(OWN) and "{" in each.path):
        for mine, none in zip(addresses(way), addresses(way, of=1), strict=True):
            foreign, unknown = (ask(workbench, each, cookie=cookies[who]) for each in (mine, none))
            said = (foreign.status, foreign.body.replace(SECRET.encode(), UNKNOWN.encode()))
            if said != (unknown.status, unknown.body):
                differing[mine] = (said, unknown)
    assert differing == {}


@pytest.mark.parametrize("who", OUTSIDE)
def test_a_wrong_project_is_answered_as_no_project_to_whoever_sends_labels(
    workbench, cookies, ids, who
):
    foreign, unknown = (
        ask(
            workbench,
            "/api/ops",
            cookie=cookies[who],
            method="POST",
            body=ops(slug, ids[cookies[who]]),
            content_type="application/json",
            x_workbench="1",
        )
        for slug in (SECRET, UNKNOWN)
    )
    assert (foreign.status, unknown.status) == (404, 404)
    assert foreign.body.replace(SECRET.encode(), UNKNOWN.encode()) == unknown.body


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_shows_whoever_is_outside_anything(workbench, cookies, who):
    leaked = {
        screen.address: found
        for screen in SCREENS
        if (found := leaks(page(workbench, screen.address, cookie=cookies[who]), ""))
    }
    assert leaked == {}


@pytest.mark.parametrize("who", INSIDE)
def test_no_page_shows_who_labels_what_is_for_managers(workbench, cookies, who):
    leaked = {
        screen.address: found
        for screen in SCREENS
        if (
            found := leaks(
                page(workbench, screen.address, cookie=cookies[who]), "", allowed=MAY_READ
            )
        )
    }
    assert leaked == {}


def parameters():
    """What pages read from their address, as their source says."""
    found = set()
    for folder in ("app_pages", "ui"):
        for path in (WORKBENCH / folder).rglob("*.py"):
            text = path.read_text()
            found |= set(re.findall(r"query_params(?:\.get\(|\[)\"([\w-]+)\"", text))
            for constant in re.findall(r"query_params(?:\.get\(|\[)(?:\w+\.)?([A-Z_]+)", text):
                found |= set(re.findall(rf'^{constant} = "([\w-]+)"', _sources(), re.MULTILINE))
    return sorted(found)


def _sources():
    return "\n".join(path.read_text() for path in (WORKBENCH / "ui").rglob("*.py"))


IDS = {
    "article": lambda rows: rows["article"]["public_id"],
    "sentence": lambda rows: f"{rows['article']['public_id']}:0-{rows['sentence']['end']}",
    "project": lambda _rows: SECRET,
}


@pytest.mark.parametrize("name", parameters())
def test_an_id_of_others_in_an_address_shows_what_an_unknown_one_shows(
    workbench, cookies, rows, name
):
    mine = IDS[name](rows) if name in IDS else "1"  # of one length: a message says how long it is
    none = mine.replace(MARK, "x" * len(MARK)) if name in IDS else "9"
    for screen in SCREENS:
        asked = [
            page(
                workbench, screen.address, cookie=cookies["outside manager"], query=f"{name}={each}"
            )
            for each in (mine, none)
        ]
        assert leaks(asked[0].replace(mine.encode(), b""), "") == set()
        assert words(asked[0]) == words(asked[1])


def words(sent):
    """The words of a page, once each, whatever numbers and keys stand in them."""
    found = {re.sub(rb"\d+", b"#", each) for each in re.findall(rb"[ -~]{6,}", sent)}
    return {each for each in found if not re.search(rb"[0-9a-f#]{16}|x{8}|zanzibar", each)}


@pytest.mark.parametrize(("address", "table"), [("people", "account"), ("articles", "article")])
def test_a_page_that_leaked_would_be_seen(workbench, cookies, address, table):
    seen = page(workbench, address, cookie=cookies["manager"])
    assert table in tables_in(seen)
    assert "counts" in tables_in(page(workbench, "people", cookie=cookies["manager"]))


def test_a_route_that_leaked_would_be_seen(workbench, cookies):
    answer = ask(workbench, f"/audit/log.jsonl?project={SECRET}", cookie=cookies["manager"])
    assert "audit_event" in leaks(answer, "")


def test_every_way_there_is_was_asked():
    asked = {path for _, path in every()}
    assert {"/api/ops", "/people", "/_stcore/metrics", f"/imports/{SECRET}/1.csv"} <= asked
    assert [way.path for way in ways() if way.is_socket] == ["/_stcore/stream"]
    assert all(set(re.findall(r"\{(\w+)", way.path)) <= set(PARTS) for way in ways())


@pytest.mark.parametrize("who", [*INSIDE, "manager", "outside manager"])
@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/"])
def test_what_streamlit_counts_is_given_to_nobody(workbench, cookies, who, path):
    answer = ask(workbench, path, cookie=cookies[who])
    assert answer.status == 404
    assert b"session" not in answer.body
