"""The headers that every answer carries."""

import base64
import hashlib
from functools import cache
from html.parser import HTMLParser

from workbench.routes.streamlit_files import static_folder

CSP = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src 'self' blob:; frame-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HSTS = "max-age=31536000"

Headers = tuple[tuple[bytes, bytes], ...]


class _InlineScripts(HTMLParser):
    """Collects the text of every script that stands in the page itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.texts: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and not any(name == "src" for name, _ in attrs)
        if self._is_inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = self._is_inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def script_hashes(page: str) -> list[str]:
    """What a policy calls each inline script of a page."""
    parser = _InlineScripts()
    parser.feed(page)
    parser.close()
    digests = [hashlib.sha256(text.encode()).digest() for text in parser.texts]
    return [f"sha256-{base64.b64encode(digest).decode()}" for digest in digests]


@cache
def security_headers(*, is_secure: bool) -> Headers:
    """The headers, with the hashes of the installed Streamlit's own inline scripts."""
    hashes = script_hashes((static_folder() / "index.html").read_text(encoding="utf-8"))
    policy = CSP.format(scripts="".join(f" '{each}'" for each in hashes))
    headers = {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
    }
    if is_secure:
        headers["strict-transport-security"] = HSTS
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
