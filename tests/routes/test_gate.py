import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from gated import PAGE, Site
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from db.engine import reading, transaction
from db.models import SignIn
from workbench.routes.gate import OPEN, Gate
from workbench.services import accounts

COLD = [
    "/",
    "/articles",
    "/annotate",
    "/api/ops",
    "/export/demo/1.jsonl",
    "/media/secret.png",
    "/_stcore/health",
    "/_stcore/host-config",
    "/static/js/index.js",
    "/favicon.png",
    "/favicon.ico",
    "/signout",
    "/signin/",
    "/signin/x",
    "/SIGNIN",
    "/signin/../articles",
    "//signin",
    "/healthz/x",
    "/%73ignin/x",
    "/fail",
    "/nowhere",
]
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
FOREIGN_HOSTS = [
    "evil.example",
    "testserver.evil.example",
    "testserver@evil.example",
    "",
    "localhost.",
    "[::2]",
    "testserver:80:80",
    "testserver:x",
    "testserver/x",
    "test server",
    "x" * 300,
    "tеstserver",
]
OWN, FOREIGN = "http://testserver", "https://evil.example"
MINUTE = timedelta(minutes=1)


def connect(client, **headers):
    """What a WebSocket gets: the identity that came through, or the status of the refusal."""
    try:
        with client.websocket_connect("/_stcore/stream", headers=headers) as websocket:
            return websocket.receive_json()
    except WebSocketDenialResponse as refused:
        assert_headers(refused)
        return refused.status_code
    except WebSocketDisconnect as refused:
        return refused.code


def assert_headers(response):
    for name, value in HEADERS.items():
        assert response.headers.get_list(name) == [value]
    [policy] = response.headers.get_list("content-security-policy")
    assert "'sha256-" in policy
    assert "unsafe-eval" not in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy


def test_nothing_but_sign_in_and_health_answers_before_sign_in(site):
    client = site.client()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"):
        for path in COLD:
            response = client.request(method, f"{OWN}{path}")
            assert response.status_code == 401, (method, path)
            assert response.text in ("", '{"error":"Sign in."}'), (method, path)


def test_the_sign_in_page_and_what_it_needs_are_open(site):
    client = site.client()
    answers = {path: client.get(path).status_code for path in OPEN}
    provider = {path: answers.pop(path) for path in ("/signin/oidc", "/signin/oidc/callback")}
    assert {*answers.values()} == {200}
    assert {*provider.values()} == {404}  # where none is set up


def test_a_page_leads_to_sign_in_and_back(site):
    places = {
        "/": "/signin",
        "/articles": "/signin?next=%2Farticles",
        "/articles?id=1&q=a b": "/signin?next=%2Farticles%3Fid%3D1%26q%3Da%2520b",
        "//evil.example/x": "/signin",
        "/signout": "/signin",
    }
    client = site.client()
    for path, place in places.items():
        response = client.get(f"{OWN}{path}", headers=PAGE)
        assert (response.status_code, response.headers["location"]) == (303, place)


def test_a_form_sent_when_signed_out_leads_to_sign_in_and_not_back(site):
    response = site.client().post("/signout", headers=PAGE | {"origin": OWN})
    assert (response.status_code, response.headers["location"]) == (303, "/signin")


def test_a_cookie_brings_its_identity(site):
    [uid] = site.client(site.cookie()).get("/").json()["uid"]
    with reading(site.engines) as session:
        actor = accounts.signed_in(session, identity=uid, now=site.clock.now)
    assert actor.name == "Ada"


def test_a_browser_that_looks_for_a_mark_finds_it(site):
    """It looks there while a page has not said yet what its mark is, and notes a fault if not."""
    answer = site.client(site.cookie()).get("/favicon.ico")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_an_identity_from_outside_is_dropped(site):
    signed_in = site.client(site.cookie())
    for spelling in ("X-Workbench-Uid", "x-workbench-uid", "X_Workbench_Uid"):
        forged = {spelling: "0123456789abcdef:1"}
        assert site.client().get("/", headers=forged).status_code == 401
        [uid] = signed_in.get("/", headers=forged).json()["uid"]
        assert not uid.startswith("0123")
        [uid] = connect(signed_in, **forged)
        assert not uid.startswith("0123")


def test_an_identity_from_outside_does_not_come_through_on_open_paths(site):
    response = site.client().get("/signin", headers={"X-Workbench-Uid": "0123456789abcdef:1"})
    assert response.status_code == 200  # somebody signed in would be sent on


