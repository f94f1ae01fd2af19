"""The gate in front of everything: Host, cookie to identity, security headers."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.engine import Engines, glancing, reading, transaction
from db.errors import DatabaseFault
from workbench import trusted_proxy
from workbench.errors import NotAllowedError
from workbench.peers import PEER
from workbench.routes import sign_in_pages as pages
from workbench.routes.arrival import IDENTITY, PROXIED, Arrival
from workbench.routes.headers import Headers, security_headers
from workbench.routes.places import sign_in_for
from workbench.services import proxied, sessions
from workbench.services.sessions import Found
from workbench.settings import Settings

ASKS_WHO = frozenset({"/signin", "/signin/oidc", "/signin/oidc/callback"})
NEEDS_NOBODY = frozenset({"/signin/style.css", "/signin/favicon.svg", "/healthz"})
"""These do not even look who it is."""
OPEN = ASKS_WHO | NEEDS_NOBODY
CLOSED = frozenset({"/_stcore/metrics"})  # Streamlit's counts of what everybody does, to anybody
NEVER_STORED = ("/api/", "/export/", "/audit/")
STARTS = frozenset({"http.response.start", "websocket.http.response.start"})
COOKIE_LENGTH = 43  # 256 bits in URL-safe base 64
TRY_AGAIN_AFTER = timedelta(minutes=1)
NO_STORE = {"cache-control": "no-store"}

log = logging.getLogger(__name__)


def cookie_name(settings: Settings) -> str:
    """The session cookie's name; the prefix makes browsers insist on TLS, this host and `/`."""
    return "__Host-workbench" if settings.secure_cookies else "workbench"


def utc_now() -> datetime:
    """This machine's clock: the gate runs at every request and asks the database one thing only."""
    return datetime.now(UTC)


