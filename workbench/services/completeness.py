"""How complete a project is, by what it asks for: everybody, or a number of people a sentence."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from db.models import Project
from db.queries import completeness as queries
from db.queries.progress import MemberRow
from workbench.services.permissions import Role


@dataclass(frozen=True, slots=True)
class Need:
    """The sentences that need as many people as each other.

    Attributes:
        n_people: How many each of them needs.
        n_sentences: How many sentences there are.
        n_complete: Of these, decided by as many.
        n_left: Decisions that they still need.
    """

    n_people: int
    n_sentences: int
    n_complete: int
    n_left: int

    @property
    def n_wanted(self) -> int:
        """Decisions that they need in all."""
        return self.n_people * self.n_sentences


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many decisions a project needs, and how many of them are there.

    Attributes:
        n_sentences: Sentences in the queue.
        n_touched: Of these, decided by at least one person.
        n_complete: Of these, decided by as many as are asked for.
        asked: How many sentences are asked of one person, of two ...
        is_everybody: Whether everybody who labels is asked for every sentence.
        n_wanted: Decisions that are needed in all.
        n_left: Decisions that are still needed.
        needs: The sentences by how many people they need, the most first; empty where everybody
            who labels is asked.
    """

    n_sentences: int
    n_touched: int
    n_complete: int
    asked: dict[int, int]
    is_everybody: bool
    n_wanted: int
    n_left: int
    needs: tuple[Need, ...] = ()


def of(session: Session, *, project: Project, members: Collection[MemberRow]) -> Completeness:
    """Count, by the project's setting; the caller has checked who asks."""
    if project.settings.get("overlap") is None:
        return by_everybody(session, project=project, members=members)
    return _by_so_many(session, project)


def labelling(members: Collection[MemberRow]) -> list[MemberRow]:
    """Those whom sentences wait for: reviewers, and somebody else who has begun."""
    return [
        row for row in members if not row.is_gone and (row.role == Role.REVIEWER or row.n_done > 0)
    ]


def by_everybody(
    session: Session, *, project: Project, members: Collection[MemberRow]
) -> Completeness:
    """Count as where everybody sees every sentence; the caller has checked who asks."""
    waited_for = labelling(members)
    begun = [row for row in members if row.n_done]
    if len(waited_for) == 1 and waited_for == begun:  # what one person did is counted already
        n_touched = n_complete = begun[0].n_done
    else:
        n_touched, n_complete = queries.decided(
            session, project_id=project.id, reviewer_ids=[row.account_id for row in waited_for]
        )
    n_people = max(1, len(waited_for))  # somebody will have to
    n_done = sum(min(row.n_done, project.n_queued) for row in waited_for)
    n_wanted = project.n_queued * n_people
    return Completeness(
        n_sentences=project.n_queued,
        n_touched=n_touched,
        n_complete=n_complete,
        asked={n_people: project.n_queued},
        is_everybody=True,
        n_wanted=n_wanted,
        n_left=n_wanted - n_done,
    )


def _by_so_many(session: Session, project: Project) -> Completeness:
    counts = queries.asked(session, project_id=project.id)
    needs = tuple(_need(n, counts) for n in sorted({wanted for wanted, _ in counts}, reverse=True))
    return Completeness(
        n_sentences=sum(need.n_sentences for need in needs),
        n_touched=sum(many for (_, n), many in counts.items() if n),
        n_complete=sum(need.n_complete for need in needs),
        asked={need.n_people: need.n_sentences for need in reversed(needs)},
        is_everybody=False,
        n_wanted=sum(need.n_wanted for need in needs),
        n_left=sum(need.n_left for need in needs),
        needs=needs,
    )


def _need(n_people: int, counts: dict[tuple[int, int], int]) -> Need:
    """Those that need so many, of sentences by how many they need and have."""
    by_decided = {n: many for (wanted, n), many in counts.items() if wanted == n_people}
    return Need(
        n_people=n_people,
        n_sentences=sum(by_decided.values()),
        n_complete=sum(many for n, many in by_decided.items() if n >= n_people),
        n_left=sum(max(0, n_people - n) * many for n, many in by_decided.items()),
    )
