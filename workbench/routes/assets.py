"""Scripts, styles and fonts: compressed once, kept by browsers, announced before needed."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workbench.routes import component_files, fonts
from workbench.routes.streamlit_files import static_folder

SUFFIXES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}
LEVEL = 6
MOST_FILES = 512
FOR_EVER = "public, max-age=31536000, immutable"  # the file names hold a hash of their content
OWN_FOR_EVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
ANNOTATOR = "annotator"
# What Streamlit loads only when it draws a component or HTML, which the first page does.
LATE_CHUNKS = (
    "BidiComponent",
    "Html",
    "_arrayReduce",
    "purify.es",
    "recordbatch",
    "serialization",
)


class Assets:
    """Middleware that answers for scripts, styles and fonts, and announces them with a page."""

    def __init__(self, app: ASGIApp) -> None:
        """Remember where the files are, and what our own hold now."""
        self.app = app
        component_files.pin()
        self.folder = static_folder()
        self.chunks = [
            f"/static/js/{path.name}"
            for name in LATE_CHUNKS
            for path in (self.folder / "static" / "js").glob(f"{name}.*.js")
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a compressed file, or let Streamlit answer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            send = _without_body(send)
        response = await run_in_threadpool(self._response, scope) if _is_file(scope) else None
        if response is not None:
            await response(scope, receive, send)
        elif scope["path"] == "/":
            hint = await run_in_threadpool(self._hint)
            await self.app(scope, receive, _with_link(send, hint))
        else:
            await self.app(scope, receive, send)

    def _response(self, scope: Scope) -> Response | None:
        font = fonts.answer(scope)
        if font is not None:
            return font
        path = self._asset(scope["path"])
        if path is not None and path.suffix in SUFFIXES:
            return _sent(_compressed(path), path.suffix, FOR_EVER)
        if not scope["path"].startswith(component_files.PREFIX):
            return None
        found = component_files.find(scope["path"])
        if found is None:  # Streamlit would send whatever lies in the folder, Python too
            return Response("There is no such file.", 404, media_type="text/plain")
        keep = OWN_FOR_EVER if found.is_final else ASK_AGAIN
        if _accepts_gzip(scope):
            return _sent(found.body, found.suffix, keep)
        # Streamlit would answer with what lies on the disk by now.
        headers = {"cache-control": keep, "vary": "accept-encoding"}
        return Response(
            gzip.decompress(found.body), media_type=SUFFIXES[found.suffix], headers=headers
        )

    def _asset(self, name: str) -> Path | None:
        if not name.startswith("/static/"):
            return None
        path = (self.folder / name.lstrip("/")).resolve()
        inside = path.is_relative_to(self.folder.resolve())
        return path if inside and path.is_file() else None

    def _hint(self) -> bytes:
        """What the annotate page asks for once it is drawn, so that it comes while it is drawn."""
        links = [_link(address) for address in component_files.addresses(ANNOTATOR)]
        return ", ".join([*links, *(_link(chunk) for chunk in self.chunks)]).encode()


def _is_file(scope: Scope) -> bool:
    path = scope["path"]
    if path.startswith(component_files.PREFIX):
        return True
    if not path.startswith(("/static/", fonts.WHOLE)):
        return False
    return path.endswith(fonts.SUFFIX) or (Path(path).suffix in SUFFIXES and _accepts_gzip(scope))


def _accepts_gzip(scope: Scope) -> bool:
    return "gzip" in Headers(scope=scope).get("accept-encoding", "")


def _sent(body: bytes, suffix: str, keep: str) -> Response:
    headers = {"content-encoding": "gzip", "cache-control": keep, "vary": "accept-encoding"}
    return Response(body, media_type=SUFFIXES[suffix], headers=headers)


def _link(address: str) -> str:
    how = "modulepreload" if address.endswith(".js") else "preload; as=style"
    return f"<{address}>; rel={how}"


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending


def _with_link(send: Send, hint: bytes) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"link", hint)]}
        await send(message)

    return sending


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
