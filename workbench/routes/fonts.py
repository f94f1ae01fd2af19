"""The fonts of every page: cut down, in place of Streamlit's whole ones; those are kept beside.

Streamlit asks for its fonts by its own addresses before any style of ours is there, so ours are
answered with at these. Characters that they have not come from the whole fonts, which browsers load
only where the range in `ui/fonts.css` says that one is needed. `python -m tests.fonts` makes ours.
"""

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

from workbench.routes.streamlit_files import static_folder

FOLDER = Path(__file__).parent.parent / "fonts"
THEIRS = "/static/media/"
WHOLE = "/fonts/"
SUFFIX = ".woff2"
CUT = {
    "serif": "SourceSerifVariable-Roman.*.woff2",
    "sans": "SourceSansVF-Upright.*.woff2",
    "icons": "MaterialSymbols-Rounded.*.woff2",
}
# The addresses hold a hash of Streamlit's file, not of ours: it is asked whether ours has changed.
# Old letters do no harm meanwhile; an old icon font would show a new icon's name.
KEEP = "private, max-age=86400, stale-while-revalidate=31536000"
ASK_AGAIN = "private, no-cache"


@dataclass(frozen=True, slots=True)
class Font:
    """A font to send.

    Attributes:
        body: Its bytes, which are compressed as they are.
        tag: What tells it from any other.
        keep: How long a browser may go without asking.
    """

    body: bytes
    tag: str
    keep: str


def answer(scope: Scope) -> Response | None:
    """The answer to a GET for a font of ours; None where there is none at the address."""
    font = find(scope["path"])
    if font is None:
        return None
    headers = {"cache-control": font.keep, "etag": font.tag}
    if Headers(scope=scope).get("if-none-match") == font.tag:
        return Response(status_code=304, headers=headers)
    return Response(font.body, media_type="font/woff2", headers=headers)


@lru_cache(maxsize=16)
def find(address: str) -> Font | None:
    """The font at an address: ours at one of Streamlit's, Streamlit's at one of ours."""
    for name, pattern in CUT.items():
        if fnmatchcase(address, THEIRS + pattern):
            return _font(FOLDER / f"{name}.woff2", ASK_AGAIN if name == "icons" else KEEP)
        if address == f"{WHOLE}{name}.woff2":
            (path,) = (static_folder() / "static" / "media").glob(pattern)
            return _font(path, KEEP)
    return None


def _font(path: Path, keep: str) -> Font:
    body = path.read_bytes()
    return Font(body, f'"{hashlib.sha256(body).hexdigest()[:16]}"', keep)
