"""Recurring lines as they are set aside: counted, regrouped and recorded like kinds by hand."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import articles as article_queries
from db.queries import demand, segments
from db.queries import projects as project_queries
from db.queries import recurring as queries
from db.queries.recurring import Whole
from db.queries.segments import SegmentRow
from workbench.services import audit, coverage, edits, kinds, projects, repairing
from workbench.services.edits import BY_HAND
from workbench.services.permissions import Actor, Permission, check
from workbench.services.splitting_anew import SPLIT_ANEW
from workbench.text.kinds import Kind
from workbench.text.quotations import quote_groups
from workbench.text.recurring import RECURRING, recurs
from workbench.text.segments import Segment

SET_ASIDE = "set_lines_aside"
_CHANGES = (
    kinds.CHANGED,
    kinds.TAKEN_BACK,
    repairing.SPLIT,
    repairing.MERGED,
    repairing.TAKEN_BACK,
    SPLIT_ANEW,
    SET_ASIDE,
)


@dataclass(frozen=True, slots=True)
class After:
    """An import whose files are in, and how to open transactions after it."""

    open_session: Callable[[], AbstractContextManager[Session]]
    clock: Callable[[Session], datetime]
    hold: Callable[[Session], None]
    actor: Actor
    project: Project
    batch: int


def store(after: After, lines: Mapping[int, frozenset[str]]) -> int:
    """Set lines aside in some articles, in one transaction; how many segments they were.

    Args:
        after: The import.
        lines: For each article, by its key, the lines of its source.

    Raises:
        NotAllowedError: The actor may not import.
    """
    check(after.actor, Permission.IMPORT_ARTICLES, project_id=after.project.id)
    changed: list[_Changed] = []
    with after.open_session() as session:
        after.hold(session)
        segments.lock_places(session, project_id=after.project.id)
        project = project_queries.lock(session, project_id=after.project.id)
        demand.lock(session, project_id=after.project.id)
        wholes = queries.wholes(session, article_ids=lines)
        found = {whole.id: rows for whole in wholes if (rows := _recurring(whole, lines[whole.id]))}
        found = _untouched(session, project, wholes, found)
        changed = [_Changed.of(whole, found[whole.id], project) for whole in wholes
                   if whole.id in found]  # fmt: skip
        if changed:
            _write(session, after, project, changed)
    return sum(len(one.old) for one in changed)


def _recurring(whole: Whole, lines: frozenset[str]) -> list[SegmentRow]:
    return [
        row
        for row in whole.rows
        if row.reason != BY_HAND and recurs(Kind(row.kind), whole.text[row.start : row.end], lines)
    ]


def _untouched(
    session: Session,
    project: Project,
    wholes: Sequence[Whole],
    found: Mapping[int, Sequence[SegmentRow]],
) -> dict[int, list[SegmentRow]]:
    """Without what anybody answered or changed; what was brought back once stays, too."""
    names = {whole.id: whole.public_id for whole in wholes if whole.id in found}
    ids = [row.id for rows in found.values() for row in rows]
    touched = queries.touched(session, sentence_ids=ids)
    changed = queries.changed_spans(
        session, project=project.slug, public_ids=names.values(), acts=_CHANGES
    )
    left = {
        key: [
            row
            for row in rows
            if row.id not in touched and (names[key], row.start, row.end) not in changed
        ]
        for key, rows in found.items()
    }
    return {key: rows for key, rows in left.items() if rows}


@dataclass(frozen=True, slots=True)
class _Changed:
    """An article with segments as they are and as they shall be, and its quotations then."""

    whole: Whole
    old: tuple[SegmentRow, ...]
    new: tuple[SegmentRow, ...]
    groups: Mapping[int, int | None]

    @classmethod
    def of(cls, whole: Whole, rows: Sequence[SegmentRow], project: Project) -> "_Changed":
        kind, reason = RECURRING
        is_asked = kind in project.settings.get("queued_kinds", projects.QUEUED_KINDS)
        new = {
            row.id: replace(
                row, kind=str(kind), reason=reason, is_queued=row.is_queued and is_asked
            )
            for row in rows
        }
        after = [new.get(row.id, row) for row in whole.rows]
        spans = [Segment(row.start, row.end, Kind(row.kind), row.reason) for row in after]
        groups = zip(after, quote_groups(whole.text, spans), strict=True)
        return cls(
            whole,
            tuple(rows),
            tuple(new.values()),
            {row.id: group for row, group in groups if row.quote_group != group},
        )

    @property
    def n_queued(self) -> int:
        return sum(row.is_queued for row in self.new) - sum(row.is_queued for row in self.old)


def _write(session: Session, after: After, project: Project, changed: Sequence[_Changed]) -> None:
    """Store the same as a change of kind by hand does, for many articles by few statements.

    Nobody has done any of these sentences, so nobody's count of what they did changes.
    """
    segments.write(session, rows=[row for one in changed for row in one.new])
    moved = {one.whole.id: one.n_queued for one in changed if one.n_queued}
    queries.count_queued(session, by=moved)
    by = sum(moved.values())
    article_queries.add_to_queue_count(session, project_id=project.id, by=by)
    groups = {key: group for one in changed for key, group in one.groups.items()}
    segments.set_groups(session, groups=groups)
    coverage.follow_articles(session, project=project, article_ids=moved)
    audit.record_all(
        session,
        actor=after.actor,
        act=SET_ASIDE,
        object_type="article",
        objects=[(one.whole.public_id, _audited(one, after, project)) for one in changed],
        now=after.clock(session),
    )


def _audited(one: _Changed, after: After, project: Project) -> dict[str, Any]:
    return {
        "project": project.slug,
        "by": after.actor.name,
        "before": edits.values(one.old),
        "batch": after.batch,
    }
