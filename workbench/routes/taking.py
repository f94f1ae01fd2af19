"""Links that ask for something before they are used up: an invitation, a new password."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from db.engine import reading, transaction
from workbench.errors import InputError, SignedOutError, ThrottledError
from workbench.routes import letting_in, oidc_offers
from workbench.routes import sign_in_pages as pages
from workbench.routes.letting_in import WAIT_FOR_TURN, Place
from workbench.services import accounts, passwords
from workbench.services.links import LinkKind, LinkState
from workbench.services.passwords import Hashed
from workbench.services.sessions import SignedIn

ASKS = frozenset({LinkKind.INVITATION, LinkKind.RESET})
AS_ONESELF = "me"


async def page(
    place: Place,
    request: Request,
    state: LinkState,
    form: dict[str, str],
    *,
    error: str = "",
    status: int = 200,
) -> Response:
    """The page of such a link; nothing is used up by looking at it.

    Args:
        place: What the routes are bound to.
        request: Who asks: somebody signed in joins as who they are.
        state: What the link is for.
        form: Its `token`, and what was typed before.
        error: What was wrong with that.
        status: The answer's status.
    """
    token = form.get("token", "")
    if state.kind is LinkKind.RESET:
        name = state.account_name or ""
        return pages.reset(token=token, name=name, error=error, status=status)
    return pages.invitation(
        token=token,
        state=state,
        name=form.get("name", state.name or ""),
        known_as=await run_in_threadpool(_name, place, request),
        provider=oidc_offers.offered_with(place.settings, token=token),
        error=error,
        status=status,
    )


async def take(place: Place, request: Request, state: LinkState, form: dict[str, str]) -> SignedIn:
    """Use such a link up, with what was typed.

    Raises:
        WorkbenchError: A password breaks a rule or was typed in two ways, the name cannot be one,
            or the link can no longer be used.
    """
    if state.kind is LinkKind.INVITATION and form.get("as") == AS_ONESELF:
        return await run_in_threadpool(_join_as, place, request, form)
    name = state.account_name or form.get("name", "")
    hashed = await _hashed(place, form, name=name)
    if state.kind is LinkKind.INVITATION:
        return await run_in_threadpool(_join, place, request, form, hashed)
    if hashed is None:
        message = "Give a new password, twice."
        raise InputError(message)
    return await run_in_threadpool(_reset, place, request, form, hashed)


async def _hashed(place: Place, form: dict[str, str], *, name: str) -> Hashed | None:
    """The password as it is stored; None where none was typed. Not in a transaction: it is slow."""
    given = form.get("password", "")
    if given != form.get("again", ""):
        message = "The two passwords differ. Type it twice again."
        raise InputError(message)
    if not given:
        return None
    try:
        await asyncio.wait_for(place.turns.acquire(), WAIT_FOR_TURN)
    except TimeoutError as error:
        message = "Many people sign in at this moment. Try again in a few seconds."
        raise ThrottledError(message, retry_after=5) from error
    try:
        return await run_in_threadpool(passwords.hashed, given, name=name)
    finally:
        place.turns.release()


def _name(place: Place, request: Request) -> str:
    """Who is signed in in this browser; empty for nobody."""
    identity = request.headers.get("x-workbench-uid", "")
    try:
        with reading(place.engines) as session:
            return accounts.signed_in(session, identity=identity, now=place.clock(session)).name
    except SignedOutError:
        return ""


def _join(
    place: Place, request: Request, form: dict[str, str], password: Hashed | None
) -> SignedIn:
    with transaction(place.engines) as session:
        now = place.clock(session)
        letting_in.end_earlier(session, place, request, now)
        return accounts.join(
            session,
            token=form["token"],
            name=form.get("name", ""),
            password=password,
            now=now,
            **letting_in.whence(request),
        )


def _join_as(place: Place, request: Request, form: dict[str, str]) -> SignedIn:
    with transaction(place.engines) as session:
        now = place.clock(session)
        actor = accounts.signed_in(
            session,
            identity=request.headers.get("x-workbench-uid", ""),
            now=now,
            address=letting_in.address_of(request),
        )
        signed_in = accounts.join_as(
            session, actor=actor, token=form["token"], now=now, **letting_in.whence(request)
        )
        letting_in.end_earlier(session, place, request, now)
        return signed_in


def _reset(place: Place, request: Request, form: dict[str, str], new: Hashed) -> SignedIn:
    with transaction(place.engines) as session:
        now = place.clock(session)
        letting_in.end_earlier(session, place, request, now)
        return accounts.reset_password(
            session, token=form["token"], new=new, now=now, **letting_in.whence(request)
        )
