"""Changes of a label set: each makes a new version that says who, why and what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from db.models import Label, LabelSet, Project
from db.queries import projects as project_queries
from db.queries import rules as queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, label_changes, projects
from workbench.services.label_changes import Draft, LabelDraft, PresetDraft, key_for
from workbench.services.label_sets import draft_of
from workbench.services.permissions import Actor, Permission, check
from workbench.services.versions import check_base, reason


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

    def change(old: Draft) -> Draft:
        if {label.key for label in labels} != {label.key for label in old.labels}:
            message = "These are not the labels of the set. Look at it again."
            raise NotFoundError(message)
        return replace(old, labels=tuple(label.cleaned() for label in labels))

    return _save(session, actor, slug, base_version, change, note, now, wording_only=wording_only)


def add(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    label: LabelDraft,
    note: str,
    now: datetime,
) -> int:
    """Add a label at the end; the number of the new version. Raises as `edit` does."""
    project = projects.find(session, actor=actor, slug=slug)
    taken = {each.key for each in queries.labels(session, project_id=project.id)}
    new = replace(label.cleaned(), key=key_for(label.name, taken=taken))
    return _save(
        session,
        actor,
        slug,
        base_version,
        lambda old: replace(old, labels=(*old.labels, new)),
        note,
        now,
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

    def change(old: Draft) -> Draft:
        if into == key or into not in {label.key for label in old.labels}:
            message = "A label is merged into another one of the set."
            raise InputError(message)
        return _without(old, key, instead=(into,))

    return _save(session, actor, slug, base_version, change, note, now, merged={key: into})


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
    return _save(session, actor, slug, base_version, lambda old: _without(old, key), note, now)


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
    return _save(
        session, actor, slug, base_version, lambda old: replace(old, presets=given), note, now
    )


def _without(old: Draft, key: str, *, instead: tuple[str, ...] = ()) -> Draft:
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


def _save(
    session: Session,
    actor: Actor,
    slug: str,
    base_version: int,
    change: Callable[[Draft], Draft],
    note: str,
    now: datetime,
    *,
    merged: Mapping[str, str] | None = None,
    wording_only: bool = False,
) -> int:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    project_queries.lock(session, project_id=project.id)
    stored = project_queries.newest_label_set(session, project_id=project.id)
    check_base(stored.version, base_version, what="label set")
    old = draft_of(stored, project_queries.labels_of(session, label_set_id=stored.id))
    new = change(old)
    if wrong := label_changes.fault(new):
        raise InputError(wrong)
    changed = label_changes.changes(old, new, merged=merged or {}, wording_only=wording_only)
    if not changed:
        message = "Nothing was changed: there is no new version."
        raise InputError(message)
    made = LabelSet(
        project_id=project.id,
        version=stored.version + 1,
        presets=[{"key": each.key, "labels": list(each.labels)} for each in new.presets],
        created_at=now,
        made_by=actor.public_id,
        note=reason(note),
        changes=changed,
    )
    _store(session, actor, project, made, new.labels, now)
    return made.version


def _store(
    session: Session,
    actor: Actor,
    project: Project,
    made: LabelSet,
    labels: Sequence[LabelDraft],
    now: datetime,
) -> None:
    session.add(made)
    session.flush()
    for position, label in enumerate(labels, 1):
        session.add(
            Label(
                label_set_id=made.id,
                key=label.key,
                name=label.name,
                meaning=label.meaning,
                shortcut=label.shortcut,
                colour=label.colour,
                position=position,
            )
        )
    session.flush()
    audit.record(
        session,
        actor=actor,
        act="save_label_set",
        object_type="project",
        object_id=project.slug,
        now=now,
        version=made.version,
        changes=made.changes,
    )
