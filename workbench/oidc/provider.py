"""One OIDC provider: people are sent to it, and come back with a code that says who they are."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session

from workbench.errors import AwayError, NotAllowedError, SetupError, SignedOutError
from workbench.oidc import configured, discovery, id_token
from workbench.oidc.asking import bounded, json_object
from workbench.oidc.discovery import Discovery
from workbench.oidc.id_token import Key, UnknownKeyError, UntrustedError
from workbench.oidc.identity import Identity, identity_of, restricts
from workbench.oidc.secrets import Secrets
from workbench.settings import OidcSettings

SCOPE = "openid profile email"
PATIENCE = 4.5  # seconds for all that is asked of the provider on one way
KEPT = 3600.0  # seconds that the document and the keys are kept
ASK_KEYS_EVERY = 10.0  # seconds: nobody can have the provider asked for keys all the time

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Known:
    """What the provider said of itself, and when, by the monotonic clock."""

    document: Discovery
    at: float
    keys: list[Key]
    keys_at: float


class Provider:
    """The provider that the settings name. Nothing is asked of it before it is needed.

    Every method blocks for some seconds at the most; call them in a thread.
    """

    def __init__(self, settings: OidcSettings, clock: Callable[[], float] = time.time) -> None:
        """Be ready to ask; `clock` tells the seconds since 1970 that tokens are measured by."""
        self.settings = settings
        self.clock = clock
        self._known: _Known | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return self.settings.name

    def address(self, secrets: Secrets, *, back: str) -> str:
        """Where to send somebody who wants to sign in, to be sent `back` to that address.

        Raises:
            AwayError: The provider does not answer.
        """
        with self._asking(back) as session:
            url, _ = session.create_authorization_url(
                self._document(session).authorization,
                state=secrets.state,
                nonce=secrets.nonce,
                code_verifier=secrets.verifier,
            )
        return str(url)

    def identity(self, secrets: Secrets, *, code: str, back: str, issuer: str | None) -> Identity:
        """Who came back with this code.

        Args:
            secrets: Those that they were sent with.
            code: What the provider gave them.
            back: The address they were sent back to.
            issuer: Whose answer it says it is; None where it does not say.

        Raises:
            AwayError: The provider does not answer.
            SignedOutError: It does not vouch for them, or its word cannot be believed.
            NotAllowedError: They are of none of the allowed domains.
        """
        with self._asking(back) as session:
            document = self._document(session)
            if issuer != self.settings.issuer and (issuer is not None or document.names_itself):
                raise self._refused("answer of another issuer")
            tokens = self._tokens(session, document, code=code, verifier=secrets.verifier)
            claims = self._claims(session, document, tokens, nonce=secrets.nonce)
            if self._needs_more(claims):
                claims = self._with_userinfo(session, document, tokens, claims)
        identity = identity_of(claims)
        if not identity.is_of(self.settings.domains):
            message = (
                f"{self.name} signed you in, but this workbench is for other domains. Ask whoever "
                "runs it."
            )
            raise NotAllowedError(message)
        return identity

    def look(self) -> None:
        """Ask for the document and the keys, whatever is known.

        Raises:
            AwayError: The provider does not answer, or not as one.
        """
        self._known = None
        with self._asking("") as session:
            self._document(session)

    @contextmanager
    def _asking(self, back: str) -> Iterator[OAuth2Session]:
        secret = self._secret()
        session = OAuth2Session(
            self.settings.client_id,
            secret,
            scope=SCOPE,
            redirect_uri=back,
            code_challenge_method="S256",
            token_endpoint_auth_method=discovery.SECRET_IN_HEADER if secret else None,
        )
        try:
            with bounded(session, until=monotonic() + PATIENCE):
                yield session
        except (requests.RequestException, ValueError) as error:
            log.warning("The OIDC provider does not answer as one: %s", type(error).__name__)
            raise self.away() from None

    def _secret(self) -> str | None:
        try:
            return configured.secret(self.settings.secret_file)
        except SetupError as error:  # it names a file, which is nobody's business at the page
            log.warning("%s", error)
            raise self.away() from None

    def away(self) -> AwayError:
        """What somebody is told who cannot sign in with it now."""
        message = (
            f"{self.name} does not answer as it should. Try again in a minute, or sign in with a "
            "password or a link."
        )
        return AwayError(message)

    def _document(self, session: OAuth2Session) -> Discovery:
        known = self._known
        if known is None or monotonic() - known.at > KEPT:
            issuer = self.settings.issuer
            document = discovery.read(_get(session, discovery.address(issuer)), issuer=issuer)
            known = self._known = _Known(
                document, monotonic(), id_token.keys_of(_get(session, document.keys)), monotonic()
            )
        return known.document

    def _keys(self, session: OAuth2Session, *, anew: bool) -> list[Key]:
        known = self._known
        if known is None:
            return []
        if anew and monotonic() - known.keys_at > ASK_KEYS_EVERY:
            known.keys, known.keys_at = (
                id_token.keys_of(_get(session, known.document.keys)),
                monotonic(),
            )
        return known.keys

    def _tokens(
        self, session: OAuth2Session, document: Discovery, *, code: str, verifier: str
    ) -> dict[str, Any]:
        if session.client_secret is None:
            session.token_endpoint_auth_method = discovery.NO_SECRET
        elif document.secret_in_body:
            session.token_endpoint_auth_method = discovery.SECRET_IN_BODY
        try:
            return dict(
                session.fetch_token(
                    document.token,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    allow_redirects=False,
                )
            )
        except AuthlibBaseError as error:
            raise self._refused(f"token endpoint, {type(error).__name__}") from None

    def _claims(
        self, session: OAuth2Session, document: Discovery, tokens: dict[str, Any], *, nonce: str
    ) -> dict[str, Any]:
        for anew in (False, True):
            try:
                return id_token.verified(
                    tokens.get("id_token"),
                    keys=self._keys(session, anew=anew),
                    issuer=self.settings.issuer,
                    client_id=self.settings.client_id,
                    nonce=nonce,
                    access_token=str(tokens.get("access_token") or ""),
                    now=self.clock(),
                )
            except UnknownKeyError as error:
                if anew:
                    raise self._refused(str(error)) from None
            except UntrustedError as error:
                raise self._refused(str(error)) from None
        raise self._refused("no key")

    def _needs_more(self, claims: dict[str, Any]) -> bool:
        identity = identity_of(claims)
        wants_domain = restricts(self.settings.domains) and not identity.domains
        return wants_domain or (bool(self.settings.join) and not identity.name)

    def _with_userinfo(
        self,
        session: OAuth2Session,
        document: Discovery,
        tokens: dict[str, Any],
        claims: dict[str, Any],
    ) -> dict[str, Any]:
        """Some providers keep the person's name and address out of the token."""
        access_token = tokens.get("access_token")
        if document.userinfo is None or not isinstance(access_token, str):
            return claims
        bearer = {"Authorization": f"Bearer {access_token}"}
        told = _get(session, document.userinfo, headers=bearer)
        if told.get("sub") != claims["sub"]:
            raise self._refused("userinfo of somebody else")
        more: dict[str, Any] = {
            claim: told[claim] for claim in ("name", "preferred_username") if claim in told
        }
        if "email" in told:  # an address and whether it was verified are of one source
            more |= {"email": told["email"], "email_verified": told.get("email_verified")}
        return {**claims, **more}

    def _refused(self, why: str) -> SignedOutError:
        log.warning("A sign-in by OIDC was refused: %s", why)
        message = (
            f"{self.name} did not vouch for you as it should. Start again; if it stays so, ask "
            "whoever runs the workbench."
        )
        return SignedOutError(message)


def _get(session: OAuth2Session, url: str, **given: Any) -> dict[str, Any]:
    # An `auth` of its own keeps `requests` from taking one out of ~/.netrc.
    response = session.request(
        "GET",
        url,
        withhold_token=True,
        auth=_as_it_is,
        allow_redirects=False,
        **given,
    )
    return json_object(response)


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
