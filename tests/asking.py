"""Asking a running workbench from outside: by HTTP, and by a page's own WebSocket."""

import http.client
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import cache

from running import Workbench
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

TABLE = """
import json
from workbench.server import app

def found(routes, above=""):
    for route in routes:
        path = above + getattr(route, "path", "")
        if getattr(route, "routes", None):
            yield from found(route.routes, path)
        else:
            is_socket = "WebSocket" in type(route).__name__
            yield path, sorted(getattr(route, "methods", None) or ()), is_socket

print(json.dumps(list(found(app._build_starlette_app().routes))))
"""
PAGE = {"accept": "text/html,application/xhtml+xml"}


@dataclass(frozen=True)
class Way:
    """An entry of the application's own table of routes."""

    path: str
    methods: tuple[str, ...]
    is_socket: bool


@dataclass(frozen=True)
class Answer:
    """What came back, with the headers as they would be read."""

    status: int
    headers: str
    body: bytes

    @property
    def all(self) -> bytes:
        return self.headers.encode() + b"\n" + self.body


@cache
def ways() -> tuple[Way, ...]:
    """All that the application answers at, as it says itself in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-c", TABLE],
        env=os.environ | {"WORKBENCH_HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return tuple(Way(path, tuple(methods), wss) for path, methods, wss in json.loads(told.stdout))


def ask(
    workbench: Workbench,
    path: str,
    *,
    cookie: str = "",
    method: str = "GET",
    body: bytes | None = None,
    **headers: str,
) -> Answer:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", workbench.port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if cookie:
        sent["cookie"] = f"workbench={cookie}"
    connection.request(method, path, body, sent)
    reply = connection.getresponse()
    answer = Answer(reply.status, str(reply.headers), reply.read())
    connection.close()
    return answer


def shake_hands(workbench: Workbench, *, cookie: str) -> int:
    """The status that a page's WebSocket is answered with: 101 where it is opened."""
    try:
        with _socket(workbench, cookie):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def page(workbench: Workbench, name: str, *, cookie: str, query: str = "") -> bytes:
    """All that a page's script sends to the browser, until it has run to its end."""
    with _socket(workbench, cookie) as socket:
        asked = BackMsg()
        asked.rerun_script.page_name = name
        asked.rerun_script.query_string = query
        socket.send(asked.SerializeToString())
        sent = b""
        while True:
            data = socket.recv(timeout=60)
            message = ForwardMsg()
            message.ParseFromString(data)
            if message.WhichOneof("type") == "script_finished":
                return sent
            if message.WhichOneof("type") != "new_session":  # repeats what was asked for
                sent += data


def _socket(workbench: Workbench, cookie: str):
    return connect(
        f"{workbench.url.replace('http', 'ws', 1)}/_stcore/stream",
        additional_headers={"cookie": f"workbench={cookie}"} if cookie else {},
        origin=workbench.url,
        subprotocols=["streamlit"],
        max_size=None,
    )
