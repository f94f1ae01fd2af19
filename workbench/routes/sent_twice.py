"""A form of a one-time link that is sent twice: the second one is answered like the first.

On a slow connection somebody presses again. The browser then lets go of the first answer, with the
cookie in it, while the link has been used up by it: nobody would be in, and the link be gone.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from workbench.services.sessions import SignedIn

KEPT = 60.0  # seconds for which somebody may press again


@dataclass(slots=True)
class Sent:
    """One drawing of the form, and who was let in by it."""

    began: float
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    signed_in: SignedIn | None = None


class SentForms:
    """The forms sent a moment ago. Each was drawn for one browser, which alone knows it."""

    def __init__(self) -> None:
        self._sent: dict[str, Sent] = {}

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._sent)

    @asynccontextmanager
    async def turn(self, form: dict[str, str]) -> AsyncIterator[Sent]:
        """What became of this form before; a second one waits until the first is answered."""
        now = time.monotonic()
        for key in [key for key, each in self._sent.items() if now - each.began > KEPT]:
            del self._sent[key]
        if not (form.get("token") and form.get("page")):
            yield Sent(now)
            return
        key = sha256(f"{form['token']} {form['page']}".encode()).hexdigest()
        sent = self._sent.setdefault(key, Sent(now))
        try:
            async with sent.turn:
                yield sent
        finally:
            # Whoever sends forms by the thousand is refused, and leaves nothing here.
            if sent.signed_in is None and self._sent.get(key) is sent:
                del self._sent[key]
