"""Where the running server is: left in the data folder, so that commands print links that work."""

import re
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

FILE = "workbench.address"
USUAL = "http://127.0.0.1:8501"
LONGEST = 300
_SIGNS = re.compile(r"[\w.:/~%\[\]-]{1,300}")


def leave(home: Path, url: str) -> None:
    """Write down where the server is. Where that cannot be done, links name the usual address."""
    with suppress(OSError):
        (home / FILE).write_text(f"{url}\n", encoding="ascii")


def forget(home: Path) -> None:
    """The server has stopped."""
    with suppress(OSError):
        (home / FILE).unlink()


def known(home: Path) -> str:
    """Where the server of this data folder is, or would be if nothing else is asked for."""
    try:
        url = (home / FILE).read_text(encoding="ascii")[:LONGEST].strip()
    except (OSError, UnicodeDecodeError):
        return USUAL
    return url if is_one(url) else USUAL


def is_one(url: str) -> bool:
    """Whether a link can begin with it: `http` or `https`, a host, and no sign that ends a line."""
    if not _SIGNS.fullmatch(url):
        return False
    try:
        parts = urlsplit(url)
        has_port = parts.port != 0
    except ValueError:
        return False
    is_plain = not (parts.query or parts.fragment or parts.username or parts.password)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and has_port and is_plain
