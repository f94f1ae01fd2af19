"""GET /signin/oidc and GET /signin/oidc/callback: to the provider, and back from it.

Begun by a link, not by a form: a form of ours may lead nowhere else, by the rules of our pages.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from db.errors import DatabaseFault
from workbench.errors import (
    NotAllowedError,
    NotFoundError,
    SignedOutError,
    TakenError,
    WorkbenchError,
)
from workbench.oidc.secrets import Secrets
from workbench.routes import letting_in, visits
from workbench.routes import oidc_acts as acts
from workbench.routes import sign_in_pages as pages
from workbench.routes.letting_in import Place
from workbench.routes.places import HOME, local
from workbench.services import signing_in_by_others
from workbench.services.oidc_starts import LIFE, NOT_OURS, Start
from workbench.services.sessions import SignedIn
from workbench.settings import Settings

if TYPE_CHECKING:
    from workbench.oidc.provider import Provider

START, CALLBACK = "/signin/oidc", "/signin/oidc/callback"
ACCOUNT = "/account"
WAIT = 5.0  # seconds that anybody waits for the provider, whatever it does
AT_ONCE = 8
LONGEST_CODE = 4000

Answer = TypeVar("Answer")
LetIn = Callable[[SignedIn, str, Place], Response]


class Shown(Protocol):
    """Shows the sign-in page with what went wrong."""

    def __call__(
        self, place: Place, *, target: str, error: WorkbenchError | None = None
    ) -> Awaitable[Response]:
        """The answer."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes are bound to.

    Attributes:
        place: As for the other ways of signing in.
        provider: Who vouches for people.
        threads: Where the provider is asked: one that hangs holds none of the threads in which
            requests are answered.
        shown: The sign-in page with an error.
        let_in: The answer to whoever is signed in.
    """

    place: Place
    provider: "Provider"
    threads: ThreadPoolExecutor
    shown: Shown
    let_in: LetIn

    async def ask(self, asked: Callable[[], Answer]) -> Answer:
        """Ask the provider something.

        Raises:
            AwayError: It takes too long.
        """
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(self.threads, asked), WAIT)
        except TimeoutError:
            raise self.provider.away() from None


def cookie_name(settings: Settings) -> str:
    """The cookie of a browser that was sent to the provider, until it comes back."""
    return "__Host-workbench-oidc" if settings.secure_cookies else "workbench-oidc"


def routes(place: Place, *, shown: Shown, let_in: LetIn) -> list[Route]:
    """The routes; they say so where no provider is set up, or a proxy signs people in."""
    settings = place.settings
    if settings.oidc is None or settings.proxy is not None:

        async def nobody(_request: Request) -> Response:
            error = NotFoundError("No provider is set up to sign in with. Come in another way.")
            return await shown(place, target=HOME, error=error)

        return [Route(path, nobody, methods=["GET"]) for path in (START, CALLBACK)]
    # Where nobody is sent to a provider, the start need not wait for what speaks with one.
    from workbench.oidc.provider import Provider

    threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="oidc")
    desk = Desk(place, Provider(settings.oidc), threads, shown, let_in)

    async def start(request: Request) -> Response:
        return await get_start(request, desk=desk)

    async def callback(request: Request) -> Response:
        return await get_callback(request, desk=desk)

    return [
        Route(START, start, methods=["GET"]),
        Route(CALLBACK, callback, methods=["GET"]),
    ]


async def get_start(request: Request, *, desk: Desk) -> Response:
    """Send somebody to the provider: to sign in, to take a link, or to bind an identity."""
    if visits.is_look_ahead(request):
        return Response(status_code=204, headers=pages.NO_STORE)
    target = local(request.query_params.get("next", HOME))
    token, key = request.query_params.get("token", ""), request.query_params.get("bind")
    secrets = Secrets.new(token)
    try:
        if token:  # said now, not after a way to the provider and back
            await run_in_threadpool(letting_in.link_state, desk.place, request, token)
        back = _back(request, desk)
        address = await desk.ask(partial(desk.provider.address, secrets, back=back))
        await run_in_threadpool(acts.begin, desk.place, request, secrets, target, key)
    except (WorkbenchError, DatabaseFault) as error:
        return await _sorry(desk, error, target=target, binds=key is not None)
    response = RedirectResponse(address, 303, pages.NO_STORE)
    return _with_cookie(response, desk.place.settings, secrets.cookie)


async def get_callback(request: Request, *, desk: Desk) -> Response:
    """Let whoever comes back in, or bind their identity, if all of it belongs together."""
    if visits.is_look_ahead(request):
        return Response(status_code=204, headers=pages.NO_STORE)
    secrets = Secrets(request.cookies.get(cookie_name(desk.place.settings), ""))
    start = Start(HOME, account_id=None)
    try:
        start = await _come_back(request, desk, secrets)
        identity = await desk.ask(
            partial(
                desk.provider.identity,
                secrets,
                code=_code(request, desk),
                back=_back(request, desk),
                issuer=_only(request, "iss"),
            )
        )
        if start.account_id is not None:
            await run_in_threadpool(acts.bind, desk.place, request, start, identity)
            response: Response = RedirectResponse(ACCOUNT, 303, pages.NO_STORE)
        else:
            signed_in = await run_in_threadpool(
                acts.sign_in, desk.place, request, secrets, identity
            )
            response = desk.let_in(signed_in, start.target, desk.place)
    except (WorkbenchError, DatabaseFault) as error:
        binds = start.account_id is not None
        if isinstance(error, NotAllowedError | TakenError) and not binds:
            await run_in_threadpool(
                letting_in.note_refusal, desk.place, request, error, signing_in_by_others.OIDC
            )
        response = await _sorry(desk, error, target=start.target, binds=binds)
    return _with_cookie(response, desk.place.settings, "")


def _with_cookie(response: Response, settings: Settings, value: str) -> Response:
    """Set the cookie of the way to the provider and back; without a value, forget it."""
    response.set_cookie(
        cookie_name(settings),
        value,
        max_age=int(LIFE.total_seconds()) if value else 0,
        path="/" if settings.secure_cookies else START,
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )
    return response


async def _come_back(request: Request, desk: Desk, secrets: Secrets) -> Start:
    """The start of this browser that the answer belongs to: used up, whatever comes of it."""
    state = _only(request, "state")
    if not secrets.cookie or state is None or not secrets.is_answered_by(state):
        # Some providers leave the state out where somebody said no.
        raise (
            _not_vouched_for(desk) if "error" in request.query_params else SignedOutError(NOT_OURS)
        )
    return await run_in_threadpool(acts.use_start, desk.place, secrets.state)


def _code(request: Request, desk: Desk) -> str:
    code = _only(request, "code")
    # What the provider says of an error is not shown: anybody can write it into an address.
    if "error" in request.query_params or not code or len(code) > LONGEST_CODE:
        raise _not_vouched_for(desk)
    return code


def _not_vouched_for(desk: Desk) -> SignedOutError:
    message = f"{desk.provider.name} did not sign you in. Try again, or come in another way."
    return SignedOutError(message)


def _only(request: Request, name: str) -> str | None:
    """A parameter that is there once."""
    given = request.query_params.getlist(name)
    return given[0] if len(given) == 1 else None


def _back(request: Request, desk: Desk) -> str:
    """Where the provider sends people back to: at the host they asked for, which the gate knows."""
    scheme = "https" if desk.place.settings.secure_cookies else request.url.scheme
    return f"{scheme}://{request.url.netloc}{CALLBACK}"


async def _sorry(
    desk: Desk, error: WorkbenchError | DatabaseFault, *, target: str, binds: bool
) -> Response:
    if isinstance(error, DatabaseFault):
        return pages.empty(error=str(error), status=503)
    if binds:
        return pages.not_bound(error=str(error), status=error.status)
    return await desk.shown(desk.place, target=target, error=error)
