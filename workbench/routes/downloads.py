"""What is downloaded in pieces, from a database that is let go of however the download ends."""

from collections.abc import Generator, Mapping
from itertools import chain

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class Download(StreamingResponse):
    """Pieces, the first of which is made already: what can be refused has been by then."""

    def __init__(
        self, first: bytes, rest: Generator[bytes], *, content_type: str, headers: Mapping[str, str]
    ) -> None:
        """Send the first piece, then the rest."""
        super().__init__(chain((first,), rest), headers=headers, media_type=content_type)
        self._rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream; a download that is broken off ends the transaction at once."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._rest.close)