def test_a_forged_cookie_opens_nothing(site):
    for cookie in ("", "x", "x" * 43, "x" * 10_000, "%00", '"', "a=b"):
        client = site.client(cookie)
        assert client.get("/").status_code == 401
        assert connect(client) == 401


def test_a_foreign_host_is_refused(site):
    client = site.client(site.cookie())
    for host in FOREIGN_HOSTS:
        raw = host.encode()
        for path in ("/", "/signin", "/healthz"):
            assert client.get(path, headers={"host": raw}).status_code == 400, host
        assert connect(client, host=raw, origin=b"http://" + raw) == 400, host


def test_our_hosts_are_known_at_any_port(site):
    client = site.client(site.cookie())
    for host in ("testserver", "TestServer:8501", "localhost:1", "[::1]:8501"):
        assert client.get("/", headers={"host": host}).status_code == 200, host


def test_two_hosts_are_refused(site):
    client = site.client(site.cookie())
    twice = [("host", "testserver"), ("host", "testserver")]
    assert client.get("/", headers=twice).status_code == 400


@pytest.mark.parametrize("denials", [True, False])
def test_a_websocket_is_refused_without_a_cookie(site, denials):
    site.denials = denials
    assert connect(site.client(), origin=OWN) == (401 if denials else 1008)


def test_a_websocket_brings_its_identity(site):
    [uid] = connect(site.client(site.cookie()), origin=OWN)
    assert uid.endswith(":1")


def test_a_websocket_from_another_sites_page_is_refused(site):
    client = site.client(site.cookie())
    foreign = [FOREIGN, "null", "http://testserver.evil.example", "testserver"]
    for origin in (*foreign, "http://testserver:9999", "http://localhost:8501"):
        assert connect(client, origin=origin) == 403, origin


def test_what_another_sites_page_sends_is_refused(site):
    client = site.client(site.cookie())
    foreign = [
        {"origin": FOREIGN},
        {"origin": "null"},
        {"origin": "http://testserver:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": OWN},
    ]
    for headers in foreign:
        for path in ("/api/ops", "/signin", "/signout", "/_stcore/upload_file/x"):
            for method in ("POST", "PUT", "PATCH", "DELETE"):
                assert client.request(method, path, headers=headers).status_code == 403, headers
    assert client.get("/").status_code == 200  # nobody was signed out


def test_what_our_own_pages_and_programs_send_is_taken(site):
    client = site.client(site.cookie())
    own = [
        {},
        {"origin": OWN},
        {"origin": "http://testserver:80"},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
    ]
    for headers in own:
        assert client.post("/api/ops", headers=headers).status_code == 200, headers


def test_a_link_from_another_site_opens_a_page(site):
    headers = PAGE | {"sec-fetch-site": "cross-site", "referer": FOREIGN}
    assert site.client(site.cookie()).get("/articles", headers=headers).status_code == 200


def test_who_is_disabled_is_out_at_once(site):
    client = site.client(site.cookie())
    assert client.get("/").status_code == 200
    site.disable()
    assert client.get("/").status_code == 403
    assert connect(client) == 403


def test_who_signed_out_is_out_at_once(site):
    cookie = site.cookie()
    assert site.client(cookie).post("/signout", headers={"origin": OWN}).status_code == 303
    assert site.client(cookie).get("/").status_code == 401


def test_twelve_idle_hours_end_a_session(site):
    with site.client(site.cookie()) as client:
        site.clock.turn(timedelta(hours=12))
        assert client.get("/").status_code == 401
        client.portal.call(site.gate.settle)


def test_somebody_at_work_stays_signed_in(site):
    with site.client(site.cookie()) as client:
        for _ in range(30):
            site.clock.turn(timedelta(hours=5))
            assert client.get("/").status_code == 200
            client.portal.call(site.gate.settle)


def test_seven_days_end_a_busy_session(site):
    with site.client(site.cookie()) as client:
        answers = []
        for _ in range(17):
            site.clock.turn(timedelta(hours=10))
            answers.append(client.get("/").status_code)
            client.portal.call(site.gate.settle)
    assert answers == [200] * 16 + [401]


def test_a_clock_set_back_revives_no_session(site):
    with site.client(site.cookie()) as client:
        site.clock.turn(timedelta(hours=13))
        assert client.get("/").status_code == 401
        client.portal.call(site.gate.settle)
        site.clock.turn(-timedelta(hours=13))
        assert client.get("/").status_code == 401


