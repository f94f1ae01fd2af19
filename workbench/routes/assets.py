"""Streamlit's own scripts and styles, compressed once and kept: a cold page is 0.8 MB, not 2.7."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

SUFFIXES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
LEVEL = 6
MOST_FILES = 512
FOR_EVER = "public, max-age=31536000, immutable"  # the file names hold a hash of their content


def static_folder() -> Path:
    """Where the installed Streamlit keeps its files; found without importing it."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        message = "Streamlit is not installed"
        raise RuntimeError(message)
    return Path(spec.origin).parent / "static"


class Assets:
    """Middleware that answers for hashed scripts and styles; all else goes on."""

    def __init__(self, app: ASGIApp) -> None:
        """Remember where the files are."""
        self.app = app
        self.folder = static_folder()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a compressed asset, or let Streamlit answer."""
        path = self._asset(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        body = await run_in_threadpool(_compressed, path)
        response = Response(
            body,
            media_type=SUFFIXES[path.suffix],
            headers={
                "content-encoding": "gzip",
                "cache-control": FOR_EVER,
                "vary": "accept-encoding",
            },
        )
        await response(scope, receive, send)

    def _asset(self, scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        name = scope["path"]
        if not name.startswith("/static/") or Path(name).suffix not in SUFFIXES:
            return None
        if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
            return None
        path = (self.folder / name.lstrip("/")).resolve()
        inside = path.is_relative_to(self.folder.resolve())
        return path if inside and path.is_file() else None


@lru_cache(maxsize=MOST_FILES)
def _compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


def warm(stop: Callable[[], bool]) -> None:
    """Compress what every first page asks for, until all is done or `stop` says so."""
    for path in sorted((static_folder() / "static").rglob("index.*")):
        if stop():
            return
        if path.suffix in SUFFIXES:
            _compressed(path.resolve())
