"""The secrets of one way to the provider and back, all made from the one in the browser's cookie.

So the server keeps nothing that would help a reader of its database: the state's hash alone.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

TOKEN_BYTES = 32
LENGTH = 43  # of 256 bits in URL-safe base 64
BETWEEN = "."


@dataclass(frozen=True, slots=True)
class Secrets:
    """What goes along with somebody who is sent to the provider.

    Attributes:
        cookie: The secret of this browser, with the one-time link it was begun by, if by one.
    """

    cookie: str = field(repr=False)

    @classmethod
    def new(cls, link: str = "") -> "Secrets":
        """Secrets for one way, taken with a one-time link or without."""
        own = secrets.token_urlsafe(TOKEN_BYTES)
        return cls(f"{own}{BETWEEN}{link}" if link else own)

    @property
    def link(self) -> str:
        """The token of the one-time link that was opened; empty without one."""
        return self.cookie.partition(BETWEEN)[2]

    @property
    def state(self) -> str:
        """What the provider hands back: the answer belongs to this browser and this way."""
        return self._made("state")

    @property
    def nonce(self) -> str:
        """What the ID token has to hold: it was issued for this way."""
        return self._made("nonce")

    @property
    def verifier(self) -> str:
        """What proves to the provider that the code comes from who asked for it (PKCE)."""
        return self._made("verifier")

    def is_answered_by(self, state: str) -> bool:
        """Whether an answer's state is this way's; in constant time."""
        return hmac.compare_digest(self.state.encode(), state.encode(errors="replace"))

    def _made(self, what: str) -> str:
        digest = hmac.digest(self.cookie.encode(errors="replace"), what.encode(), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
