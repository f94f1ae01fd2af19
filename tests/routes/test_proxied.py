"""Where a proxy in front signs people in: whom it names comes in, and nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from gated import Site
from sqlmodel import select
from starlette.testclient import TestClient, WebSocketDenialResponse
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from db.engine import reading
from db.models import Account, AuditEvent, SignIn
from workbench.peers import Peers
from workbench.routes.arrival import Arrival
from workbench.settings import ProxySettings

HEADER = "X-Auth-User"
PAGE = {"accept": "text/html"}
TRUSTED, STRANGER = "10.0.0.5", "192.0.2.66"


@pytest.fixture
def proxied(own_engines, now, settings) -> Site:
    """An installation behind a proxy, with two reviewers, Ada and Eve."""
    return site_with(own_engines, now, settings, people=("Ada", "Eve"))


def site_with(engines, now, settings, *, people=(), join="", peers=("10.0.0.0/28",)):
    proxy = ProxySettings(header=HEADER, peers=peers, join=join)
    site = Site(engines, now, replace(settings, auth="proxy", proxy=proxy))
    for name in people:
        site.account(name)
    return site


def browser(site, name=None, *, peer=TRUSTED, app=None, is_unix=False):
    """A browser whose requests arrive from `peer`, with what a proxy adds for this person."""
    client = TestClient(
        Peers(app or site.app, is_unix=is_unix),
        follow_redirects=False,
        headers={HEADER: name.encode()} if name is not None else {},
        client=(peer, 50_000),
    )
    client.headers.update(PAGE)
    return client


def open_page(client, path="/", **headers):
    """Open a page as a browser does, following to the sign-in page and back."""
    response = client.get(path, headers=headers)
    for _ in range(3):
        if response.status_code != 303:
            break
        response = client.get(response.headers["location"], headers=headers)
    return response


def uid(client, **headers):
    """Who the application takes this browser for; None for nobody."""
    response = open_page(client, **headers)
    is_inside = response.headers.get("content-type") == "application/json"
    return response.json()["uid"][0] if is_inside and response.status_code == 200 else None


def account(site, identity):
    with reading(site.engines) as session:
        public_id = identity.partition(":")[0]
        return session.exec(select(Account).where(Account.public_id == public_id)).one().name


def sessions_of(site):
    with reading(site.engines) as session:
        return [row.ended_at for row in session.exec(select(SignIn).order_by(SignIn.id))]


def test_whom_the_proxy_names_is_in_with_a_session_of_ours(proxied):
    client = browser(proxied, "Ada")
    assert open_page(client, "/articles?q=a").status_code == 200
    assert account(proxied, uid(client)) == "Ada"
    assert sessions_of(proxied) == [None]
    cookie = client.cookies[proxied.name]
    assert len(cookie) == 43
    with reading(proxied.engines) as session:
        newest = session.exec(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (newest.act, newest.details) == ("sign_in", {"how": "proxy"})


@pytest.mark.parametrize("spelling", ["x-auth-user", "X-AUTH-USER", "x-AuTh-uSeR"])
def test_the_case_of_the_header_does_not_matter(proxied, spelling):
    assert uid(browser(proxied), **{spelling: "Ada"})


def test_nobody_else_can_name_themselves(proxied):
    for peer in (STRANGER, "127.0.0.1", "10.0.0.16", "testclient"):
        client = browser(proxied, "Ada", peer=peer)
        response = open_page(client)
        assert (response.status_code, uid(client)) == (401, None), peer
        assert "did not say who you are" in response.text
    assert sessions_of(proxied) == []


def test_an_address_alone_lets_nobody_in(proxied):
    assert uid(browser(proxied)) is None


def test_a_forwarded_address_makes_nobody_the_proxy(proxied):
    believing = ProxyHeadersMiddleware(proxied.app, trusted_hosts="*")
    client = browser(proxied, "Ada", peer=STRANGER, app=believing)
    assert uid(client, **{"X-Forwarded-For": TRUSTED}) is None


def test_the_proxy_stays_the_proxy_where_forwarded_addresses_are_believed(proxied):
    believing = ProxyHeadersMiddleware(proxied.app, trusted_hosts="*")
    client = browser(proxied, "Ada", app=believing)
    assert uid(client, **{"X-Forwarded-For": STRANGER})


def test_where_peers_are_not_noted_nobody_is_the_proxy(proxied):
    client = TestClient(
        proxied.app, follow_redirects=False, headers={HEADER: "Ada"}, client=(TRUSTED, 50_000)
    )
    assert uid(client, **PAGE) is None


AMBIGUOUS: list[list[tuple[str, str]]] = [
    [(HEADER, "Ada"), (HEADER, "Eve")],
    [(HEADER, "Ada"), (HEADER, "Ada")],
    [(HEADER, "Ada"), ("X_Auth_User", "Eve")],
    [(HEADER, "Ada"), ("x-auth_user", "Eve")],
    [("X_Auth_User", "Ada")],
    [("x_auth_user", "Ada")],
    [(HEADER, "Ada, Eve")],
    [(HEADER, "")],
    [(HEADER, "   ")],
    [(HEADER, "A" * 300)],
    [("X-Auth-Username", "Ada")],
    [("X-Workbench-Proxied", "Ada")],
    [("X_Workbench_Proxied", "Ada")],
]


def test_a_name_that_is_not_there_exactly_once_is_nobodys(proxied):
    for names in AMBIGUOUS:
        client = browser(proxied)
        headers = [*((name.lower(), value) for name, value in PAGE.items()), *names]
        for path in ("/", "/signin", "/api/ops"):
            response = client.get(path, headers=headers)
            assert response.status_code in (303, 401), (path, names)
            assert "set-cookie" not in response.headers
    assert sessions_of(proxied) == []


def test_the_header_reaches_nothing_behind_the_gate(proxied):
    seen = []

    async def watched(scope, receive, send):
        seen.extend(name for name, _ in scope.get("headers", ()))
        await proxied.inner(scope, receive, send)

    proxied.gate = None
    client = browser(proxied, "Ada")
    uid(client)
    inner, proxied.gate.app = proxied.gate.app, watched
    client.get("/")
    proxied.gate.app = inner
    assert seen
    assert not {b"x-auth-user", b"x_auth_user"} & {*seen}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("Zoë".encode(), "Zoë"),
        (b" Ada ", "Ada"),
        (b"\xff\xfe", None),
        ("Zoë".encode("latin-1"), None),
        (b"A" * 241, None),
        (b"", None),
    ],
)
def test_a_name_is_read_as_utf_8_or_not_at_all(value, name):
    scope = {"headers": [(b"X-Auth-User", value)]}
    arrival = Arrival.of(scope, naming=b"x-auth-user")
    assert (arrival.name(), arrival.kept) == (name, [])


def test_another_name_ends_the_session(proxied):
    client = browser(proxied, "Ada")
    assert account(proxied, uid(client)) == "Ada"
    kept = client.cookies[proxied.name]

    client.headers[HEADER] = "Eve"
    assert client.get("/api/ops", headers={"accept": "*/*"}).status_code == 401
    client.headers[HEADER] = "Ada"
    client.cookies.set(proxied.name, kept)
    assert client.get("/api/ops", headers={"accept": "*/*"}).status_code == 401  # ended for good
    client.headers[HEADER] = "Eve"
    assert account(proxied, uid(client)) == "Eve"


def test_without_a_name_a_session_is_not_ended_and_not_let_in(proxied):
    client = browser(proxied, "Ada")
    uid(client)
    del client.headers[HEADER]
    assert uid(client) is None
    client.headers[HEADER] = "Ada"
    assert uid(client)
    assert sessions_of(proxied) == [None]


def test_a_stolen_cookie_is_worth_nothing_elsewhere(proxied):
    client = browser(proxied, "Ada")
    uid(client)
    for thief in (browser(proxied, "Ada", peer=STRANGER), browser(proxied, "Eve")):
        thief.cookies.set(proxied.name, client.cookies[proxied.name])
        assert thief.get("/api/ops", headers={"accept": "*/*"}).status_code == 401


@pytest.mark.parametrize(("peer", "name"), [(STRANGER, "Ada"), (TRUSTED, None), (TRUSTED, "Eve")])
def test_a_websocket_is_the_proxys_too(proxied, peer, name):
    client = browser(proxied, "Ada")
    identity = uid(client)
    cookies = {"cookie": f"{proxied.name}={client.cookies[proxied.name]}"}
    with client.websocket_connect("/_stcore/stream", headers={HEADER: "Ada"} | cookies) as ok:
        assert ok.receive_json() == [identity]
    other = browser(proxied, name, peer=peer)
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        other.websocket_connect("/_stcore/stream", headers=cookies),
    ):
        pass
    assert refused.value.status_code == 401


def test_a_disabled_account_is_out_whoever_names_it(proxied):
    client = browser(proxied, "Ada")
    uid(client)
    proxied.disable("Ada")
    response = open_page(client)
    assert response.status_code == 403
    assert "disabled" in response.text


def test_somebody_else_comes_in_where_a_disabled_person_was(proxied):
    client = browser(proxied, "Ada")
    uid(client)
    proxied.disable("Ada")
    client.headers[HEADER] = "Eve"
    assert account(proxied, uid(client)) == "Eve"


def test_a_name_without_an_account_is_told_so_and_nothing_is_made(proxied):
    response = open_page(browser(proxied, "Mallory"))
    assert response.status_code == 403
    assert "no account of your name" in response.text
    with reading(proxied.engines) as session:
        assert len(session.exec(select(Account)).all()) == 2
        newest = session.exec(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (newest.act, newest.details["how"]) == ("refuse_sign_in", "proxy")


def test_a_name_without_an_account_joins_where_that_is_set(own_engines, now, settings):
    site = site_with(own_engines, now, settings, people=("Ada",), join="reviewer")
    assert account(site, uid(browser(site, "Zoë"))) == "Zoë"


def test_passwords_and_links_are_not_used(proxied):
    token = proxied.link()
    proxied.password()
    for client in (browser(proxied), browser(proxied, "Ada"), browser(proxied, peer=STRANGER)):
        assert client.get(f"/signin?token={token}").status_code == 403
        form = {"name": "Ada", "password": "harbour lamp seven"}
        response = client.post("/signin", data=form)
        assert (response.status_code, "set-cookie" in response.headers) == (403, False)


def test_signing_out_says_that_the_proxy_knows_one_still(proxied):
    client = browser(proxied, "Ada")
    uid(client)
    response = client.post("/signout", headers={"origin": "http://testserver"})
    assert response.status_code == 200
    assert "sign out there too" in response.text
    assert sessions_of(proxied)[0] is not None
    assert uid(client)  # as the page said


def test_sessions_run_out_as_ever_and_begin_anew(proxied):
    client = browser(proxied, "Ada")
    uid(client)
    proxied.clock.turn(timedelta(hours=13))
    assert client.get("/api/ops", headers={"accept": "*/*"}).status_code == 401
    assert uid(client)
    assert len(sessions_of(proxied)) == 2


def test_by_a_socket_file_it_is_the_proxy_that_connects(own_engines, now, settings):
    site = site_with(own_engines, now, settings, people=("Ada",), peers=("unix",))
    assert uid(browser(site, "Ada", is_unix=True))
    assert uid(browser(site, "Ada")) is None


def test_where_no_proxy_signs_people_in_its_header_means_nothing(site):
    client = browser(site, "Ada")
    assert uid(client) is None
    client.cookies.set(site.name, site.cookie())
    client.headers[HEADER] = "Eve"
    assert account(site, uid(client)) == "Ada"
