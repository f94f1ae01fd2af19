from dataclasses import replace
from pathlib import Path

import pytest

from workbench.errors import SetupError
from workbench.oidc import configured
from workbench.settings import OidcSettings

GOOD = OidcSettings(
    issuer="https://id.example/realms/harbour",
    client_id="workbench",
    secret_file=None,
    domains=(),
    name="Harbour",
    join="",
)


def told(**changes):
    with pytest.raises(SetupError) as refused:
        configured.check(replace(GOOD, **changes))
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize(
    "issuer",
    [
        "https://id.example",
        "https://id.example:8443/x/",
        "http://127.0.0.1:9000",
        "http://localhost",
        "http://[::1]:9000",
    ],
)
def test_an_issuer_over_tls_or_on_this_machine_is_taken(issuer):
    configured.check(replace(GOOD, issuer=issuer))


@pytest.mark.parametrize(
    "issuer",
    [
        "http://id.example",
        "http://127.0.0.1.evil.example",
        "https://",
        "https:///path",
        "https://id.example?x=1",
        "https://id.example#x",
        "https://ada@id.example",
        "https://id.example:port",
        "https://[::1",
        "https://id example",
        "https://id.example\\@evil.example",
        "ftp://id.example",
        "id.example",
        "https://" + "x" * 600,
    ],
)
def test_any_other_issuer_is_refused_by_the_name_of_its_setting(issuer):
    assert "WORKBENCH_OIDC_ISSUER" in told(issuer=issuer)


@pytest.mark.parametrize("half", [{"issuer": ""}, {"client_id": ""}])
def test_half_a_provider_is_refused(half):
    assert "go together" in told(**half)


def test_a_name_that_fits_on_no_button_is_refused():
    assert "WORKBENCH_OIDC_NAME" in told(name="x" * 41)
    assert "WORKBENCH_OIDC_NAME" in told(name="a\nb")


def test_who_joins_uninvited_is_a_reviewer_from_named_domains():
    configured.check(replace(GOOD, join="reviewer", domains=("harbour.example",)))
    configured.check(replace(GOOD, join="reviewer", domains=("*",)))
    assert "WORKBENCH_OIDC_JOIN" in told(join="admin", domains=("harbour.example",))
    assert "WORKBENCH_OIDC_DOMAINS" in told(join="reviewer")
    google = {"issuer": "https://accounts.google.com", "domains": ("*",)}
    assert "everybody with a Google account" in told(join="reviewer", **google)


def test_the_secret_is_the_one_line_of_its_file(tmp_path):
    assert configured.secret(None) is None
    assert configured.secret(file(tmp_path, "s3cret\n")) == "s3cret"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_secret_that_others_can_read_is_refused(tmp_path, mode):
    path = file(tmp_path, "s3cret")
    path.chmod(mode)
    words = told(secret_file=path)
    assert str(path) in words
    assert "chmod 600" in words


@pytest.mark.parametrize("content", ["", "\n \n", "two\nlines", "gehe\u00edm"])
def test_a_file_without_a_secret_is_refused_and_not_quoted(tmp_path, content):
    words = told(secret_file=file(tmp_path, content))
    assert "holds no secret" in words
    assert "lines" not in words


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert str(tmp_path / "none") in told(secret_file=tmp_path / "none")
    assert "cannot be read" in told(secret_file=tmp_path)


def file(folder: Path, content: str) -> Path:
    path = folder / "secret"
    path.write_text(content)
    path.chmod(0o600)
    return path
