"""The same against a provider that others wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from providers import running_provider

from workbench.errors import AwayError, NotAllowedError, SignedOutError
from workbench.oidc.provider import Provider
from workbench.oidc.secrets import Secrets
from workbench.settings import OidcSettings

BACK = "http://127.0.0.1:8501/signin/oidc/callback"
ADA = {"sub": "ada", "name": "Ada Lin", "email": "ada@harbour.example", "email_verified": True}
EVE = {"sub": "eve", "email": "eve@elsewhere.example", "email_verified": True}


@dataclass
class Desk:
    """Somebody at the provider's own form, and our side of it."""

    provider: Provider

    def agree(self, secrets: Secrets, sub: str) -> dict[str, str]:
        """What a browser comes back with."""
        address = self.provider.address(secrets, back=BACK)
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert answer.status_code == 302
        found = urlsplit(answer.headers["location"])
        assert f"{found.scheme}://{found.netloc}{found.path}" == BACK
        return {name: value[0] for name, value in parse_qs(found.query).items()}


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_provider(tmp_path_factory.mktemp("provider"), ADA, EVE) as issuer:
        yield issuer


@pytest.fixture
def desk(issuer: str, secret_file: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    domains = ("harbour.example",)
    settings = OidcSettings(issuer, "workbench", secret_file, domains, "Harbour", "reviewer")
    return Desk(Provider(settings))


def test_somebody_signs_in_and_is_known(desk, issuer):
    secrets = Secrets.new()
    answer = desk.agree(secrets, "ada")
    assert answer["state"] == secrets.state
    identity = desk.provider.identity(secrets, code=answer["code"], back=BACK, issuer=None)
    assert (identity.issuer, identity.subject) == (issuer, "ada")
    assert (identity.name, identity.domains) == ("Ada Lin", {"harbour.example"})


def test_a_code_works_once(desk):
    secrets = Secrets.new()
    code = desk.agree(secrets, "ada")["code"]
    desk.provider.identity(secrets, code=code, back=BACK, issuer=None)
    with pytest.raises(SignedOutError):
        desk.provider.identity(secrets, code=code, back=BACK, issuer=None)


def test_a_token_that_was_issued_for_another_way_is_refused(desk):
    code = desk.agree(Secrets.new(), "ada")["code"]
    with pytest.raises(SignedOutError):
        desk.provider.identity(Secrets.new(), code=code, back=BACK, issuer=None)


def test_somebody_of_another_domain_is_told_so(desk):
    secrets = Secrets.new()
    code = desk.agree(secrets, "eve")["code"]
    with pytest.raises(NotAllowedError):
        desk.provider.identity(secrets, code=code, back=BACK, issuer=None)


def test_under_another_name_of_its_host_it_is_another_issuer(desk, issuer):
    port = urlsplit(issuer).port
    other = OidcSettings(f"http://localhost:{port}/", "workbench", None, (), "Harbour", "")
    with pytest.raises(AwayError):
        Provider(other).address(Secrets.new(), back=BACK)
