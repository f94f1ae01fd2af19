"""Who is at the other end of a connection, noted before anything believes a header about it."""

from starlette.types import ASGIApp, Receive, Scope, Send

from workbench.trusted_proxy import UNIX

PEER = "workbench.peer"
_noted = False


class Peers:
    """Stands outside of everything, so also of what takes the address from `X-Forwarded-For`.

    Where it does not stand, no peer is known, and none is trusted.
    """

    def __init__(self, app: ASGIApp, *, is_unix: bool = False) -> None:
        """Stand in front of an application that listens on a socket file, or on an address."""
        global _noted
        _noted = True
        self.app = app
        self.is_unix = is_unix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Note the peer, and pass the request on."""
        if scope["type"] in ("http", "websocket"):
            client = scope.get("client")
            peer = UNIX if self.is_unix else (client[0] if client else None)
            scope = {**scope, PEER: peer}
        await self.app(scope, receive, send)


def are_noted() -> bool:
    """Whether this process notes its peers."""
    return _noted
