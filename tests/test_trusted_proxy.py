from dataclasses import replace
from pathlib import Path

import pytest

from workbench import trusted_proxy
from workbench.errors import SetupError
from workbench.settings import OidcSettings, ProxySettings, Settings

PROXY = ProxySettings(header="X-Auth-User", peers=("10.0.0.0/28", "2001:db8::5"), join="")
SETTINGS = Settings(Path(), "", (), False, False, auth="proxy", proxy=PROXY)


def of(**changes):
    return trusted_proxy.of(replace(SETTINGS, proxy=replace(PROXY, **changes)))


def told(settings=SETTINGS, **changes):
    with pytest.raises(SetupError) as refused:
        trusted_proxy.of(replace(settings, proxy=replace(PROXY, **changes)))
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_without_being_asked_for_no_proxy_is_trusted():
    assert trusted_proxy.of(replace(SETTINGS, auth="", proxy=None)) is None


@pytest.mark.parametrize(
    ("peer", "is_trusted"),
    [
        ("10.0.0.5", True),
        ("::ffff:10.0.0.5", True),
        ("2001:db8::5", True),
        ("10.0.0.16", False),
        ("127.0.0.1", False),
        ("2001:db8::6", False),
        ("unix", False),
        ("", False),
        ("testclient", False),
        ("10.0.0.5, 10.0.0.5", False),
        (None, False),
    ],
)
def test_a_peer_is_trusted_by_its_own_address(peer, is_trusted):
    assert of().is_peer(peer) is is_trusted


def test_a_socket_file_is_trusted_where_it_is_named():
    proxy = of(peers=("unix",))
    assert proxy.is_peer("unix")
    assert not proxy.is_peer("10.0.0.5")
    assert not proxy.is_peer(None)


@pytest.mark.parametrize("header", ["X-Auth-User", "Remote-User", "x-forwarded-user"])
def test_a_header_of_its_own_is_taken(header):
    assert of(header=header).header == header.lower().encode()


@pytest.mark.parametrize(
    "header",
    [
        "Host",
        "Cookie",
        "Origin",
        "Sec-Fetch-Site",
        "X-Forwarded-For",
        "X-Real-Ip",
        "X-Workbench-Uid",
        "User-Agent",
        "Content-Type",
        "X_Auth_User",
        "X-Auth User",
        "X-Auth-User:",
        "-User",
        "Größe-X",
    ],
)
def test_a_header_that_means_something_else_is_refused(header):
    assert "WORKBENCH_PROXY_HEADER" in told(header=header)


@pytest.mark.parametrize(
    "peers", [("0.0.0.0/0",), ("::/0",), ("10.0.0.5/28",), ("proxy",), ("10.0.0.0/7",)]
)
def test_peers_that_are_everybody_or_nobody_are_refused(peers):
    assert "WORKBENCH_PROXY_PEERS" in told(peers=peers)


def test_it_does_not_start_without_both():
    assert "WORKBENCH_PROXY_HEADER" in told(header="")
    assert "WORKBENCH_PROXY_PEERS" in told(peers=())


def test_what_else_is_set_has_to_fit():
    assert "WORKBENCH_PROXY_JOIN" in told(join="admin")
    assert "WORKBENCH_AUTH=basic" in told(replace(SETTINGS, auth="basic"))
    oidc = OidcSettings("https://id.example", "workbench", None, (), "", "")
    assert "Either a proxy" in told(replace(SETTINGS, oidc=oidc))
