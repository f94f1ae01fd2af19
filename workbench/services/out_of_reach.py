"""Sentences that no reviewer can get any more, with why; what to do is a manager's to say."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlmodel import Session

from db.models import Project
from db.queries import out_of_reach as queries
from db.queries import progress as progress_queries
from db.queries import subsets as subset_queries
from db.queries.demand_rows import reviewers_of
from db.queries.out_of_reach import UnreachedRow
from workbench.services import completeness, projects
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class UnreachedLine:
    """A sentence that needs more people than are left for it.

    Attributes:
        id: The sentence's public id.
        article: Its article's.
        title: The article's title, or its file's name where it has none.
        text: The sentence.
        kind: What it is: body, headline ...
        n_wanted: How many reviewers it needs.
        n_labelled: How many have labelled it.
        skipped: Who skipped it, and why.
        subset: The name of the subset it is in; empty for none.
    """

    id: str
    article: str
    title: str
    text: str
    kind: str
    n_wanted: int
    n_labelled: int
    skipped: tuple[tuple[str, str], ...]
    subset: str


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """What nobody is left for.

    Attributes:
        lines: The first few: those that somebody skipped before the others.
        total: How many there are.
        n_skipped: Of these, skipped by somebody: the others need more people than there are.
        n_people: Who labels: reviewers, and whoever else has begun.
        is_leased: Whether sentences need a number of reviewers at all.
    """

    lines: tuple[UnreachedLine, ...]
    total: int
    n_skipped: int
    n_people: int
    is_leased: bool


def found(session: Session, *, actor: Actor, slug: str) -> OutOfReach:
    """Sentences that need more reviewers, when everybody who could get them has had them.

    Whoever has labelled one, holds it or skipped it has had it. In a subset those count whom it is
    given to, elsewhere all who label.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    members = progress_queries.members(session, project_id=project.id)
    labelling = {row.account_id for row in completeness.labelling(members)}
    if project.settings.get("overlap") is None:
        return OutOfReach((), 0, 0, len(labelling), is_leased=False)
    here = {row.account_id for row in members if not row.is_gone}
    names = {row.id: row.name for row in subset_queries.listed(session, project_id=project.id)}
    given = reviewers_of(session, subset_ids=names)
    lines: list[tuple[UnreachedRow, str]] = []
    total = n_skipped = 0
    for key, who in ((0, labelling), *((key, given[key] & here) for key in names)):
        rows, n, n_there_skipped = _of(session, project, key, who)
        lines += [(row, names.get(key, "")) for row in rows]
        total, n_skipped = total + n, n_skipped + n_there_skipped
    lines.sort(key=lambda pair: (not pair[0].n_skipped, pair[0].turn))
    shown = _lines(session, lines[:MOST_SHOWN])
    return OutOfReach(tuple(shown), total, n_skipped, len(labelling), is_leased=True)


def _of(
    session: Session, project: Project, subset_key: int, who: Collection[int]
) -> tuple[list[UnreachedRow], int, int]:
    here = {"project_id": project.id, "subset_key": subset_key, "limit": MOST_SHOWN}
    if not who and subset_key:
        rows, n = queries.without_anybody(session, **here)
        return rows, n, 0
    least = queries.least_busy(session, project_id=project.id, reviewer_ids=who)
    if least is None:
        return [], 0, 0
    return queries.unreached(session, **here, reviewer_ids=who, least=least)


def _lines(session: Session, rows: Iterable[tuple[UnreachedRow, str]]) -> Iterable[UnreachedLine]:
    told = list(rows)
    reasons = queries.reasons(session, sentence_ids=[row.sentence_id for row, _ in told])
    for row, subset in told:
        yield UnreachedLine(
            id=sentence_id(row.article, row.start, row.end),
            article=row.article,
            title=row.title,
            text=row.text,
            kind=row.kind,
            n_wanted=row.n_wanted,
            n_labelled=row.n_labelled,
            skipped=tuple(reasons.get(row.sentence_id, ())),
            subset=subset,
        )
