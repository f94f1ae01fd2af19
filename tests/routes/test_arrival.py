import pytest

from workbench.routes.arrival import Arrival


def arrival(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Arrival.of({"headers": raw})


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("localhost", "localhost"),
        ("LOCALHOST:8501", "localhost"),
        ("[::1]:8501", "::1"),
        ("[::1]", "::1"),
        ("127.0.0.1:80", "127.0.0.1"),
        ("a_b.c-d:1", "a_b.c-d"),
        ("::1", None),
        ("a:b", None),
        ("a:123456", None),
        ("user@a", None),
        ("a\x00", None),
        ("a b", None),
        ("", None),
    ],
)
def test_a_host_is_a_name_and_perhaps_a_port(host, name):
    assert arrival(host=host).hostname() == name


def test_without_a_host_there_is_no_name():
    assert arrival().hostname() is None


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://localhost:8501"),
        ("localhost:8501", "http://LocalHost:8501"),
        ("bench.example", "https://bench.example"),
        ("bench.example:443", "https://bench.example"),
        ("bench.example", "https://bench.example:443"),
        ("[::1]:8501", "http://[::1]:8501"),
    ],
)
def test_our_own_origin_is_told_by_host_and_port(host, origin):
    found = arrival(host=host, origin=origin)
    assert not found.is_from_elsewhere({"type": "http", "method": "POST"})
    assert not found.is_from_elsewhere({"type": "websocket"})


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:8501", "http://localhost:8502"),
        ("localhost:8501", "http://localhost"),
        ("localhost:80", "http://localhost:443"),
        ("bench.example", "https://bench.example.evil.example"),
        ("bench.example", "https://evil.example/bench.example"),
        ("bench.example", "null"),
        ("bench.example", "bench.example"),
        ("bench.example", "https://"),
        ("bench.example", ""),
    ],
)
def test_another_origin_is_elsewhere(host, origin):
    found = arrival(host=host, origin=origin)
    assert found.is_from_elsewhere({"type": "http", "method": "POST"})
    assert found.is_from_elsewhere({"type": "websocket"})


def test_only_the_identity_header_is_left_out():
    found = Arrival.of({"headers": [(b"X-Workbench-Uid", b"a"), (b"x_workbench-uid", b"b")]})
    assert found.kept == []
    assert arrival(x_workbench="1", accept="text/html").kept == [
        (b"x-workbench", b"1"),
        (b"accept", b"text/html"),
    ]


def test_cookies_may_come_in_several_headers():
    raw = [(b"cookie", b"a=1"), (b"cookie", b"workbench=x; b=2")]
    assert Arrival.of({"headers": raw}).cookie("workbench") == "x"
    assert arrival().cookie("workbench") is None
