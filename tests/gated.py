"""A small application behind the real gate, with a real database and a clock to turn."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from db.engine import Engines, transaction
from workbench.routes import health, sign_in
from workbench.routes.gate import Gate
from workbench.services import accounts, passwords
from workbench.services.permissions import OPERATOR
from workbench.settings import Settings

PAGE = {"accept": "text/html,application/xhtml+xml"}
GOOD = "harbour lamp seven"


async def who(request: Request) -> Response:
    return JSONResponse({"uid": request.headers.getlist("x-workbench-uid")})


async def fail(_request: Request) -> Response:
    message = "a secret of the inside"
    raise RuntimeError(message)


async def stream(_request: Request) -> Response:
    return StreamingResponse(iter(["a", "b"]), headers={"cache-control": "public"})


async def loose(_request: Request) -> Response:
    return PlainTextResponse("", headers={"content-security-policy": "default-src *"})


async def echo(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json(websocket.headers.getlist("x-workbench-uid"))
    await websocket.close()


@dataclass
class Clock:
    now: datetime

    def __call__(self, _session: Any = None) -> datetime:
        return self.now

    def turn(self, by: timedelta) -> None:
        self.now += by


class Site:
    """The application, its database, its clock; `received` is what came through the gate."""

    def __init__(
        self, engines: Engines, now: datetime, settings: Settings, *, denials: bool = True
    ) -> None:
        self.engines, self.settings, self.clock = engines, settings, Clock(now)
        self.name = "__Host-workbench" if settings.secure_cookies else "workbench"
        inner = Starlette(
            routes=[
                Route("/", who),
                Route("/articles", who),
                Route("/api/ops", who, methods=["GET", "POST"]),
                Route("/export/demo/1.jsonl", stream),
                Route("/media/secret.png", who),
                Route("/fail", fail),
                Route("/loose", loose),
                WebSocketRoute("/_stcore/stream", echo),
                *sign_in.routes(engines, settings, self.clock),
                *health.routes(engines, settings),
            ],
            middleware=[Middleware(self._gate)],  # as in st.App: what answers faults is outside
        )
        self.inner = inner
        self.denials = denials

    def _gate(self, app: ASGIApp) -> Gate:
        self.gate = Gate(app, self.engines, self.settings, self.clock)
        return self.gate

    def client(self, cookie: str | None = None, **headers: str) -> TestClient:
        client = TestClient(
            self.app,
            follow_redirects=False,
            raise_server_exceptions=False,
            headers={key.replace("_", "-"): value for key, value in headers.items()},
            base_url="https://testserver" if self.settings.secure_cookies else "http://testserver",
        )
        if cookie is not None:
            client.cookies.set(self.name, cookie)
        return client

    async def app(self, scope: Any, receive: Any, send: Any) -> None:
        if not self.denials and scope["type"] == "websocket":
            scope = {**scope, "extensions": {}}

        await self.inner(scope, receive, send)

    def account(self, name: str = "Ada", role: str = "reviewer") -> None:
        with transaction(self.engines) as session:
            accounts.add(session, actor=OPERATOR, name=name, role=role, now=self.clock.now)

    def disable(self, name: str = "Ada") -> None:
        with transaction(self.engines) as session:
            accounts.disable(session, actor=OPERATOR, name=name, now=self.clock.now)

    def first_link(self) -> str:
        with transaction(self.engines) as session:
            return accounts.first_link(session, now=self.clock.now)

    def link(self, name: str = "Ada") -> str:
        with transaction(self.engines) as session:
            return accounts.link(session, actor=OPERATOR, name=name, now=self.clock.now)

    def cookie(self, name: str = "Ada") -> str:
        """The cookie of a fresh session."""
        token = self.link(name)
        with transaction(self.engines) as session:
            return accounts.sign_in_by_link(
                session, token=token, now=self.clock.now, browser="", address=""
            ).cookie

    def password(self, name: str = "Ada", password: str = GOOD) -> None:
        hashed = passwords.hashed(password, name=name)
        token = self.link(name)
        with transaction(self.engines) as session:
            signed_in = accounts.sign_in_by_link(
                session, token=token, now=self.clock.now, browser="", address=""
            )
            accounts.set_password(session, actor=signed_in.account, new=hashed, now=self.clock.now)
