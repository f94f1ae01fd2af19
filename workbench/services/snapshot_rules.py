"""What two snapshots were taken under: label set, guideline, and what was asked for."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from workbench.formats.manifest import Manifest
from workbench.services import label_changes
from workbench.services.label_changes import Draft, LabelDraft
from workbench.services.snapshot_checks import read_manifest


def differences(before: Path, after: Path) -> Iterator[tuple[str, str]]:
    """What is not the same in the manifests of both: what it is about, and the difference in words.

    Args:
        before: The folder of the earlier snapshot.
        after: The folder of the later one.

    Raises:
        InputError: A folder is no snapshot, or its manifest cannot be read.
    """
    was, now = read_manifest(before), read_manifest(after)
    if was.project != now.project:
        yield "project", f"{was.project} -> {now.project}"
    if _newest(was.label_sets) != _newest(now.label_sets):
        told = "; ".join(_labels(was, now)) or "the same labels, meanings and colours"
        yield "label set", f"{_versions(was.label_sets, now.label_sets)}: {told}"
    if _newest(was.guidelines) != _newest(now.guidelines):
        yield "guideline", _versions(was.guidelines, now.guidelines)
    yield from _told("asked for", was.choices, now.choices)
    yield from _told("split", was.splits or {}, now.splits or {})


def _newest(versions: tuple[Mapping[str, Any], ...]) -> Mapping[str, Any]:
    return max(versions, key=lambda one: one["version"], default={"version": 0})


def _versions(was: tuple[Mapping[str, Any], ...], now: tuple[Mapping[str, Any], ...]) -> str:
    return f"version {_newest(was)['version']} -> version {_newest(now)['version']}"


def _labels(was: Manifest, now: Manifest) -> list[str]:
    """What became of the labels, by the names they have now or had last."""
    old, new = _draft(was), _draft(now)
    last = {label.key: label for label in (*_past(was), *_past(now))}
    kept = {label.key for label in old.labels}
    former = [label for label in _past(was) if label.key not in kept]
    found = label_changes.changes(old, new, merged={}, former=former)
    gone = found.pop("retired", [])
    names = {key: label.name for key, label in last.items()}
    before = {label.key: label.name for label in old.labels}
    return label_changes.in_words(found, names) + [
        before[key]
        + (f", last called {names[key]}," if names[key] != before[key] else "")
        + " is no longer in force"
        for key in gone
    ]


def _draft(manifest: Manifest) -> Draft:
    return Draft(_faces(_newest(manifest.label_sets)), ())


def _past(manifest: Manifest) -> list[LabelDraft]:
    """Every label once, as it was last."""
    versions = sorted(manifest.label_sets, key=lambda one: one["version"])
    return [*{label.key: label for one in versions for label in _faces(one)}.values()]


def _faces(label_set: Mapping[str, Any]) -> tuple[LabelDraft, ...]:
    return tuple(
        LabelDraft(one["name"], one["meaning"], "", one["colour"], one["key"])
        for one in label_set.get("labels", ())
    )


def _told(about: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield about, f"{name} {_value(was.get(name))} -> {_value(now.get(name))}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items()) or "nothing"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "nothing"
    return "nothing" if value is None else str(value)
