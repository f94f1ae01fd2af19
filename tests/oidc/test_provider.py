from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from issuing import ADA, new_key

from workbench.errors import AwayError, NotAllowedError, SignedOutError
from workbench.oidc.provider import Provider
from workbench.oidc.secrets import Secrets

BACK = "http://127.0.0.1:8501/signin/oidc/callback"


@pytest.fixture
def provider(oidc):
    return Provider(oidc)


def come_back(provider, issuer, *, secrets=None):
    """Be sent to the provider, agree, and come back."""
    secrets = secrets or Secrets.new()
    answer = issuer.consent(provider.address(secrets, back=BACK))
    query = {name: value[0] for name, value in parse_qs(urlsplit(answer).query).items()}
    assert query["state"] == secrets.state
    return provider.identity(secrets, code=query["code"], back=BACK, issuer=query.get("iss"))


def test_one_is_sent_with_all_that_protects_the_way_back(provider, issuer):
    secrets = Secrets.new()
    address = urlsplit(provider.address(secrets, back=BACK))
    query = {name: value[0] for name, value in parse_qs(address.query).items()}

    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{issuer.url}/authorize"
    assert (query["response_type"], query["client_id"], query["redirect_uri"]) == (
        "code",
        "workbench",
        BACK,
    )
    assert (query["state"], query["nonce"]) == (secrets.state, secrets.nonce)
    assert query["code_challenge_method"] == "S256"
    assert {*query["scope"].split()} == {"openid", "profile", "email"}
    assert not {secrets.cookie, secrets.verifier} & {*query.values()}


def test_who_comes_back_is_known_by_issuer_and_subject(provider, issuer):
    identity = come_back(provider, issuer)
    assert (identity.issuer, identity.subject) == (issuer.url, ADA["sub"])
    assert (identity.name, identity.domains) == ("Ada Lin", {"harbour.example"})


def test_a_client_without_a_secret_relies_on_the_proof_alone(provider, issuer, monkeypatch, oidc):
    monkeypatch.setattr("issuing.SECRET", "")
    public = Provider(replace(oidc, secret_file=None))
    assert come_back(public, issuer).subject == ADA["sub"]


def test_the_secret_goes_where_the_provider_takes_it(provider, issuer):
    issuer.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert come_back(provider, issuer).subject == ADA["sub"]


def test_a_code_works_for_the_browser_that_asked_for_it_only(provider, issuer):
    answer = issuer.consent(provider.address(Secrets.new(), back=BACK))
    code = parse_qs(urlsplit(answer).query)["code"][0]
    with pytest.raises(SignedOutError):
        provider.identity(Secrets.new(), code=code, back=BACK, issuer=None)


@pytest.mark.parametrize(
    "fault",
    [
        {"claims": {"nonce": "another"}},
        {"claims": {"nonce": None}},
        {"claims": {"aud": "another"}},
        {"claims": {"iss": "https://evil.example"}},
        {"claims": {"exp": 1}},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"stranger": "first"},
        {"stranger": "unknown"},
        {"tokens": {"id_token": None}},
        {"tokens": {"id_token": "a.b.c"}},
        {"tokens": {"error": "invalid_grant"}},
        {"answer": {"iss": "https://evil.example"}},
        {"answer": {"code": "guessed"}},
        {"document": {"authorization_response_iss_parameter_supported": True}},
    ],
    ids=str,
)
def test_a_word_that_cannot_be_believed_signs_nobody_in(provider, issuer, fault, caplog):
    for name, value in fault.items():
        setattr(issuer, name, new_key(value, nth=2) if name == "stranger" else value)
    with pytest.raises(SignedOutError, match="Harbour did not vouch for you"):
        come_back(provider, issuer)
    assert "was refused" in caplog.text


def test_nothing_of_a_token_reaches_the_log_or_the_message(provider, issuer, caplog):
    issuer.claims = {"aud": "canary", "sub": "canary", "nonce": "canary"}
    with caplog.at_level(0), pytest.raises(SignedOutError) as refused:
        come_back(provider, issuer)
    assert "canary" not in str(refused.value) + caplog.text
    assert not any(code in caplog.text for code in issuer.codes)


def test_an_answer_that_says_whose_it_is_is_taken(provider, issuer):
    issuer.document = {"authorization_response_iss_parameter_supported": True}
    issuer.answer = {"iss": issuer.url}
    assert come_back(provider, issuer).subject == ADA["sub"]


