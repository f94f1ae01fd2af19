"""The keys in the reference are those the browser component knows, and no others."""

import re
from pathlib import Path

from workbench import defaults

ROOT = Path(__file__).parent.parent
NAMED = {
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "ArrowDown": "↓",
    "ArrowUp": "↑",
    "PageDown": "Page Down",
    "PageUp": "Page Up",
    "Escape": "Esc",
}


def in_the_component() -> set[str]:
    source = (ROOT / "workbench/components/annotator/keys.js").read_text()
    table = source[source.index("const BY_KEY = {") : source.index("};")]
    fixed = re.findall(r'^\s+"?([A-Za-z?]+)"?: \{ act:', table, flags=re.MULTILINE)
    view = (ROOT / "workbench/components/annotator/article_view.js").read_text()
    (scrolls,) = re.findall(r"const SCROLLS = \{(.*?)\}", view)
    fixed += re.findall(r"(\w+):", scrolls)
    return {NAMED.get(key, key.upper() if len(key) == 1 else key) for key in fixed}


def in_the_label_set() -> set[str]:
    given = defaults.label_set()
    return {label.shortcut for label in given.labels} | {preset.key for preset in given.presets}


def in_the_reference() -> set[str]:
    text = (ROOT / "docs/reference/keys.md").read_text()
    keys: set[str] = set()
    for line in re.findall(r"^\| (`.*?`) \|", text, flags=re.MULTILINE):
        named = re.findall(r"`(.+?)`", line)
        if " to " in line:
            first, last = map(int, named)
            named = [str(digit) for digit in range(first, last + 1)]
        keys |= set(named)
    return keys


def test_the_reference_names_every_key_and_no_other():
    assert in_the_reference() == in_the_component() | in_the_label_set()
