"""Our components' files under addresses that hold their hash, to be kept by browsers for ever.

Streamlit asks for `component.js` and `component.css` by these names and serves them, and all that
they import, anew at every visit. Here only these two are asked for again: what they name is named
with the hash of the component's files in front.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PREFIX = "/_stcore/bidi-components/workbench."
FOLDER = Path(__file__).parent.parent / "components"
PATH = re.compile(r"([a-z_]+)/(?:([0-9a-f]{12})/)?([a-z_]+\.(?:js|css))", re.ASCII)
ENTRIES = ("component.js", "component.css")
MOST_FILES = 256

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class ComponentFile:
    """A file to send.

    Attributes:
        body: Its bytes, compressed.
        suffix: What kind it is: `.js` or `.css`.
        is_final: Whether the address holds the hash of these bytes, so that they never change.
    """

    body: bytes
    suffix: str
    is_final: bool


def find(address: str) -> ComponentFile | None:
    """The file at an address; None where there is none of ours."""
    if not address.startswith(PREFIX) or not (match := PATH.fullmatch(address[len(PREFIX) :])):
        return None
    component, version, name = match.groups()
    path = FOLDER / component / name
    if not path.is_file():
        return None
    current = _version(FOLDER / component, _stamp(FOLDER / component))
    if version is None:
        body = path.read_bytes().replace(b'"./', f'"./{current}/'.encode())
        return ComponentFile(gzip.compress(body, mtime=0), path.suffix, is_final=False)
    # An old page after an upgrade gets the new file, but not to keep under the old name.
    return ComponentFile(_compressed(path, current), path.suffix, is_final=version == current)


def addresses(component: str) -> list[str]:
    """All that a page with this component will ask for."""
    folder = FOLDER / component
    version = _version(folder, _stamp(folder))
    base = f"{PREFIX}{component}"
    names = sorted(path.name for path in _files(folder) if path.name not in ENTRIES)
    return [f"{base}/{name}" for name in ENTRIES] + [f"{base}/{version}/{name}" for name in names]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in {".js", ".css"})


def _stamp(folder: Path) -> Stamp:
    found = [(path.name, path.stat()) for path in _files(folder)]
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in found)


@lru_cache(maxsize=16)
def _version(folder: Path, _stamp: Stamp) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


@lru_cache(maxsize=MOST_FILES)
def _compressed(path: Path, _version: str) -> bytes:
    return gzip.compress(path.read_bytes(), mtime=0)
