"""The worklist after a change of labels: whose annotations to look at again, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Label
from db.queries import rules as rule_queries
from db.queries import stale as queries
from workbench.services import label_changes, projects
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class StaleCount:
    """How many annotations of a reviewer wait for another look."""

    public_id: str
    name: str
    n_stale: int


@dataclass(frozen=True, slots=True)
class StaleLine:
    """An annotation that waits for another look by whoever made it.

    Attributes:
        sentence: The public id of its sentence.
        text: The sentence.
        title: The article's title, or its file.
        labels: What was given, by the names the labels have now or had last.
        why: What happened to these labels, in words.
        label_set: The version it was given under.
        decided_at: When it was given.
    """

    sentence: str
    text: str
    title: str
    labels: tuple[str, ...]
    why: tuple[str, ...]
    label_set: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class StaleList:
    """One page of a reviewer's worklist, and how long it is in all."""

    rows: tuple[StaleLine, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Past:
    """The labels of all versions: what they are called, and which are stale for what reason."""

    names: dict[str, str]
    keys: dict[int, str]
    versions: dict[int, int]
    why: dict[int, str]


def counts(session: Session, *, actor: Actor, slug: str) -> list[StaleCount]:
    """How many annotations wait, for each reviewer who has some; the most first.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not see how far others are.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.SEE_PROGRESS, project_id=project.id)
    past = _past(session, project.id)
    if not past.why:
        return []
    rows = queries.per_reviewer(session, project_id=project.id, label_ids=list(past.why))
    return [StaleCount(*row) for row in rows]


def own(session: Session, *, actor: Actor, slug: str, page: int = 1) -> StaleList:
    """One page of the actor's own annotations that wait, in reading order.

    An annotation leaves the list when it is given again, in the same words or in others.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    past = _past(session, project.id)
    if not past.why:
        return StaleList((), 0)
    mine = {
        "project_id": project.id,
        "reviewer_id": actor.account_id or 0,
        "label_ids": list(past.why),
    }
    total = queries.count(session, **mine)  # type: ignore[arg-type]
    offset = (max(page, 1) - 1) * PER_PAGE
    rows = queries.rows(session, **mine, offset=offset, limit=PER_PAGE) if total else []  # type: ignore[arg-type]
    held = queries.labels_of(session, annotation_ids=[row.annotation_id for row in rows])
    return StaleList(
        tuple(_line(past, row, held.get(row.annotation_id, [])) for row in rows), total
    )


def in_a_line(session: Session, *, actor: Actor, slug: str) -> dict[str, tuple[str, int]]:
    """The first of the actor's annotations that wait, to be given again one after the other.

    Returns:
        By sentence, in reading order, its article's public id and key; sentences that are no more
        in the queue are left out.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    past = _past(session, project.id)
    if not past.why:
        return {}
    rows = queries.rows(
        session,
        project_id=project.id,
        reviewer_id=actor.account_id or 0,
        label_ids=list(past.why),
        offset=0,
        limit=PER_PAGE,
    )
    return {
        sentence_id(row.article, row.start, row.end): (row.article, row.article_id)
        for row in rows
        if row.is_queued
    }


def _line(past: _Past, row: queries.HeldRow, label_ids: Sequence[int]) -> StaleLine:
    keys = {key: past.keys[key] for key in label_ids}
    return StaleLine(
        sentence=sentence_id(row.article, row.start, row.end),
        text=row.text,
        title=row.title,
        labels=tuple(name for key, name in past.names.items() if key in keys.values()),
        why=tuple(sorted(past.why[one] for one in keys if one in past.why)),
        label_set=past.versions[row.label_set_id],
        decided_at=row.decided_at,
    )


def _past(session: Session, project_id: int) -> _Past:
    sets = rule_queries.label_sets(session, project_id=project_id)
    labels = rule_queries.labels(session, project_id=project_id)
    versions = {each.id: each.version for each in sets}
    names: dict[str, str] = {}
    for label in labels:  # the newest first
        names.setdefault(label.key, label.name)
    meant: dict[int, str] = {}
    gone: dict[int, str] = {}
    for later in sorted(sets, key=lambda each: each.version):  # what happened last is said
        changed = later.changes or {}
        for key, kind in label_changes.made_stale(changed).items():
            said = _said(kind, key, dict(changed.get("merged", {})), names)
            why = meant if kind == "meaning" else gone
            why |= {each.id: said for each in _before(labels, key, versions, later.version)}
        for key in changed.get("restored", ()):  # as if it had never gone
            for each in _before(labels, key, versions, later.version):
                gone.pop(each.id, None)
    return _Past(names, {label.id: label.key for label in labels}, versions, meant | gone)


def _before(
    labels: Sequence[Label], key: str, versions: dict[int, int], version: int
) -> list[Label]:
    return [
        label for label in labels if label.key == key and versions[label.label_set_id] < version
    ]


def _said(kind: str, key: str, merged: dict[str, str], names: dict[str, str]) -> str:
    if kind == "merged":
        into = merged[key]
        return f"{names[key]} was merged into {names.get(into, into)}"
    if kind == "retired":
        return f"{names[key]} was retired"
    return f"{names[key]} has another meaning"
