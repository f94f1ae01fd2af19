"""How many decisions settings of the queue would ask for, and how many of them are there.

What is in force is counted by what is stored; what is not, as `coverage` would store it.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field

from sqlmodel import Session

from db.models import Project
from db.queries import completeness as stored_counts
from db.queries import demand_rows, queue_plans
from workbench.services import coverage, queue_settings
from workbench.services.queue_settings import QueueSettings

MOST_DRAWN = 20_000
"""Of so many sentences it is drawn one by one which ones need more reviewers: 0.3 s."""


@dataclass(slots=True)
class QueueCount:
    """What is asked for and there.

    Attributes:
        asked: How many sentences are asked of one person, of two ...
        n_there: Of these decisions, given already.
        n_beyond: Labels given beyond what is needed.
        is_exact: Whether it is counted sentence by sentence.
    """

    asked: Counter[int] = field(default_factory=Counter)
    n_there: int = 0
    n_beyond: int = 0
    is_exact: bool = True

    def add(self, many: int, *, wanted: int, labelled: int) -> None:
        """Count so many sentences that need so many people and were labelled by so many."""
        if many:
            self.asked[wanted] += many
            self.n_there += many * min(labelled, wanted)
            self.n_beyond += many * max(0, labelled - wanted)


def of(session: Session, *, project: Project, settings: QueueSettings) -> QueueCount:
    """Count for settings under which sentences need a number of people; the caller has checked."""
    in_force = queue_settings.of(project)
    if (in_force.overlap, in_force.overlap_share) == (settings.overlap, settings.overlap_share):
        return _stored(session, project)
    is_for_all = settings.overlap == 1 or settings.overlap_share in (0, 100)
    if is_for_all or project.n_queued > MOST_DRAWN:
        return _by_share(session, project, settings, is_exact=is_for_all)
    return _drawn(session, project, settings)


def _stored(session: Session, project: Project) -> QueueCount:
    count = QueueCount()
    for (wanted, n), many in stored_counts.asked(session, project_id=project.id).items():
        count.add(many, wanted=wanted, labelled=n)
    return count


def _by_share(
    session: Session, project: Project, settings: QueueSettings, *, is_exact: bool
) -> QueueCount:
    """As many of each sort as the share says, whichever they are."""
    count = QueueCount(is_exact=is_exact)
    groups = queue_plans.groups(session, project_id=project.id)
    named = demand_rows.reviewers_of(session, subset_ids={key for key, _, _ in groups if key})
    for subset_key, labelled, many in groups:
        most = len(named.get(subset_key, ())) or settings.overlap or 1
        drawn = round(many * settings.overlap_share / 100)
        count.add(drawn, wanted=min(settings.overlap or 1, most), labelled=labelled)
        count.add(many - drawn, wanted=1, labelled=labelled)
    return count


def _drawn(session: Session, project: Project, settings: QueueSettings) -> QueueCount:
    """Sentence by sentence, on a project of these settings that is nowhere stored."""
    wished = Project(
        slug=project.slug,
        name=project.name,
        settings={**project.settings, **asdict(settings)},
        created_at=project.created_at,
    )
    count, above = QueueCount(), 0
    while ids := demand_rows.article_ids(
        session, project_id=project.id, above=above, limit=coverage.AT_ONCE
    ):
        above = ids[-1]
        facts = [each for each in demand_rows.facts(session, article_ids=ids) if each.is_queued]
        named = demand_rows.reviewers_of(
            session, subset_ids={each.subset_key for each in facts if each.subset_key}
        )
        labelled = queue_plans.n_labelled(session, article_ids=ids)
        for fact in facts:
            n_named = len(named[fact.subset_key]) if fact.subset_key else 0
            wanted = coverage.n_wanted(wished.settings, fact, n_named=n_named)
            count.add(1, wanted=wanted, labelled=labelled.get(fact.id, 0))
    return count
