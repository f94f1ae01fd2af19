"""The window of a reviewer who leases: what they hold, why it is shown, and what is left."""

from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import demand, lease_views, leases, subsets
from db.queries.lease_views import Others
from db.queries.queue import QueuedSentence
from workbench.services import leasing, queue_settings
from workbench.services.leasing import Pool
from workbench.services.permissions import Actor, Permission, check

MOST_COUNTED = 1000
_ORDINALS = ("first", "second", "third", "fourth", "fifth")


def is_leased(project: Project) -> bool:
    """Whether the project gives sentences out, and not every sentence to everybody."""
    return queue_settings.of(project).overlap is not None


def lease_seconds(project: Project) -> int | None:
    """How long what the browser holds is the reviewer's; None where nothing is leased."""
    settings = queue_settings.of(project)
    return None if settings.overlap is None else 60 * settings.lease_minutes


def held(
    session: Session, *, actor: Actor, project: Project
) -> tuple[list[QueuedSentence], dict[int, dict[str, Any]]]:
    """The sentences that the actor holds undecided; `leasing.hold` fills them up before.

    Returns:
        The sentences in the order they are shown; and for each, by key, its `fence` and, in
        words, `why` it is shown.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    here = {"project_id": project.id, "reviewer_id": actor.account_id or 0}
    found = lease_views.held_sentences(session, **here)
    ids = [each.sentence.id for each in found]
    others = lease_views.others(session, reviewer_id=here["reviewer_id"], sentence_ids=ids)
    names = subsets.of_reviewer(session, **here) if any(each.subset_key for each in found) else {}
    notes = {
        each.sentence.id: {
            "fence": each.fence,
            "why": why(others.get(each.sentence.id), subset=names.get(each.subset_key)),
        }
        for each in found
    }
    return [each.sentence for each in found], notes


def why(others: Others | None, *, subset: str | None = None) -> str:
    """Why a sentence is shown, in a few words; nothing of what anybody answered.

    Args:
        others: What is with other reviewers of it; None for nothing.
        subset: The name of the subset it was given in.
    """
    if subset is not None:
        return f"Given to you: {subset}"
    # Who skipped it was there as well: that they did would be what they gave.
    place = 0 if others is None else others.n_taken + others.is_skipped
    if place:
        number = _ORDINALS[place] if place < len(_ORDINALS) else "further"
        return f"Needs a {number} reviewer"
    return "First look at this sentence"


def progress(session: Session, *, actor: Actor, project: Project, n_done: int) -> dict[str, int]:
    """What is left for the actor, and where the rest is.

    Returns:
        `left`: what they hold undecided and what they may be given; from a thousand on, no more
        than what they have not done. With none left, `with_others`: what others hold and may
        leave; and `not_for_you`: what waits for the reviewers of a subset, a thousand at most.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    here = {"project_id": project.id, "reviewer_id": actor.account_id or 0}
    pools = leasing.pools(session, project=project, reviewer_id=here["reviewer_id"])
    left = len(leases.mine(session, **here))
    for pool in pools:
        left += _n_open(session, here, pool, most=MOST_COUNTED - left)
        if left >= MOST_COUNTED:
            return {"left": max(MOST_COUNTED, project.n_queued - n_done)}
    if left:
        return {"left": left}
    keys = {pool.subset_key for pool in pools}
    return {
        "left": 0,
        "with_others": lease_views.n_with_others(session, **here, subset_keys=keys),
        "not_for_you": demand.n_elsewhere(
            session, project_id=project.id, subset_keys=keys, most=MOST_COUNTED
        ),
    }


def _n_open(session: Session, here: dict[str, int], pool: Pool, *, most: int) -> int:
    if most <= 0:
        return 0
    return demand.n_open_for(
        session, **here, subset_key=pool.subset_key, level=pool.level, mark=pool.mark, most=most
    )