@pytest.mark.parametrize(
    "person",
    [
        {"email": "ada@elsewhere.example"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": "ada@harbour.example@elsewhere.example"},
        {"email": "ada@sub.harbour.example"},
        {"email": None, "hd": "harbour.example"},  # Google's word alone
        {"email": 7},
    ],
    ids=str,
)
def test_who_is_of_another_domain_is_told_so(provider, issuer, person):
    issuer.person |= person
    with pytest.raises(NotAllowedError, match="other domains"):
        come_back(provider, issuer)


@pytest.mark.parametrize("domains", [(), ("*",), ("elsewhere.example", "harbour.example")])
def test_a_list_of_domains_leaves_nobody_out_who_is_on_it(issuer, oidc, domains):
    assert come_back(Provider(replace(oidc, domains=domains)), issuer)


def test_what_the_token_does_not_hold_is_asked_for(provider, issuer):
    issuer.in_userinfo = ("name", "email", "email_verified")
    identity = come_back(provider, issuer)
    assert (identity.name, identity.domains) == ("Ada Lin", {"harbour.example"})


def test_more_about_somebody_else_is_refused(provider, issuer):
    issuer.in_userinfo = ("email",)
    issuer.claims = {"sub": "another"}
    with pytest.raises(SignedOutError):
        come_back(provider, issuer)


def test_a_verified_address_does_not_vouch_for_another_one(provider, issuer):
    """The token holds an address of ours, unverified; what is verified elsewhere is another."""
    issuer.person["email"] = "ada@elsewhere.example"
    issuer.claims = {"email": "ada@harbour.example", "email_verified": None}
    with pytest.raises(NotAllowedError):
        come_back(provider, issuer)


def test_a_new_key_of_the_provider_is_found(provider, issuer, monkeypatch):
    come_back(provider, issuer)
    issuer.key = new_key("second")
    monkeypatch.setattr("workbench.oidc.provider.ASK_KEYS_EVERY", 0.0)
    assert come_back(provider, issuer).subject == ADA["sub"]


def test_an_unknown_key_does_not_have_the_provider_asked_all_the_time(provider, issuer):
    issuer.stranger = new_key("unknown")
    for _ in range(3):
        with pytest.raises(SignedOutError):
            come_back(provider, issuer)
    assert issuer.asked.count("/keys") == 1


def test_the_document_is_asked_for_once(provider, issuer):
    for _ in range(3):
        come_back(provider, issuer)
    assert issuer.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://elsewhere.example/authorize"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"userinfo_endpoint": 7},
    ],
    ids=str,
)
def test_a_document_that_leads_elsewhere_is_not_followed(provider, issuer, document):
    issuer.document = document
    with pytest.raises(AwayError):
        provider.address(Secrets.new(), back=BACK)


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys"])
def test_a_provider_that_answers_with_an_error_is_away(provider, issuer, path):
    issuer.broken = (path,)
    with pytest.raises(AwayError, match="Harbour does not answer as it should"):
        provider.address(Secrets.new(), back=BACK)


def test_a_provider_that_breaks_down_on_the_way_is_away(provider, issuer):
    issuer.broken = ("/token",)
    with pytest.raises(AwayError):
        come_back(provider, issuer)


def test_a_provider_that_is_gone_is_told_at_once(oidc):
    gone = Provider(replace(oidc, issuer="http://127.0.0.1:9"))
    with pytest.raises(AwayError):
        gone.address(Secrets.new(), back=BACK)


def test_a_provider_that_hangs_holds_nobody_for_long(provider, issuer):
    issuer.pause = 3.0  # after that it would answer as it should
    with pytest.raises(AwayError):
        provider.address(Secrets.new(), back=BACK)


def test_an_answer_without_an_end_is_cut_off(provider, issuer):
    issuer.document = {"more": "x" * 2_000_000}
    with pytest.raises(AwayError):
        provider.address(Secrets.new(), back=BACK)


def test_a_secret_that_others_can_read_meanwhile_is_not_sent(provider, issuer, secret_file, caplog):
    secrets = Secrets.new()
    answer = issuer.consent(provider.address(secrets, back=BACK))
    secret_file.chmod(0o644)
    code = parse_qs(urlsplit(answer).query)["code"][0]
    with pytest.raises(AwayError) as away:
        provider.identity(secrets, code=code, back=BACK, issuer=None)
    assert str(secret_file) not in str(away.value)
    assert "chmod 600" in caplog.text
    assert "/token" not in issuer.asked
