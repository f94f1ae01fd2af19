"""How one label set comes from another: drafts, what is wrong with one, what it changes. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PALETTE = ("blue", "violet", "orange", "green", "red")
"""Colours that can be read on both themes. A label has one of its own, and by its place one of as
many underlines: the most labels there can be."""
RESERVED = frozenset("NXSZMFWGVQ")
"""Letters that mean something else on the annotate page."""
DIGITS = "1234567890"
LONGEST_NAME, LONGEST_MEANING, LONGEST_KEY = 40, 300, 40
_NAME = re.compile(r"[^\W_](?:[^\W_]|[ -])*")
_SHORTCUT = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """A label as somebody wants it; `key` is empty for a new one."""

    name: str
    meaning: str
    shortcut: str
    colour: str
    key: str = ""

    def cleaned(self) -> "LabelDraft":
        """The same without stray white space, the shortcut in upper case."""
        return LabelDraft(
            name=" ".join(unicodedata.normalize("NFC", self.name).split()),
            meaning=" ".join(unicodedata.normalize("NFC", self.meaning).split()),
            shortcut=self.shortcut.strip().upper(),
            colour=self.colour,
            key=self.key,
        )


@dataclass(frozen=True, slots=True)
class PresetDraft:
    """A combination of labels, by their keys, on one digit."""

    key: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole label set, in its order."""

    labels: tuple[LabelDraft, ...]
    presets: tuple[PresetDraft, ...]


def key_for(name: str, *, taken: Iterable[str]) -> str:
    """A key for a new label: its name in ASCII, else `label`, numbered where that is taken."""
    stem = plain_key(name) or "label"
    used = set(taken)
    if stem not in used:
        return stem
    return next(key for n in range(2, len(used) + 3) if (key := f"{stem}_{n}") not in used)


def plain_key(name: str) -> str:
    """A name as a key has it, in ASCII; empty where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: LONGEST_KEY - 4]


def fault(draft: Draft) -> str | None:
    """What is wrong with a draft, in words; None if nothing is."""
    labels = draft.labels
    if not 1 <= len(labels) <= len(PALETTE):
        return f"A label set has 1 to {len(PALETTE)} labels: each has a colour of its own."
    for label in labels:
        if wrong := _label_fault(label):
            return wrong
    for word, values in (
        ("name", [label.name.casefold() for label in labels]),
        ("key", [label.shortcut for label in labels]),
        ("colour", [label.colour for label in labels]),
    ):
        if len(set(values)) < len(values):
            return f"Two labels have the same {word}. Give each its own."
    return _preset_fault(draft)


def _label_fault(label: LabelDraft) -> str | None:
    if len(label.name) > LONGEST_NAME or not _NAME.fullmatch(label.name):
        return f"A label's name has 1 to {LONGEST_NAME} letters, digits, spaces and hyphens."
    if not 0 < len(label.meaning) <= LONGEST_MEANING:
        return f"Say in 1 to {LONGEST_MEANING} characters what {label.name} means."
    if not _SHORTCUT.fullmatch(label.shortcut) or label.shortcut in RESERVED:
        free = "".join(sorted(set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - RESERVED))
        return f"The key of {label.name} is one letter of {free}; the others mean something else."
    if label.colour not in PALETTE:
        return f"The colour of {label.name} is one of {', '.join(PALETTE)}."
    return None


def _preset_fault(draft: Draft) -> str | None:
    known = {label.key for label in draft.labels}
    digits = [preset.key for preset in draft.presets]
    if len(set(digits)) < len(digits) or not set(digits) <= set(DIGITS):
        return "A preset lies on a digit from 0 to 9 of its own."
    given = [frozenset(preset.labels) for preset in draft.presets]
    if len(set(given)) < len(given):
        return "Two presets give the same labels. One key is enough."
    if any(not labels <= known for labels in given):
        return "A preset gives a label that the label set does not have."
    return None


def changes(
    old: Draft,
    new: Draft,
    *,
    merged: Mapping[str, str],
    wording_only: bool = False,
    former: Sequence[LabelDraft] = (),
) -> dict[str, Any]:
    """What differs, by kind, in the form that is stored; empty if nothing does.

    Args:
        old: The set before.
        new: The set after; its labels have their keys.
        merged: Which label that is gone lives on in which.
        wording_only: Whether a changed meaning says the same in other words.
        former: Labels that had gone, as they were last; those the new set has are taken up again.
    """
    after = {label.key: label for label in new.labels}
    gone = [label.key for label in old.labels if label.key not in after]
    restored = [label.key for label in former if label.key in after]
    before = {label.key: label for label in (*former, *old.labels)}
    both = [label.key for label in (*old.labels, *former) if label.key in after]
    reworded = [key for key in both if before[key].meaning != after[key].meaning]
    found: dict[str, Any] = {
        "added": [key for key in after if key not in before],
        "restored": restored,
        "renamed": {
            key: [before[key].name, after[key].name]
            for key in both
            if before[key].name != after[key].name
        },
        "wording" if wording_only else "meaning": reworded,
        "merged": {key: merged[key] for key in gone if key in merged},
        "retired": [key for key in gone if key not in merged],
        "colour": [key for key in both if before[key].colour != after[key].colour],
        "shortcut": [key for key in both if before[key].shortcut != after[key].shortcut],
        "order": [key for key in after if key in before] != both,
        "presets": _shown(old.presets) != _shown(new.presets),
    }
    return {kind: value for kind, value in found.items() if value}


def _shown(presets: Sequence[PresetDraft]) -> list[tuple[str, list[str]]]:
    return [(preset.key, sorted(preset.labels)) for preset in presets]


def made_stale(changed: Mapping[str, Any]) -> dict[str, str]:
    """The labels whose former annotations need another look, with why: a kind of change."""
    return {key: kind for kind in ("meaning", "retired", "merged") for key in changed.get(kind, ())}


def in_words(changed: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    """The changes as sentences without a full stop; `names` has labels by key, gone ones too."""

    def named(keys: Iterable[str]) -> str:
        return ", ".join(names.get(key, key) for key in keys)

    words = [f"{named([key])} merged into {named([into])}" for key, into in _pairs(changed)]
    words += [f"{old} renamed to {new}" for old, new in changed.get("renamed", {}).values()]
    for kind, said in (
        ("added", "added"),
        ("restored", "taken up again"),
        ("retired", "retired"),
        ("meaning", "has another meaning"),
        ("wording", "said in other words"),
        ("colour", "has another colour"),
        ("shortcut", "has another key"),
    ):
        words += [f"{named([key])} {said}" for key in changed.get(kind, ())]
    words += ["Labels put in another order"] if changed.get("order") else []
    return words + (["Presets changed"] if changed.get("presets") else [])


def _pairs(changed: Mapping[str, Any]) -> list[tuple[str, str]]:
    return list(changed.get("merged", {}).items())
