"""Browser profiles that one journey leaves as good as new, and the next one takes.

A new profile costs a new process that reads and compiles all of the pages' code; one that rests at
the workbench keeps that code, and opens a page in about a quarter of the processor's time.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error

from tests.e2e.visitor import Visitor

SCREEN = {"width": 1280, "height": 860}
STORED = "local_storage,indexeddb,cache_storage,service_workers"
# How long a page may take to let go. One that takes longer is closed instead.
PATIENCE_MS = 5_000


class Profiles:
    """Lends profiles, and takes them back."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[str, list[Visitor]] = defaultdict(list)

    def lend(self, name: str, origin: str, *, is_new: bool = False, **options: Any) -> Visitor:
        """A profile for somebody at a workbench, as good as new; or new, with nothing cached."""
        options = {"viewport": SCREEN} | options
        kind = repr((origin, sorted(options.items())))
        if self._free[kind] and not is_new:
            left = self._free[kind].pop()
            return Visitor(left.context, name=name, origin=origin, kind=kind, page=left.page)
        context = self._browser.new_context(**options)
        return Visitor(context, name=name, origin=origin, kind=kind)

    def take_back(self, visitor: Visitor, *, is_sound: bool = True) -> None:
        """Keep a profile for the next one if nothing of this one can stay in it; else close it."""
        visitor.leave()
        if is_sound and not visitor.is_marked and not visitor.strangers:
            with suppress(Error):
                _wipe(visitor)
                self._free[visitor.kind].append(visitor)
                return
        visitor.context.close()

    def close(self) -> None:
        for visitor in self._all():
            visitor.context.close()

    def _all(self) -> Iterator[Visitor]:
        for kept in self._free.values():
            yield from kept


def _wipe(visitor: Visitor) -> None:
    """Leave one page that rests at the workbench, signed out, with nothing stored.

    Raises:
        Error: the page is closed, or does not let go.
    """
    context, page = visitor.context, visitor.page
    for other in context.pages:
        if other != page:
            other.close()
    context.set_offline(False)
    context.unroute_all()
    page.unroute_all()
    page.goto(f"{visitor.origin}/healthz", timeout=PATIENCE_MS)
    page.evaluate("sessionStorage.clear()")
    tools = context.new_cdp_session(page)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(visitor.origin))
    tools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORED})
    tools.detach()
    context.clear_cookies()
    if visitor.screen:
        page.set_viewport_size(visitor.screen)
