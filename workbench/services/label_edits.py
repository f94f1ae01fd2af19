"""What can become of a label set: changes of it, which `label_saving.save` stores as a version."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.errors import InputError, NotFoundError
from workbench.services import gone_labels
from workbench.services.gone_labels import GoneLabel
from workbench.services.label_changes import Draft, LabelDraft, PresetDraft, key_for

Gone = Sequence[GoneLabel]


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a label set, which raises NotFoundError or InputError where it cannot be made.

    Attributes:
        make: The set that is to be, of the one in force and the labels that have gone from it.
        merged: Which label that goes lives on in which.
        wording_only: A changed meaning says the same in other words: nobody looks again.
    """

    make: Callable[[Draft, Gone], Draft]
    merged: Mapping[str, str] = field(default_factory=dict)
    wording_only: bool = False


def edit(labels: Sequence[LabelDraft], *, wording_only: bool = False) -> Change:
    """Give labels another name, meaning, key, colour or place.

    Args:
        labels: The labels of the set, by their keys, as they are to be.
        wording_only: A changed meaning says the same in other words: nobody looks again.
    """

    def make(old: Draft, _: Gone) -> Draft:
        if {label.key for label in labels} != {label.key for label in old.labels}:
            message = "These are not the labels of the set. Look at it again."
            raise NotFoundError(message)
        return replace(old, labels=tuple(label.cleaned() for label in labels))

    return Change(make, wording_only=wording_only)


def add(label: LabelDraft, *, is_another: bool = False) -> Change:
    """Add a label at the end.

    Args:
        label: The label, which has no key yet.
        is_another: It means something else than a label of its name or key that had gone, and
            stands beside it in exports; unsaid, such a label is refused.
    """

    def make(old: Draft, gone: Gone) -> Draft:
        new = label.cleaned()
        same = next((each for each in gone if each.is_meant_by(new.name)), None)
        if same and not is_another:
            raise InputError(_there_was(new.name, same))
        taken = {*(each.key for each in old.labels), *(each.label.key for each in gone)}
        return replace(old, labels=(*old.labels, replace(new, key=key_for(new.name, taken=taken))))

    return Change(make)


def take_up(key: str, *, name: str, shortcut: str, colour: str) -> Change:
    """Let a label that was retired or merged be chosen again, at the end, as the same label.

    What was given under it stands again: nobody is asked to look at it because the label had
    gone. Presets that went with it come back where their digit is free.

    Args:
        key: Which label.
        name: What it is called from now on.
        shortcut: Its letter.
        colour: Its colour.
    """

    def make(old: Draft, gone: Gone) -> Draft:
        again = next((each for each in gone if each.label.key == key), None)
        if again is None:
            message = "No such label was retired or merged. Look at the label set again."
            raise NotFoundError(message)
        return gone_labels.taken_up(old, again, name=name, shortcut=shortcut, colour=colour)

    return Change(make)


def merge(key: str, *, into: str) -> Change:
    """Let a label go on in another.

    Annotations that give it stay as they are, and are offered to their reviewers again.
    """

    def make(old: Draft, _: Gone) -> Draft:
        if into == key or into not in {label.key for label in old.labels}:
            message = "A label is merged into another one of the set."
            raise InputError(message)
        return gone_labels.without(old, key, instead=(into,))

    return Change(make, merged={key: into})


def retire(key: str) -> Change:
    """Take a label out of the choice.

    Annotations that give it stay as they are, and are offered to their reviewers again.
    """
    return Change(lambda old, _: gone_labels.without(old, key))


def set_presets(presets: Sequence[PresetDraft]) -> Change:
    """Say which digits give which labels."""
    given = tuple(presets)
    return Change(lambda old, _: replace(old, presets=given))


def _there_was(name: str, gone: GoneLabel) -> str:
    same = gone.label
    called = "" if same.name.casefold() == name.casefold() else f", last called {same.name}"
    return (
        f"There was a label {name}{called}, with the key {same.key}, until version {gone.until}. "
        "Take it up again, so that its answers and its column go on; or say that the new label "
        "is another one."
    )