class Gate:
    """Lets nobody through who is not signed in, except to the sign-in page and the health check.

    It sees a WebSocket's handshake only, so services check the session again at every call.
    """

    def __init__(
        self,
        app: ASGIApp,
        engines: Engines,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        """Stand in front of an application."""
        self.app = app
        self.engines = engines
        self.hosts = frozenset(settings.hosts)
        self.cookie_name = cookie_name(settings)
        self.headers = security_headers(is_secure=settings.secure_cookies)
        self.clock = clock
        self.proxy = trusted_proxy.of(settings) if settings.proxy else None
        self._tried: dict[int, datetime] = {}
        self._writing: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its identity, or refuse it."""
        if scope["type"] not in ("http", "websocket"):  # lifespan
            await self.app(scope, receive, send)
            return
        answer = _Answer(send, self.headers, is_stored=not scope["path"].startswith(NEVER_STORED))
        is_done = False
        try:
            await self._pass(scope, receive, answer)
            is_done = True
        except ClientDisconnect:  # whoever sent it went: nobody hears an answer, nothing is wrong
            is_done = True
            if not answer.has_started:
                await Response(status_code=400)(scope, receive, answer)
        finally:
            # The answer to a fault is made outside of all middleware, hence without the headers:
            # so it is made here, and the fault goes on to the log.
            if not is_done and not answer.has_started and scope["type"] == "http":
                fault = {"error": "Something went wrong here; it is in the log. Try again."}
                await JSONResponse(fault, 500, NO_STORE)(scope, receive, answer)

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        arrival = Arrival.of(scope, naming=self.proxy.header if self.proxy else b"")
        name = self._name(arrival, scope)
        told = [] if name is None or scope["path"] not in ASKS_WHO else [(PROXIED, name.encode())]
        scope = {**scope, "headers": [*arrival.kept, *told]}
        refusal = self._refusal(arrival, scope)
        if refusal is None and scope["path"] not in NEEDS_NOBODY:
            try:
                identity = await self._identity(arrival, name)
            except DatabaseFault as error:
                refusal = _away(arrival, scope, str(error))
            except NotAllowedError as error:
                if scope["path"] not in OPEN:
                    refusal = _sign_in_first(arrival, scope, disabled=str(error))
            else:
                if identity is not None:  # a new list: Starlette has copied the old one
                    scope["headers"] = [*arrival.kept, (IDENTITY, identity.encode())]
                elif scope["path"] not in OPEN:
                    refusal = _sign_in_first(arrival, scope)
        if refusal is not None:
            await _deny(refusal, scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _refusal(self, arrival: Arrival, scope: Scope) -> Response | None:
        if scope["path"].rstrip("/") in CLOSED:
            return JSONResponse({"error": "There is nothing at this address."}, 404, NO_STORE)
        if arrival.hostname() not in self.hosts:
            error = "Unknown host. Name it in WORKBENCH_HOSTS if it is yours."
            return JSONResponse({"error": error}, 400, NO_STORE)
        if arrival.is_from_elsewhere(scope):
            if scope["path"] == "/signout" and scope["type"] == "http" and arrival.wants_page():
                # On plain HTTP a browser hides that the form was ours: this page asks once more.
                return RedirectResponse("/signout", 303, NO_STORE)
            error = "Sent by another site's page. Open the workbench itself and try again."
            return JSONResponse({"error": error}, 403, NO_STORE)
        return None

    def _name(self, arrival: Arrival, scope: Scope) -> str | None:
        """Whom the proxy names, where one signs people in and this connection is its own."""
        if self.proxy is None or not self.proxy.is_peer(scope.get(PEER)):
            return None
        return arrival.name()

    async def _identity(self, arrival: Arrival, name: str | None) -> str | None:
        cookie = arrival.cookie(self.cookie_name)
        if cookie is None or len(cookie) != COOKIE_LENGTH:
            return None
        now = self.clock()
        found = await run_in_threadpool(self._find, cookie, now)
        if found is None or (self.proxy is not None and name is None):
            return None
        if name is not None and not await run_in_threadpool(self._is_still, found, name):
            await run_in_threadpool(self._end, cookie, now)
            return None
        if found.is_due:
            self._note(found.session_id, now)
        return found.identity

    def _find(self, cookie: str, now: datetime) -> Found | None:
        with glancing(self.engines) as session:
            found = sessions.find(session, cookie=cookie, now=now)
            if found is None:
                sessions.refuse_disabled(session, cookie=cookie)
            return found

    def _is_still(self, found: Found, name: str) -> bool:
        with reading(self.engines) as session:
            return proxied.is_still(session, session_id=found.session_id, name=name)

    def _end(self, cookie: str, now: datetime) -> None:
        with transaction(self.engines) as session:
            sessions.sign_out(session, cookie=cookie, now=now)

    def _note(self, session_id: int, now: datetime) -> None:
        """Write that the session was seen, beside the request: a full disk must not stop reading.

        A page asks for seventy files at once; one of these requests writes.
        """
        tried = self._tried.get(session_id)
        if tried is not None and tried <= now < tried + TRY_AGAIN_AFTER:
            return
        if len(self._tried) > 1000:
            self._tried.clear()
        self._tried[session_id] = now
        task = asyncio.ensure_future(run_in_threadpool(self._touch, session_id, now))
        self._writing.add(task)
        task.add_done_callback(self._noted)

    def _noted(self, task: asyncio.Task[None]) -> None:
        self._writing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("That a session was seen could not be written: %s", type(error).__name__)

    def _touch(self, session_id: int, now: datetime) -> None:
        with transaction(self.engines) as session:
            sessions.touch(session, session_id=session_id, now=now)

    async def settle(self) -> None:
        """Wait until what was begun beside the requests is written."""
        await asyncio.gather(*self._writing, return_exceptions=True)


class _Answer:
    """Sends an answer on with the security headers, in place of any the application set."""

    def __init__(self, send: Send, headers: Headers, *, is_stored: bool) -> None:
        self.send = send
        self.headers = headers if is_stored else (*headers, (b"cache-control", b"no-store"))
        self.names = {name for name, _ in self.headers}
        self.has_started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] in STARTS:
            self.has_started = True
            own = [each for each in message.get("headers", ()) if each[0].lower() not in self.names]
            message = {**message, "headers": [*own, *self.headers]}
        await self.send(message)


def _away(arrival: Arrival, scope: Scope, error: str) -> Response:
    if scope["type"] == "http" and arrival.wants_page():
        return pages.away(error=error)
    return JSONResponse({"error": error}, 503, NO_STORE)


def _sign_in_first(arrival: Arrival, scope: Scope, *, disabled: str = "") -> Response:
    if scope["type"] == "http" and arrival.wants_page():
        is_page = scope["method"] in ("GET", "HEAD")
        query = scope["query_string"].decode("latin-1")
        target = sign_in_for(scope["path"], query) if is_page else "/signin"
        return RedirectResponse(target, 303, NO_STORE)
    if disabled:
        return JSONResponse({"error": disabled}, 403, NO_STORE)
    return JSONResponse({"error": "Sign in."}, 401, NO_STORE)


async def _deny(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await response(scope, receive, send)
        return
    await receive()  # websocket.connect
    if "websocket.http.response" in scope.get("extensions", {}):
        await response(scope, receive, send)
        return
    await send({"type": "websocket.close", "code": 1008})
