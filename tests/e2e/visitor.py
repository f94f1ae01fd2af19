"""Somebody in a browser of their own, and all that it complained about or asked for."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

LOST = (
    "Failed to load resource",
    "WebSocket connection to",
    "Client Error in reaching server",
    "Streamlit server is not responding",
)
# Opened at a page's own address, Streamlit first looks for its server below that address.
LOOKING = re.compile(r"http://[^/]+/[a-z-]+/_stcore/(health|host-config)")


class Visitor:
    """A browser profile. Its pages may complain of nothing but, where that is meant, of lost
    connections."""

    def __init__(self, context: BrowserContext, *, name: str, origin: str) -> None:
        self.context = context
        self.name = name
        self.origin = origin
        self.may_lose_connections = False
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.dialogs: list[str] = []
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"uncaught: {error.error}"))
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("page", self._opened)
        self.page = context.new_page()

    def _said(self, message: ConsoleMessage) -> None:
        is_lost = self.may_lose_connections and message.text.startswith(LOST)
        address = message.location["url"]
        if message.type == "error" and not is_lost and not LOOKING.fullmatch(address):
            self.complaints.append(f"{message.text} {address}")

    def _opened(self, page: Page) -> None:
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

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
