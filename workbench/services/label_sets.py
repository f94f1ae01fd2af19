"""The label set of a project: every version, and what stands under a label."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Label, LabelSet
from db.queries import rules as queries
from workbench.services import label_changes, projects
from workbench.services.label_changes import Draft, LabelDraft, PresetDraft
from workbench.services.permissions import Actor, Permission, check
from workbench.services.versions import made_by


@dataclass(frozen=True, slots=True)
class LabelSetVersion:
    """One version of a label set.

    Attributes:
        version: Its number.
        draft: Its labels and presets.
        made_by: Who made it, by name.
        created_at: When.
        note: Why, in their words; may be empty.
        changes: What differs from the version before, in words.
    """

    version: int
    draft: Draft
    made_by: str
    created_at: datetime
    note: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """What stands under a label now: annotations that give it, and whose they are."""

    n_annotations: int
    n_reviewers: int


def history(session: Session, *, actor: Actor, slug: str) -> list[LabelSetVersion]:
    """Every version of the label set, the one in force first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    return _history(session, project.id)


def _history(session: Session, project_id: int) -> list[LabelSetVersion]:
    sets = queries.label_sets(session, project_id=project_id)
    every = queries.labels(session, project_id=project_id)
    people = queries.names(session, public_ids={each.made_by for each in sets})
    names: dict[str, str] = {}
    for label in every:  # the newest first: what a label is called now
        names.setdefault(label.key, label.name)
    return [
        LabelSetVersion(
            version=each.version,
            draft=draft_of(each, [label for label in every if label.label_set_id == each.id]),
            made_by=made_by(each.made_by, people, is_first=each.changes is None),
            created_at=each.created_at,
            note=each.note,
            changes=tuple(label_changes.in_words(each.changes or {}, names)),
        )
        for each in sets
    ]


def drafts(session: Session, *, project_id: int) -> list[tuple[int, Draft]]:
    """What every version holds, by its number, the newest first."""
    every = queries.labels(session, project_id=project_id)
    return [
        (each.version, draft_of(each, [label for label in every if label.label_set_id == each.id]))
        for each in queries.label_sets(session, project_id=project_id)
    ]


def draft_of(label_set: LabelSet, labels: Sequence[Label]) -> Draft:
    """A stored label set as a draft of the next."""
    return Draft(
        labels=tuple(
            LabelDraft(each.name, each.meaning, each.shortcut, each.colour, each.key)
            for each in labels
        ),
        presets=tuple(
            PresetDraft(preset["key"], tuple(preset["labels"])) for preset in label_set.presets
        ),
    )


def impact(session: Session, *, actor: Actor, slug: str, key: str) -> Impact:
    """What stands under a label, whatever version it was given under.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    every = queries.labels(session, project_id=project.id)
    ids = [label.id for label in every if label.key == key]
    return Impact(*queries.held(session, project_id=project.id, label_ids=ids))
