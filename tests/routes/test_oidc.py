"""Signing in with a provider, through the gate and back, and what an attacker tries on the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from gated import Site
from issuing import ADA, CLIENT, SECRET, Issuing, issuing
from sqlmodel import select

from db.engine import reading, transaction
from db.models import Account, AccountIdentity, AuditEvent, Invite, OidcStart
from workbench.services import accounts, identities, invitations
from workbench.services.permissions import OPERATOR
from workbench.settings import OidcSettings

PAGE = {"accept": "text/html", "sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}
CALLBACK = "/signin/oidc/callback"


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuing]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with issuing() as state:
        yield state


@pytest.fixture
def oidc_site(own_engines, now, settings, issuer, tmp_path) -> Site:
    """An installation with a reviewer, Ada, and a provider that knows her."""
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    oidc = OidcSettings(issuer.url, CLIENT, secret, ("harbour.example",), "Harbour", "")
    site = Site(own_engines, now, replace(settings, oidc=oidc))
    site.account("Ada")
    return site


def joining(site):
    """The same where whoever the provider knows may join."""
    oidc = replace(site.settings.oidc, join="reviewer")
    return Site(site.engines, site.clock.now, replace(site.settings, oidc=oidc))


def sent(client, **query):
    """Begin, and be sent to the provider; its address."""
    response = client.get(f"/signin/oidc?{urlencode(query)}")
    assert response.status_code == 303, response.text
    return response.headers["location"]


def sign_in(client, issuer, **query):
    """The whole way, with a provider that agrees at once."""
    return back(client, issuer.consent(sent(client, **query)))


def back(client, address):
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("http", "testserver", CALLBACK)
    return client.get(f"{parts.path}?{parts.query}", headers=PAGE)


def told(response):
    """The one line of a refusal: it stands on the page once, and is one line."""
    text = response.text.split('role="alert"', 1)[1].split(">", 1)[1].split("</p>", 1)[0]
    assert "\n" not in text
    return text


def is_in(client):
    return client.get("/").status_code == 200


def rows(site, table):
    with reading(site.engines) as session:
        return [row.model_dump() for row in session.exec(select(table).order_by(table.id))]


def bound_to_ada(site, issuer):
    """Ada has taken a sign-in link with her identity; her browser."""
    client = site.client()
    assert sign_in(client, issuer, token=site.link()).headers["location"] == "/"
    return client


def test_the_sign_in_page_offers_the_provider_by_a_plain_link(oidc_site):
    page = oidc_site.client().get("/signin?next=/articles%3Fq%3Da").text
    address = "/signin/oidc?next=%2Farticles%3Fq%3Da"
    assert f'<a class="act" href="{address}" autofocus>Sign in with Harbour</a>' in page
    assert "or with a password" in page


def test_without_a_provider_nothing_is_offered(site):
    assert "/signin/oidc" not in site.client().get("/signin").text
    answer = site.client().get("/signin/oidc")
    assert answer.status_code == 404
    assert "No provider is set up" in told(answer)


def test_a_sign_in_link_binds_the_identity_and_from_then_on_it_signs_in(oidc_site, issuer):
    page = oidc_site.client().get(f"/signin?token={oidc_site.link()}").text
    assert "Sign in with Harbour as Ada" in page

    assert is_in(bound_to_ada(oidc_site, issuer))
    other = oidc_site.client()
    response = sign_in(other, issuer, next="/articles")
    assert (response.status_code, response.headers["location"]) == (303, "/articles")
    assert is_in(other)
    assert [
        event["details"] for event in rows(oidc_site, AuditEvent) if event["act"] == "sign_in"
    ] == [
        {"how": "oidc"},
        {"how": "oidc"},
    ]


def test_who_has_bound_an_identity_opens_a_link_as_before(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    assert oidc_site.client().get(f"/signin?token={oidc_site.link()}").status_code == 303


def test_an_invitation_is_taken_by_signing_in(oidc_site, issuer):
    with transaction(oidc_site.engines) as session:
        token = invitations.invite(
            session, actor=OPERATOR, role="reviewer", now=oidc_site.clock.now
        )
    client = oidc_site.client()
    assert (
        "Sign in with Harbour to take this invitation" in client.get(f"/signin?token={token}").text
    )
    assert sign_in(client, issuer, token=token).status_code == 303
    assert is_in(client)
    assert [account["name"] for account in rows(oidc_site, Account)] == ["Ada", "Ada Lin"]
    assert "used before" in told(oidc_site.client().get(f"/signin?token={token}"))


def test_whom_nobody_invited_is_told_so_and_nothing_is_made(oidc_site, issuer):
    client = oidc_site.client()
    response = sign_in(client, issuer)
    assert response.status_code == 403
    assert "invitation" in told(response)
    assert not is_in(client)
    assert len(rows(oidc_site, Account)) == 1
    assert rows(oidc_site, AccountIdentity) == []
    newest = rows(oidc_site, AuditEvent)[-1]
    assert newest["act"] == "refuse_sign_in"
    assert newest["details"] == {"how": "oidc", "why": "NotAllowedError"}


def test_whoever_may_join_is_in_at_once(oidc_site, issuer):
    client = joining(oidc_site).client()
    assert sign_in(client, issuer).status_code == 303
    assert is_in(client)


def test_of_another_domain_nobody_joins(oidc_site, issuer):
    issuer.person["email"] = "ada@elsewhere.example"
    response = sign_in(joining(oidc_site).client(), issuer)
    assert response.status_code == 403
    assert "other domains" in told(response)
    assert len(rows(oidc_site, Account)) == 1


def test_an_identity_is_bound_on_ones_own_account_page_only(oidc_site, issuer):
    client = oidc_site.client(oidc_site.cookie())
    with reading(oidc_site.engines) as session:
        identity = client.get("/").json()["uid"][0]
        actor = accounts.signed_in(session, identity=identity, now=oidc_site.clock.now)
        key = identities.binding_key(session, actor=actor)
    for forged in ("", "x", "0" * 64):
        refused = client.get(f"/signin/oidc?bind={forged}", headers=PAGE)
        assert (refused.status_code, "Account page" in told(refused)) == (400, True)
    assert oidc_site.client().get(f"/signin/oidc?bind={key}").status_code == 401

    assert sign_in(client, issuer, bind=key).headers["location"] == "/account"
    assert len(rows(oidc_site, AccountIdentity)) == 1
    assert is_in(client)
    assert is_in_by_identity(oidc_site, issuer)


def is_in_by_identity(site, issuer):
    client = site.client()
    sign_in(client, issuer)
    return is_in(client)


def test_who_is_somebody_else_by_now_binds_nothing(oidc_site, issuer):
    oidc_site.account("Eve")
    client = oidc_site.client(oidc_site.cookie())
    with reading(oidc_site.engines) as session:
        identity = client.get("/").json()["uid"][0]
        actor = accounts.signed_in(session, identity=identity, now=oidc_site.clock.now)
        key = identities.binding_key(session, actor=actor)
    answer = issuer.consent(sent(client, bind=key))
    for cookie in (oidc_site.cookie("Eve"), None):
        client.cookies.delete(oidc_site.name)
        if cookie:
            client.cookies.set(oidc_site.name, cookie)
        assert back(client, answer).status_code == 401
        assert rows(oidc_site, AccountIdentity) == []


def test_an_answer_counts_once(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    client = oidc_site.client()
    address = sent(client)
    kept = client.cookies.get("workbench-oidc")
    assert back(client, issuer.consent(address)).status_code == 303

    thief = oidc_site.client()  # with all that went over the wire, and a fresh code
    thief.cookies.set("workbench-oidc", kept, path="/signin/oidc")
    response = back(thief, issuer.consent(address))
    assert response.status_code == 401
    assert "used before" in told(response)
    assert not is_in(thief)


def test_an_answer_does_not_work_in_another_browser(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    answer = issuer.consent(sent(oidc_site.client()))
    without, with_its_own, forged = (oidc_site.client() for _ in range(3))
    sent(with_its_own)
    forged.cookies.set("workbench-oidc", "x" * 43, path="/signin/oidc")
    for victim in (without, with_its_own, forged):
        response = back(victim, answer)
        assert response.status_code == 401
        assert "not asked for here" in told(response)
        assert not is_in(victim)


CHANGED = [
    {"state": "x" * 43},
    {"state": ""},
    {"code": ""},
    {"code": "x" * 5000},
    {"code": "guessed"},
    {"iss": "https://evil.example"},
    {"error": "access_denied"},
    {"error": "<b>canary</b>", "error_description": "canary"},
]


def test_a_changed_answer_signs_nobody_in(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    for change in CHANGED:
        client = oidc_site.client()
        parts = urlsplit(issuer.consent(sent(client)))
        query = {name: value[0] for name, value in parse_qs(parts.query).items()} | change
        response = client.get(f"{CALLBACK}?{urlencode(query)}", headers=PAGE)
        assert response.status_code == 401, change
        assert "canary" not in response.text
        assert told(response)
        assert not is_in(client)


def test_who_says_no_at_the_provider_is_told_so_with_a_state_or_without(oidc_site, issuer):
    for query in ("error=access_denied", "error=access_denied&state=x"):
        client = oidc_site.client()
        sent(client)
        response = client.get(f"{CALLBACK}?{query}", headers=PAGE)
        assert response.status_code == 401
        assert "Harbour did not sign you in" in told(response)


def test_a_parameter_that_is_there_twice_is_refused(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    for name in ("state", "code"):
        client = oidc_site.client()
        response = back(client, issuer.consent(sent(client)) + f"&{name}=x")
        assert response.status_code == 401
        assert not is_in(client)


FAULTS = [
    {"claims": {"nonce": "another"}},
    {"claims": {"aud": "another"}},
    {"claims": {"iss": "https://evil.example"}},
    {"claims": {"exp": 1}},
    {"claims": {}, "algorithm": "none"},
    {"algorithm": "HS256"},
]


def test_a_token_that_cannot_be_believed_signs_nobody_in(oidc_site, issuer, caplog):
    bound_to_ada(oidc_site, issuer)
    with caplog.at_level(0):
        for fault in FAULTS:
            for name, value in fault.items():
                setattr(issuer, name, value)
            client = oidc_site.client()
            response = sign_in(client, issuer)
            assert response.status_code == 401, fault
            assert "did not vouch for you" in told(response)
            assert not is_in(client)
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("workbench")]
    assert not any(secret in line for line in ours for secret in (ADA["sub"], "eyJ", "another"))


def test_an_answer_that_took_too_long_signs_nobody_in(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    client = oidc_site.client()
    answer = issuer.consent(sent(client))
    oidc_site.clock.turn(timedelta(minutes=10))
    assert "too late" in told(back(client, answer))


def test_a_disabled_account_stays_out(oidc_site, issuer):
    client = bound_to_ada(oidc_site, issuer)
    oidc_site.disable("Ada")
    assert not is_in(client)
    response = sign_in(oidc_site.client(), issuer)
    assert response.status_code == 403
    assert "disabled" in told(response)


def test_no_way_leads_to_another_site(oidc_site, issuer):
    bound_to_ada(oidc_site, issuer)
    for target in ("//evil.example", "https://evil.example", "/\\evil.example", "/signin/oidc"):
        assert sign_in(oidc_site.client(), issuer, next=target).headers["location"] == "/", target


def test_who_signs_in_anew_ends_what_the_browser_was_before(oidc_site, issuer):
    oidc_site.account("Eve")
    bound_to_ada(oidc_site, issuer)
    before = oidc_site.cookie("Eve")
    client = oidc_site.client(before)
    after = sign_in(client, issuer).headers["set-cookie"]
    assert not is_in(oidc_site.client(before))
    assert before not in after


def test_a_link_that_is_used_meanwhile_binds_nothing(oidc_site, issuer):
    token = oidc_site.link()
    client = oidc_site.client()
    answer = issuer.consent(sent(client, token=token))
    bound_to_ada(oidc_site, issuer)  # a newer link takes the place of this one
    assert "newer link" in told(back(client, answer))
    assert not is_in(client)


def test_a_link_that_is_not_known_is_told_before_the_way(oidc_site, issuer):
    response = oidc_site.client().get("/signin/oidc?token=unknown")
    assert response.status_code == 404
    assert "not known" in told(response)
    assert issuer.asked == []


def test_a_provider_that_is_away_is_told_and_the_rest_goes_on(oidc_site, issuer):
    oidc_site.password()
    issuer.broken = ("/.well-known/openid-configuration",)
    client = oidc_site.client()
    response = client.get("/signin/oidc?next=/articles")
    assert response.status_code == 503
    assert "Harbour does not answer" in told(response)
    assert 'name="password"' in response.text
    form = {"name": "Ada", "password": "harbour lamp seven"}
    assert client.post("/signin", data=form).status_code == 303


def test_nobody_waits_longer_than_it_is_worth(oidc_site, issuer, monkeypatch):
    monkeypatch.setattr("workbench.routes.oidc.WAIT", 0.2)
    issuer.pause = 1.0
    response = oidc_site.client().get("/signin/oidc")
    assert response.status_code == 503
    assert "Harbour does not answer" in told(response)


def test_looking_ahead_begins_and_ends_nothing(oidc_site, issuer):
    client = oidc_site.client()
    for headers in ({"sec-purpose": "prefetch"}, {"sec-fetch-dest": "image"}):
        response = client.get("/signin/oidc", headers=headers)
        assert (response.status_code, response.headers.get("set-cookie")) == (204, None)
        assert client.get(CALLBACK, headers=headers).status_code == 204
    assert rows(oidc_site, OidcStart) == []


def test_the_cookie_of_the_way_is_kept_from_scripts_and_ends_with_it(oidc_site, issuer):
    client = oidc_site.client()
    begun = client.get("/signin/oidc")
    cookie = begun.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=lax", "Path=/signin/oidc"))
    ended = back(client, issuer.consent(begun.headers["location"]))
    assert 'workbench-oidc=""' in ended.headers["set-cookie"]
    assert "workbench-oidc" not in client.cookies


def test_over_tls_the_cookie_belongs_to_this_host_alone(oidc_site):
    site = Site(
        oidc_site.engines, oidc_site.clock.now, replace(oidc_site.settings, secure_cookies=True)
    )
    begun = site.client().get("/signin/oidc")
    assert begun.headers["set-cookie"].startswith("__Host-workbench-oidc=")
    assert "Secure" in begun.headers["set-cookie"]
    query = parse_qs(urlsplit(begun.headers["location"]).query)
    assert query["redirect_uri"] == [f"https://testserver{CALLBACK}"]


def test_nothing_that_is_secret_is_stored(oidc_site, issuer):
    client = oidc_site.client()
    token = oidc_site.link()
    address = sent(client, token=token)
    cookie = client.cookies.get("workbench-oidc")
    stored = str([*rows(oidc_site, OidcStart), *rows(oidc_site, Invite)])
    query = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}
    for secret in (cookie, token, query["state"], query["nonce"]):
        assert secret not in stored


def test_every_answer_on_the_way_is_kept_by_nobody(oidc_site, issuer):
    client = oidc_site.client()
    begun = client.get("/signin/oidc")
    ended = back(client, issuer.consent(begun.headers["location"]))
    for response in (begun, ended):
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "form-action 'self'" in response.headers["content-security-policy"]
