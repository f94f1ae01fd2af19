"""Changes of a label set: each makes a new version that says who, why and what."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from workbench.errors import InputError, NotFoundError
from workbench.services import gone_labels
from workbench.services.gone_labels import GoneLabel
from workbench.services.label_changes import Draft, LabelDraft, PresetDraft, key_for
from workbench.services.label_saving import save
from workbench.services.permissions import Actor

Gone = list[GoneLabel]


def edit(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    labels: Sequence[LabelDraft],
    note: str,
    now: datetime,
    wording_only: bool = False,
) -> int:
    """Give labels another name, meaning, key, colour or place; the number of the new version.

    Args:
        session: A write transaction.
        actor: Who acts.
        slug: Which project.
        base_version: The version that was on the screen.
        labels: The same labels, by their keys, as they are to be.
        note: Why.
        now: When.
        wording_only: A changed meaning says the same in other words: nobody looks again.

    Raises:
        NotFoundError: There is no such project, or a label that is not in the set.
        NotAllowedError: The actor does not manage the project.
        InputError: The labels cannot be so, or nothing was changed.
        TakenError: Somebody saved another version meanwhile.
    """

    def change(old: Draft, _: Gone) -> Draft:
        if {label.key for label in labels} != {label.key for label in old.labels}:
            message = "These are not the labels of the set. Look at it again."
            raise NotFoundError(message)
        return replace(old, labels=tuple(label.cleaned() for label in labels))

    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        change=change,
        note=note,
        now=now,
        wording_only=wording_only,
    )


def add(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    label: LabelDraft,
    note: str,
    now: datetime,
    is_another: bool = False,
) -> int:
    """Add a label at the end; the number of the new version. Raises as `edit` does.

    Args:
        session: A write transaction.
        actor: Who acts.
        slug: Which project.
        base_version: The version that was on the screen.
        label: The label, which has no key yet.
        note: Why.
        now: When.
        is_another: It means something else than a label of its name or key that had gone, and
            stands beside it in exports; unsaid, such a label is refused.
    """

    def change(old: Draft, gone: Gone) -> Draft:
        new = label.cleaned()
        same = next((each for each in gone if each.is_meant_by(new.name)), None)
        if same and not is_another:
            raise InputError(_there_was(new.name, same))
        taken = {*(each.key for each in old.labels), *(each.label.key for each in gone)}
        return replace(old, labels=(*old.labels, replace(new, key=key_for(new.name, taken=taken))))

    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        change=change,
        note=note,
        now=now,
    )


def take_up(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    key: str,
    name: str,
    shortcut: str,
    colour: str,
    note: str,
    now: datetime,
) -> int:
    """Let a label that was retired or merged be chosen again, at the end, as the same label.

    What was given under it stands again: nobody is asked to look at it because the label had
    gone. Presets that went with it come back where their digit is free.

    Args:
        session: A write transaction.
        actor: Who acts.
        slug: Which project.
        base_version: The version that was on the screen.
        key: Which label.
        name: What it is called from now on.
        shortcut: Its letter.
        colour: Its colour.
        note: Why.
        now: When.

    Returns:
        The number of the new version.

    Raises:
        NotFoundError: There is no such project, or no such label has gone.
        NotAllowedError: The actor does not manage the project.
        InputError: The labels cannot be so.
        TakenError: Somebody saved another version meanwhile.
    """

    def change(old: Draft, gone: Gone) -> Draft:
        again = next((each for each in gone if each.label.key == key), None)
        if again is None:
            message = "No such label was retired or merged. Look at the label set again."
            raise NotFoundError(message)
        return gone_labels.taken_up(old, again, name=name, shortcut=shortcut, colour=colour)

    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        change=change,
        note=note,
        now=now,
    )


def merge(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    key: str,
    into: str,
    note: str,
    now: datetime,
) -> int:
    """Let a label go on in another; the number of the new version. Raises as `edit` does.

    Annotations that give it stay as they are, and are offered to their reviewers again.
    """

    def change(old: Draft, _: Gone) -> Draft:
        if into == key or into not in {label.key for label in old.labels}:
            message = "A label is merged into another one of the set."
            raise InputError(message)
        return gone_labels.without(old, key, instead=(into,))

    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        change=change,
        note=note,
        now=now,
        merged={key: into},
    )


def retire(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    key: str,
    note: str,
    now: datetime,
) -> int:
    """Take a label out of the choice; the number of the new version. Raises as `edit` does.

    Annotations that give it stay as they are, and are offered to their reviewers again.
    """
    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        change=lambda old, _: gone_labels.without(old, key),
        note=note,
        now=now,
    )


def set_presets(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    presets: Sequence[PresetDraft],
    note: str,
    now: datetime,
) -> int:
    """Say which digits give which labels; the number of the new version. Raises as `edit` does."""
    given = tuple(presets)
    return save(
        session,
        actor=actor,
        slug=slug,
        base_version=base_version,
        change=lambda old, _: replace(old, presets=given),
        note=note,
        now=now,
    )


def _there_was(name: str, gone: GoneLabel) -> str:
    same = gone.label
    called = "" if same.name.casefold() == name.casefold() else f", last called {same.name}"
    return (
        f"There was a label {name}{called}, with the key {same.key}, until version {gone.until}. "
        "Take it up again, so that its answers and its column go on; or say that the new label "
        "is another one."
    )
