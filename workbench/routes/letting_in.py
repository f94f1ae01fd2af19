"""What the sign-in routes do with the database: each function is one act in a worker thread."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from db.engine import Engines, Session, reading, transaction
from db.errors import DatabaseFault
from workbench.errors import InputError, NotFoundError, ThrottledError, WorkbenchError
from workbench.routes.browsers import browser_of
from workbench.routes.gate import cookie_name
from workbench.routes.sent_twice import SentForms
from workbench.services import accounts, attempts, passwords, sessions, signing_in_by_others
from workbench.services.links import LinkState
from workbench.services.passwords import Attempt, Proof
from workbench.services.sessions import SignedIn
from workbench.settings import Settings

FORM = "application/x-www-form-urlencoded"
LONGEST_FORM = 8192
MOST_FIELDS = 10
WAIT_FOR_TURN = 10.0  # seconds

log = logging.getLogger(__name__)

Clock = Callable[[Session], datetime]


@dataclass(frozen=True, slots=True)
class Place:
    """What the sign-in routes are bound to.

    Attributes:
        engines: The database.
        settings: Whose cookie it is.
        clock: What time it is, by the database.
        sent: The forms of links that were sent a moment ago.
        turns: Who waits for a hash waits here, not in one of the few threads that all requests
            share.
    """

    engines: Engines
    settings: Settings
    clock: Clock
    sent: SentForms = field(default_factory=SentForms)
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(passwords.AT_ONCE))


async def form(request: Request) -> dict[str, str]:
    """The fields of a small form.

    Raises:
        InputError: It is no form, or a big one.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        message = "This was not sent by the sign-in page. Open it and try again."
        raise InputError(message)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_FORM:
            message = "This is too long for a name and a password. Try again."
            raise InputError(message)
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:  # too many, or not UTF-8
        message = "This is not what the sign-in page sends. Open it and try again."
        raise InputError(message) from error
    return dict(fields)


def is_empty(place: Place) -> bool:
    """Whether there is no account yet."""
    with reading(place.engines) as session:
        return accounts.is_empty(session)


def refuse_disabled(place: Place, request: Request) -> None:
    """Tell whoever was signed in here until their account was disabled."""
    cookie = request.cookies.get(cookie_name(place.settings))
    if cookie:
        with reading(place.engines) as session:
            sessions.refuse_disabled(session, cookie=cookie)


def link_state(place: Place, request: Request, token: str) -> LinkState:
    """What a link is for, without using it up; who asks for many that there are not has to wait."""
    address = address_of(request)
    try:
        with reading(place.engines) as session:
            now = place.clock(session)
            attempts.check_links(session, address=address, now=now)
            return accounts.open_link(session, token=token, now=now)
    except NotFoundError:
        with transaction(place.engines) as session:
            attempts.count_unknown_link(session, address=address, now=place.clock(session))
        raise


def by_link(place: Place, request: Request, token: str) -> SignedIn:
    """Sign an account in by its link."""
    with transaction(place.engines) as session:
        now = place.clock(session)
        end_earlier(session, place, request, now)
        return accounts.sign_in_by_link(
            session, token=token, now=now, browser=_browser(request), address=address_of(request)
        )


def as_owner(place: Place, request: Request, fields: dict[str, str]) -> SignedIn:
    """Make the first account."""
    with transaction(place.engines) as session:
        return accounts.become_owner(
            session,
            token=fields["token"],
            name=fields.get("name", ""),
            now=place.clock(session),
            browser=_browser(request),
            address=address_of(request),
        )


async def by_password(place: Place, request: Request, fields: dict[str, str]) -> SignedIn:
    """Count the attempt, prove the password outside any transaction, sign in."""
    name, password = fields.get("name", ""), fields.get("password", "")
    attempt = await run_in_threadpool(_begin, place, request, name)
    try:
        await asyncio.wait_for(place.turns.acquire(), WAIT_FOR_TURN)
    except TimeoutError as error:
        message = "Many people sign in at this moment. Try again in a few seconds."
        raise ThrottledError(message, retry_after=5) from error
    try:
        proof = await run_in_threadpool(passwords.prove, attempt, password)
    finally:
        place.turns.release()
    return await run_in_threadpool(_finish, place, request, proof)


def sign_out(place: Place, cookie: str) -> None:
    """End the session of a cookie."""
    with transaction(place.engines) as session:
        accounts.sign_out(session, cookie=cookie, now=place.clock(session))


def note_refusal(place: Place, request: Request, error: WorkbenchError, how: str) -> None:
    """Leave a row that somebody was vouched for, by a provider or a proxy, and not let in."""
    try:
        with transaction(place.engines) as session:
            signing_in_by_others.note_refusal(
                session,
                how=how,
                why=type(error).__name__,
                now=place.clock(session),
                address=address_of(request),
            )
    except DatabaseFault as fault:  # whoever is refused is told so all the same
        log.warning("That nobody was let in could not be written: %s", type(fault).__name__)


def end_earlier(session: Session, place: Place, request: Request, now: datetime) -> None:
    """End what this browser was signed in as before: its cookie is about to be replaced."""
    cookie = request.cookies.get(cookie_name(place.settings))
    if cookie:
        accounts.sign_out(session, cookie=cookie, now=now)


def whence(request: Request) -> dict[str, str]:
    """The browser and the address of a request, as a new session keeps them."""
    return {"browser": _browser(request), "address": address_of(request)}


def address_of(request: Request) -> str:
    """Where a request came from, as the server says (behind a proxy: as the proxy says)."""
    return request.client.host if request.client else ""


def _begin(place: Place, request: Request, name: str) -> Attempt:
    with transaction(place.engines) as session:
        return attempts.begin(
            session, name=name, address=address_of(request), now=place.clock(session)
        )


def _finish(place: Place, request: Request, proof: Proof) -> SignedIn:
    with transaction(place.engines) as session:
        now = place.clock(session)
        signed_in = accounts.sign_in_by_password(
            session, proof=proof, now=now, browser=_browser(request), address=address_of(request)
        )
        end_earlier(session, place, request, now)
        return signed_in


def _browser(request: Request) -> str:
    return browser_of(request.headers.get("user-agent", ""))
