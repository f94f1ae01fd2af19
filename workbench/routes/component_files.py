"""Our components' files under addresses that hold their hash, to be kept by browsers for ever.

Streamlit asks for `component.js` and `component.css` by these names and serves them, and all that
they import, anew at every visit. Here only these two are asked for again: what they name is named
with the hash of the component's files in front.

A server sends what it started with. The markup of a component is read once, and a script of a later
version would not find in it what it looks for: an upgrade takes effect with the next start.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PREFIX = "/_stcore/bidi-components/workbench."
FOLDER = Path(__file__).parent.parent / "components"
PATH = re.compile(r"([a-z_]+)/(?:([0-9a-f]{12})/)?([a-z_]+\.(?:js|css))", re.ASCII)
ENTRIES = ("component.js", "component.css")


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


@dataclass(frozen=True, slots=True)
class _Component:
    """A component as it was when it was first looked at: its hash, and its files compressed."""

    version: str
    files: Mapping[str, bytes]
    entries: Mapping[str, bytes]


def pin() -> None:
    """Read every component now, so that all of them are of one moment."""
    for entry in FOLDER.glob("*/component.js"):
        _component(entry.parent)


def find(address: str) -> ComponentFile | None:
    """The file at an address; None where there is none of ours."""
    if not address.startswith(PREFIX) or not (match := PATH.fullmatch(address[len(PREFIX) :])):
        return None
    name, version, file = match.groups()
    if not (FOLDER / name).is_dir():
        return None
    component = _component(FOLDER / name)
    if file not in component.files:
        return None
    suffix = Path(file).suffix
    if version is None:
        body = component.entries.get(file, component.files[file])
        return ComponentFile(body, suffix, is_final=False)
    # An old page after an upgrade gets the new file, but not to keep under the old name.
    return ComponentFile(component.files[file], suffix, is_final=version == component.version)


def addresses(component: str) -> list[str]:
    """All that a page with this component will ask for."""
    known = _component(FOLDER / component)
    base = f"{PREFIX}{component}"
    names = [name for name in known.files if name not in ENTRIES]
    return [f"{base}/{name}" for name in ENTRIES] + [
        f"{base}/{known.version}/{name}" for name in names
    ]


@cache
def _component(folder: Path) -> _Component:
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".js", ".css"})
    plain = {path.name: path.read_bytes() for path in paths}
    digest = hashlib.sha256()
    for name, body in plain.items():
        digest.update(name.encode() + b"\0" + body)
    version = digest.hexdigest()[:12]
    entries = {
        name: plain[name].replace(b'"./', f'"./{version}/'.encode())
        for name in ENTRIES
        if name in plain
    }
    return _Component(version, _compressed(plain), _compressed(entries))


def _compressed(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {name: gzip.compress(body, mtime=0) for name, body in files.items()}
