"""Labels that are retired or merged: the set without one, and with one taken up again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.errors import NotFoundError
from workbench.services.label_changes import DIGITS, Draft, LabelDraft, PresetDraft, plain_key

Version = tuple[int, Draft]


@dataclass(frozen=True, slots=True)
class GoneLabel:
    """A label that some version had and the newest has not.

    Attributes:
        label: As it was last.
        presets: Those that gave it then.
        until: The last version that had it.
        names: What it was ever called, case folded.
    """

    label: LabelDraft
    presets: tuple[PresetDraft, ...]
    until: int
    names: frozenset[str]

    def is_meant_by(self, name: str) -> bool:
        """Whether a new label of this name, cleaned, would have its name or its key."""
        return name.casefold() in self.names or plain_key(name) == self.label.key


def of(versions: Sequence[Version]) -> list[GoneLabel]:
    """The labels that went, those that went last first.

    Args:
        versions: All versions of a label set by their numbers, the newest first.
    """
    if not versions:
        return []
    kept = {label.key for label in versions[0][1].labels}
    last: dict[str, tuple[LabelDraft, int, Draft]] = {}
    names: dict[str, set[str]] = {}
    for number, draft in versions:
        for label in draft.labels:
            last.setdefault(label.key, (label, number, draft))
            names.setdefault(label.key, set()).add(label.name.casefold())
    return [
        GoneLabel(
            label=label,
            presets=tuple(each for each in draft.presets if key in each.labels),
            until=number,
            names=frozenset(names[key]),
        )
        for key, (label, number, draft) in last.items()
        if key not in kept
    ]


def without(old: Draft, key: str, *, instead: tuple[str, ...] = ()) -> Draft:
    """The set without a label; presets that become the same as an earlier one go too."""
    if key not in {label.key for label in old.labels}:
        message = "The label set has no such label. Look at it again."
        raise NotFoundError(message)
    presets: dict[frozenset[str], PresetDraft] = {}
    for preset in old.presets:
        left = [each for each in preset.labels if each != key]
        if len(left) < len(preset.labels):
            left += [each for each in instead if each not in left]
        if left or not preset.labels:  # what meant something does not come to mean none
            presets.setdefault(frozenset(left), PresetDraft(preset.key, tuple(sorted(left))))
    labels = tuple(label for label in old.labels if label.key != key)
    return Draft(labels, tuple(presets.values()))


def taken_up(old: Draft, gone: GoneLabel, *, name: str, shortcut: str, colour: str) -> Draft:
    """The set with a label that had gone at its end, under its own key.

    Its presets come back where their digit is free and nothing else gives the same labels.

    Args:
        old: The set without it.
        gone: The label.
        name: What it is called now.
        shortcut: Its letter now.
        colour: Its colour now.
    """
    again = replace(gone.label, name=name, shortcut=shortcut, colour=colour).cleaned()
    labels = (*old.labels, again)
    back = returning(old, gone)
    presets = (*old.presets, *back)
    if back:
        presets = tuple(sorted(presets, key=lambda each: DIGITS.index(each.key)))
    return Draft(labels, presets)


def returning(old: Draft, gone: GoneLabel) -> tuple[PresetDraft, ...]:
    """The presets that come back with a label that had gone."""
    keys = {gone.label.key, *(label.key for label in old.labels)}
    digits = {preset.key for preset in old.presets}
    given = {frozenset(preset.labels) for preset in old.presets}
    return tuple(
        preset
        for preset in gone.presets
        if preset.key not in digits
        and set(preset.labels) <= keys
        and frozenset(preset.labels) not in given
    )
