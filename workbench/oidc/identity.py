"""Who somebody is to a provider, as far as it was proved."""

from dataclasses import dataclass, field
from typing import Any

GOOGLE = "https://accounts.google.com"
EVERY_DOMAIN = "*"


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody that the provider has signed in.

    Attributes:
        issuer: Which provider.
        subject: Its own, lasting name for the person; never shown.
        name: What it calls the person; empty where it does not say.
        domains: The domains it vouches for: that of a verified e-mail address, or Google's own of
            an organisation.
    """

    issuer: str
    subject: str = field(repr=False)
    name: str = field(repr=False)
    domains: frozenset[str] = field(repr=False)

    def is_of(self, allowed: tuple[str, ...]) -> bool:
        """Whether it belongs to one of these domains; an empty list and `*` are for everybody."""
        return not restricts(allowed) or not self.domains.isdisjoint(allowed)


def restricts(allowed: tuple[str, ...]) -> bool:
    """Whether a list of domains leaves anybody out."""
    return bool(allowed) and EVERY_DOMAIN not in allowed


def identity_of(claims: dict[str, Any]) -> Identity:
    """Read the claims of a token whose signature, issuer, audience and times were checked."""
    return Identity(
        issuer=claims["iss"], subject=claims["sub"], name=_name(claims), domains=_domains(claims)
    )


def _name(claims: dict[str, Any]) -> str:
    for claim in ("name", "preferred_username"):
        value = claims.get(claim)
        if isinstance(value, str) and value.strip():
            return value.partition("@")[0].strip()
    return ""


def _domains(claims: dict[str, Any]) -> frozenset[str]:
    found = set()
    email = claims.get("email")
    # Some providers write the boolean as a word.
    if isinstance(email, str) and claims.get("email_verified") in (True, "true"):
        found.add(email.rpartition("@")[2])
    if claims.get("iss") == GOOGLE and isinstance(claims.get("hd"), str):
        found.add(claims["hd"])
    return frozenset(domain.strip().lower() for domain in found if domain.strip())
