"""What signing in with a provider does with the database: each is one act in a worker thread."""

from starlette.requests import Request

from db.engine import transaction
from workbench.errors import SignedOutError
from workbench.oidc.identity import Identity
from workbench.oidc.secrets import Secrets
from workbench.routes import letting_in
from workbench.routes.letting_in import Place
from workbench.services import accounts, identities, oidc_starts, signing_in_by_others
from workbench.services.oidc_starts import Start
from workbench.services.sessions import SignedIn


def begin(place: Place, request: Request, secrets: Secrets, target: str, key: str | None) -> None:
    """Remember that somebody is sent to the provider."""
    with transaction(place.engines) as session:
        now = place.clock(session)
        actor = None
        if key is not None:
            identity = request.headers.get("x-workbench-uid", "")
            actor = accounts.signed_in(session, identity=identity, now=now)
            identities.check_binding_key(session, actor=actor, key=key)
        oidc_starts.begin(
            session,
            state=secrets.state,
            target=target,
            now=now,
            address=letting_in.address_of(request),
            actor=actor,
        )


def use_start(place: Place, state: str) -> Start:
    """Use up what this browser was sent away for."""
    with transaction(place.engines) as session:
        return oidc_starts.come_back(session, state=state, now=place.clock(session))


def bind(place: Place, request: Request, start: Start, identity: Identity) -> None:
    """Bind the identity to the account of whoever asked for that."""
    with transaction(place.engines) as session:
        now = place.clock(session)
        actor = accounts.signed_in(
            session,
            identity=request.headers.get("x-workbench-uid", ""),
            now=now,
            address=letting_in.address_of(request),
        )
        if actor.account_id != start.account_id:
            message = "You are signed in as somebody else by now. Start again on the Account page."
            raise SignedOutError(message)
        identities.bind(session, actor=actor, identity=identity, now=now)


def sign_in(place: Place, request: Request, secrets: Secrets, identity: Identity) -> SignedIn:
    """Sign in whom the provider vouched for, or have them take the link they opened."""
    with transaction(place.engines) as session:
        now, whence = place.clock(session), letting_in.whence(request)
        letting_in.end_earlier(session, place, request, now)
        if secrets.link:
            return signing_in_by_others.take_link_by_identity(
                session, token=secrets.link, identity=identity, now=now, **whence
            )
        joins_as = place.settings.oidc.join if place.settings.oidc else ""
        return signing_in_by_others.sign_in_by_identity(
            session, identity=identity, joins_as=joins_as, now=now, **whence
        )
