"""Somebody in a browser of their own, and all that it complained about or asked for."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    ViewportSize,
    WebError,
    WebSocket,
)

# Room for a machine that does other things; what is there is found at once.
PATIENCE_MS = 60_000
LOST = (
    "Failed to load resource",
    "WebSocket connection to",
    "Client Error in reaching server",
    "Client Error: WebSocket onerror",
    "Streamlit server is not responding",
)
# Opened at a page's own address, Streamlit first looks for its server below that address.
LOOKING = re.compile(r"http://[^/]+/[a-z-]+/_stcore/(health|host-config)")


class Visitor:
    """A browser profile. Its pages may complain of nothing but, where that is meant, of lost
    connections."""

    def __init__(
        self,
        context: BrowserContext,
        *,
        name: str,
        origin: str,
        kind: str = "",
        page: Page | None = None,
    ) -> None:
        self.context = context
        self.name = name
        self.origin = origin
        self.kind = kind
        self.may_lose_connections = False
        self.is_marked = False
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.dialogs: list[str] = []
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", self._said)
        context.on("weberror", self._broke)
        context.on("request", self._requested)
        context.on("page", self._opened)
        if page:
            self._opened(page)
        self.page = page or context.new_page()
        self.screen: ViewportSize | None = self.page.viewport_size

    def before_every_page(self, script: str) -> None:
        """Run a script in each page from now on. Nobody else may have this profile any more."""
        self.is_marked = True
        self.context.add_init_script(script)

    def leave(self) -> None:
        """Hear nothing more of the profile."""
        self.context.remove_listener("console", self._said)
        self.context.remove_listener("weberror", self._broke)
        self.context.remove_listener("request", self._requested)
        self.context.remove_listener("page", self._opened)
        for page in self.context.pages:
            page.remove_listener("websocket", self._connected)
            page.remove_listener("dialog", self._asks)

    def _said(self, message: ConsoleMessage) -> None:
        is_lost = self.may_lose_connections and message.text.startswith(LOST)
        address = message.location["url"]
        if message.type == "error" and not is_lost and not LOOKING.fullmatch(address):
            self.complaints.append(f"{message.text} {address}")

    def _broke(self, error: WebError) -> None:
        self.complaints.append(f"uncaught: {error.error}")

    def _requested(self, request: Request) -> None:
        self.asked.append(request.url)

    def _connected(self, socket: WebSocket) -> None:
        self.asked.append(socket.url)

    def _asks(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)
        page.on("dialog", self._asks)

    @property
    def strangers(self) -> list[str]:
        """What was asked for from anywhere but the workbench."""
        here = urlsplit(self.origin).netloc
        return [
            address
            for address in self.asked
            if urlsplit(address).scheme not in ("data", "blob") and urlsplit(address).netloc != here
        ]

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.origin}{path}")
        return self.page
