"""ID tokens: who signed them, for whom, when, and for which way to the provider and back."""

from collections.abc import Callable, Sequence
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, GuestProtocol, JWKRegistry, RSAKey

ALGORITHMS = tuple(f"{kind}{size}" for kind in ("RS", "PS", "ES") for size in (256, 384, 512))
"""Signatures by a private key. Never `none`, and no HS: those would be made with what is public."""
LEEWAY = 60  # seconds that two clocks may differ
LONGEST_SUBJECT = 255
LONGEST_TOKEN = 50_000

Key = RSAKey | ECKey


class UntrustedError(Exception):
    """The token is not what it should be; the message says which rule, and nothing of the token."""


class UnknownKeyError(UntrustedError):
    """No key of the provider is the one that signed: it may have a new one."""


def keys_of(document: dict[str, Any]) -> list[Key]:
    """The provider's public keys; those for other things, or of an unknown kind, are left out."""
    listed = document.get("keys")
    found = []
    for each in listed if isinstance(listed, list) else []:
        if not isinstance(each, dict) or each.get("use", "sig") != "sig":
            continue
        if each.get("kty") not in ("RSA", "EC"):
            continue
        try:
            key = JWKRegistry.import_key(each)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if isinstance(key, RSAKey | ECKey):
            found.append(key)
    return found


def verified(
    token: object,
    *,
    keys: Sequence[Key],
    issuer: str,
    client_id: str,
    nonce: str,
    access_token: str,
    now: float,
) -> dict[str, Any]:
    """The claims of an ID token that can be believed.

    Args:
        token: What the provider gave as one.
        keys: Its public keys.
        issuer: Who has to have issued it, to the character.
        client_id: For whom.
        nonce: For which way.
        access_token: What came with it; checked where the token holds its hash.
        now: Seconds since 1970.

    Raises:
        UnknownKeyError: It was signed by a key that is not among these.
        UntrustedError: Anything else is wrong.
    """
    try:
        decoded = _decoded(token, keys)
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options=_exactly(iss=issuer, aud=client_id, nonce=nonce),
            params={"nonce": nonce, "client_id": client_id, "access_token": access_token},
        )
        claims.validate(now=int(now), leeway=LEEWAY)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        # The library's own words may quote the token.
        raise UntrustedError(type(error).__name__) from None
    return _with_subject(dict(claims))


def _decoded(token: object, keys: Sequence[Key]) -> jwt.Token:
    """The token, once its signature is right."""
    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        message = "no ID token"
        raise UntrustedError(message)
    return jwt.decode(token, _finder(keys), algorithms=ALGORITHMS)


def _exactly(**values: str) -> dict[str, dict[str, Any]]:
    """What the claims have to be; a subject, whatever it is, has to be there."""
    options: dict[str, dict[str, Any]] = {"sub": {"essential": True}}
    return options | {name: {"essential": True, "value": told} for name, told in values.items()}


def _with_subject(claims: dict[str, Any]) -> dict[str, Any]:
    subject = claims["sub"]
    if not subject or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        message = "no subject"
        raise UntrustedError(message)
    return claims


def _finder(keys: Sequence[Key]) -> Callable[[GuestProtocol], Key]:
    def find(guest: GuestProtocol) -> Key:
        headers = guest.headers()
        kid, kind = headers.get("kid"), "EC" if headers.get("alg", "")[:2] == "ES" else "RSA"
        fitting = [key for key in keys if key.key_type == kind and kid in (None, key.kid)]
        if len(fitting) != 1:
            message = "unknown key"
            raise UnknownKeyError(message)
        return fitting[0]

    return find
