"""The provider's discovery document: where to send people, and where to ask."""

from dataclasses import dataclass
from typing import Any

from workbench.oidc.configured import is_safe_url

WELL_KNOWN = "/.well-known/openid-configuration"
SECRET_IN_HEADER, SECRET_IN_BODY, NO_SECRET = "client_secret_basic", "client_secret_post", "none"


@dataclass(frozen=True, slots=True)
class Discovery:
    """What is used of the document.

    Attributes:
        authorization: Where people are sent.
        token: Where a code is changed into tokens.
        keys: Where the public keys are.
        userinfo: Where more is told of a person; None where nowhere.
        secret_in_body: Whether the client's secret goes in the body, as the header is not taken.
        names_itself: Whether every answer says whose it is (RFC 9207).
    """

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    secret_in_body: bool
    names_itself: bool


def address(issuer: str) -> str:
    """Where an issuer's document is."""
    return issuer.rstrip("/") + WELL_KNOWN


def read(document: dict[str, Any], *, issuer: str) -> Discovery:
    """Read the document.

    Raises:
        ValueError: It is another issuer's, or names a place that nothing may be sent to.
    """
    if document.get("issuer") != issuer:
        message = "the document is another issuer's"
        raise ValueError(message)
    methods = document.get("token_endpoint_auth_methods_supported")
    takes = methods if isinstance(methods, list) else [SECRET_IN_HEADER]
    return Discovery(
        authorization=_place(document, "authorization_endpoint"),
        token=_place(document, "token_endpoint"),
        keys=_place(document, "jwks_uri"),
        userinfo=_place(document, "userinfo_endpoint") if "userinfo_endpoint" in document else None,
        secret_in_body=SECRET_IN_HEADER not in takes and SECRET_IN_BODY in takes,
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
    )


def _place(document: dict[str, Any], name: str) -> str:
    found = document.get(name)
    if not isinstance(found, str) or not is_safe_url(found.partition("?")[0]) or "#" in found:
        message = f"no usable {name}"
        raise ValueError(message)
    return found
