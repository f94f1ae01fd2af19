from collections.abc import Iterator
from pathlib import Path

import pytest
from issuing import CLIENT, SECRET, Issuing, issuing

from workbench.settings import OidcSettings


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuing]:
    """A provider of one's own."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with issuing() as state:
        yield state


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n")
    path.chmod(0o600)
    return path


@pytest.fixture
def oidc(issuer: Issuing, secret_file: Path) -> OidcSettings:
    return OidcSettings(
        issuer=issuer.url,
        client_id=CLIENT,
        secret_file=secret_file,
        domains=("harbour.example",),
        name="Harbour",
        join="",
    )