def test_being_seen_is_written_once_in_five_minutes(site):
    seen = []
    with site.client(site.cookie()) as client:
        for _ in range(10):
            site.clock.turn(MINUTE)
            client.get("/")
            client.portal.call(site.gate.settle)
            with reading(site.engines) as session:
                seen.append(session.get(SignIn, 1).last_seen_at)
    assert len({*seen}) == 3
    assert seen[-1] == site.clock.now


def test_reading_goes_on_while_somebody_else_writes(site):
    with site.client(site.cookie()) as client:
        site.clock.turn(6 * MINUTE)
        with transaction(site.engines):
            assert client.get("/").status_code == 200
        client.portal.call(site.gate.settle)
        with reading(site.engines) as session:
            assert session.get(SignIn, 1).last_seen_at == site.clock.now


def test_the_log_says_that_being_seen_could_not_be_written(site, caplog, monkeypatch):
    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("workbench.services.sessions.touch", full)
    with caplog.at_level(logging.WARNING), site.client(site.cookie()) as client:
        site.clock.turn(6 * MINUTE)
        for _ in range(3):  # a page asks for many files at once: one try is enough
            assert client.get("/").status_code == 200
            client.portal.call(site.gate.settle)
        site.clock.turn(MINUTE)
        client.get("/")
        client.portal.call(site.gate.settle)
    assert caplog.text.count("could not be written") == 2


@pytest.mark.parametrize("signed_in", [True, False])
def test_every_answer_carries_the_headers(site, signed_in):
    for path in (*COLD, *OPEN, "/loose", "/signin?token=x"):
        client = site.client(site.cookie() if signed_in else None)  # one of them signs out
        for headers in ({}, PAGE, {"host": "evil.example"}, {"origin": FOREIGN}):
            for method in ("GET", "POST", "HEAD"):
                assert_headers(client.request(method, f"{OWN}{path}", headers=headers))
    assert_headers(client.get("/articles", headers={"cookie": "x" * 5000}))


def test_a_fault_is_told_without_its_secret(site):
    response = site.client(site.cookie()).get("/fail")
    assert response.status_code == 500
    assert "secret" not in response.text
    assert_headers(response)


def test_a_fault_still_reaches_the_log(site):
    client = site.client(site.cookie())
    client._transport.raise_server_exceptions = True
    with pytest.raises(RuntimeError, match="secret"):
        client.get("/fail")


def test_what_must_not_be_kept_is_not(site):
    for client in (site.client(), site.client(site.cookie())):
        for path in ("/export/demo/1.jsonl", "/api/ops", "/signin", "/healthz", "/media/x"):
            kept = client.get(path).headers.get_list("cache-control")
            assert kept == ["no-store"] or (path == "/media/x" and kept == []), path


def test_a_stream_is_passed_on(site):
    assert site.client(site.cookie()).get("/export/demo/1.jsonl").text == "ab"


def test_tls_is_insisted_on_where_cookies_are_secure(own_engines, now, settings):
    site = Site(own_engines, now, replace(settings, secure_cookies=True))
    assert "max-age=" in site.client().get("/healthz").headers["strict-transport-security"]


def test_the_plain_cookie_opens_nothing_where_cookies_are_secure(own_engines, now, settings):
    site = Site(own_engines, now, replace(settings, secure_cookies=True))
    site.account()
    cookie = site.cookie()
    assert site.client(cookie).get("/").status_code == 200
    assert site.client(cookie=None, cookie_=f"workbench={cookie}").get("/").status_code == 401


def test_a_database_that_is_away_is_told_in_a_sentence(site, broken_site):
    response = broken_site.client(site.cookie()).get("/")
    assert response.status_code == 503
    assert "database" in response.json()["error"]
    assert_headers(response)


def test_a_page_that_is_asked_for_then_says_so_and_tries_again_by_itself(site, broken_site):
    response = broken_site.client(site.cookie()).get("/articles", headers={"accept": "text/html"})

    assert response.status_code == 503
    assert int(response.headers["refresh"]) > 0
    assert "database" in response.text
    assert "Labels that wait on this device are still there" in response.text
    assert_headers(response)


def test_the_lifespan_passes(site):
    with site.client() as client:
        assert client.get("/healthz").text == "ok"


def test_the_gate_forgets_whom_it_tried_to_note(site):
    gate = Gate(site.app, site.engines, site.settings, site.clock)
    gate._tried = dict.fromkeys(range(1001), site.clock.now)
    with site.client() as client:
        client.portal.call(note, gate, site.clock.now)
    assert len(gate._tried) == 1


async def note(gate, now):
    gate._note(2_000, now)
    await gate.settle()
