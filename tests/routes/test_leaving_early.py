"""Whoever goes while they send is no fault: nothing is raised, and nothing logged."""

import asyncio
import logging

import pytest


async def left(app, path, kind):
    """Send half of a form, go, and say what was answered to nobody."""
    arriving = [
        {"type": "http.request", "body": b"name=", "more_body": True},
        {"type": "http.disconnect"},
    ]
    sent = []

    async def receive():
        return arriving.pop(0) if len(arriving) > 1 else arriving[0]

    async def send(message):
        sent.append(message)

    headers = [(b"host", b"testserver"), (b"content-type", kind), (b"content-length", b"500")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
        "scheme": "http",
        "root_path": "",
        "http_version": "1.1",
    }
    await app(scope, receive, send)
    return [message["status"] for message in sent if message["type"] == "http.response.start"]


@pytest.mark.parametrize("path", ["/signin", "/signin/oidc"])
def test_a_sender_who_goes_half_way_is_no_fault(site, caplog, path):
    kind = b"application/x-www-form-urlencoded"
    with caplog.at_level(logging.DEBUG):
        answered = asyncio.run(left(site.app, path, kind))

    assert len(answered) == 1
    assert answered[0] < 500
    assert [record for record in caplog.records if record.exc_info] == []
