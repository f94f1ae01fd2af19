"""Leasing: the sentences that a reviewer's browser holds are theirs until a time.

A lease is a short transaction of its own. Asking twice gives the same sentences; work renews
them; what runs out goes to whoever asks next.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db.models import Project
from db.queries import annotations, demand, leases, sign_ins, subsets
from db.queries.demand import END
from workbench.errors import InputError
from workbench.services import queue_settings
from workbench.services.decisions import parse_sentence_id
from workbench.services.permissions import Actor, Permission, check

HELD_AT_ONCE = 40
"""Sentences in a browser's memory."""
GRACE = timedelta(seconds=20)
"""How long what a closed page held is kept: it may only be loaded again."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Sentences that a reviewer may be given alike.

    Attributes:
        subset_key: The subset they belong to; 0 for what is given to everybody.
        level: How many reviewers have them.
        mark: Where the search begins: nothing before it is for this reviewer.
    """

    subset_key: int
    level: int
    mark: int


def hold(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    now: datetime,
    is_new_page: bool = False,
    want: int = HELD_AT_ONCE,
    first: str | None = None,
) -> None:
    """Lease sentences to the actor until they hold as many as wanted, or nothing is left.

    Does nothing in a project where everybody sees every sentence.

    Args:
        session: A write transaction; the shorter, the better.
        actor: The reviewer.
        project: Where.
        now: The database's clock.
        is_new_page: Whether a page begins: what an older page gives back is then no longer its.
        want: How many to hold.
        first: The public id of a sentence to have above all, if a place of it is free.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    settings = queue_settings.of(project)
    if settings.overlap is None or actor.account_id is None:
        return
    reviewer_id, until = actor.account_id, now + settings.lease
    demand.lock(session, project_id=project.id)
    sweep(session, project_id=project.id, now=now, but=reviewer_id)
    renew(
        session,
        project_id=project.id,
        reviewer_id=reviewer_id,
        now=now,
        lease=settings.lease,
        is_anew=is_new_page,
    )
    n_held = len(leases.mine(session, project_id=project.id, reviewer_id=reviewer_id))
    if first is not None:
        n_held += _take_first(session, project, reviewer_id, first, now=now, until=until)
    for pool in pools(session, project=project, reviewer_id=reviewer_id):
        if n_held >= want:
            return
        n_held += _take(session, project.id, reviewer_id, pool, want - n_held, now, until)


def pools(session: Session, *, project: Project, reviewer_id: int) -> list[Pool]:
    """Where sentences for a reviewer are looked for: subsets first, the least covered first."""
    here = {"project_id": project.id, "reviewer_id": reviewer_id}
    marks = demand.marks(session, **here)
    keys = [*subsets.of_reviewer(session, **here), 0]
    levels = range(int(project.settings["overlap"]))
    return [Pool(key, level, marks.get((key, level), 0)) for key in keys for level in levels]


def _take(
    session: Session,
    project_id: int,
    reviewer_id: int,
    pool: Pool,
    n: int,
    now: datetime,
    until: datetime,
) -> int:
    found = demand.open_for(
        session,
        project_id=project_id,
        reviewer_id=reviewer_id,
        subset_key=pool.subset_key,
        level=pool.level,
        mark=pool.mark,
        limit=n,
    )
    ids = [key for key, _ in found]
    leases.give(
        session,
        project_id=project_id,
        reviewer_id=reviewer_id,
        sentence_ids=ids,
        state="leased",
        now=now,
        until=until,
    )
    mark = found[-1][1] + 1 if len(found) == n else END
    if mark != pool.mark:
        demand.set_mark(
            session,
            project_id=project_id,
            reviewer_id=reviewer_id,
            subset_key=pool.subset_key,
            level=pool.level,
            turn=mark,
        )
    demand.change_taken(session, project_id=project_id, sentence_ids=ids, by=1)
    return len(ids)


def _take_first(
    session: Session,
    project: Project,
    reviewer_id: int,
    name: str,
    *,
    now: datetime,
    until: datetime,
) -> int:
    try:
        article, start, end = parse_sentence_id(name)
    except InputError:
        return 0
    keys = annotations.sentence_keys(
        session, project_id=project.id, article=article, start=start, end=end
    )
    if keys is None or not keys.is_queued:
        return 0
    mine = leases.of_sentences(session, reviewer_id=reviewer_id, sentence_ids=[keys.id])
    has_had = keys.id in mine and mine[keys.id].state in demand.SEEN
    here = {"project_id": project.id, "reviewer_id": reviewer_id}
    if has_had or not demand.take(session, sentence_id=keys.id, **here):
        return 0
    leases.give(session, **here, sentence_ids=[keys.id], state="leased", now=now, until=until)
    return 1


def sweep(session: Session, *, project_id: int, now: datetime, but: int = 0) -> int:
    """End the leases that have run out, one reviewer's left out; how many.

    For whoever holds the queue's lock.
    """
    found = leases.expired(session, project_id=project_id, now=now, but=but)
    _end(session, project_id, found, "expired")
    return len(found)


def _end(session: Session, project_id: int, held: Sequence[tuple[int, int]], state: str) -> None:
    leases.set_state(session, ids=[key for key, _ in held], state=state)
    n_ended = Counter(sentence_id for _, sentence_id in held)
    for n in sorted(set(n_ended.values())):  # several may have held one sentence
        ids = [sentence_id for sentence_id, many in n_ended.items() if many == n]
        demand.change_taken(session, project_id=project_id, sentence_ids=ids, by=-n)


def renew(
    session: Session,
    *,
    project_id: int,
    reviewer_id: int,
    now: datetime,
    lease: timedelta,
    is_anew: bool = False,
) -> None:
    """Let a reviewer's leases last again, if half their time is gone or they go to a new page."""
    held = leases.mine(session, project_id=project_id, reviewer_id=reviewer_id)
    if held and (is_anew or min(each.leased_until for each in held) - now < lease / 2):
        ids = leases.held_by(session, project_id=project_id, reviewer_id=reviewer_id)
        keys = [key for key, _ in ids]
        leases.renew(session, ids=keys, until=now + lease, is_anew=is_anew)


def hand_back(
    session: Session, *, actor: Actor, project: Project, fences: Mapping[str, int], now: datetime
) -> int:
    """Let leases that a closed page held undecided end in a moment; how many.

    A page that is loaded again, or come back to at once, finds them as they were. Where the actor
    has been on another device as well, a page there may show the same: none ends early then.

    Args:
        session: A write transaction.
        actor: The reviewer.
        project: Where.
        fences: For each sentence, by public id, the fence it was held under: what another page
            holds since then under a newer one stays.
        now: The database's clock.
    """
    check(actor, Permission.ANNOTATE, project_id=project.id)
    settings = queue_settings.of(project)
    if settings.overlap is None or actor.account_id is None:
        return 0
    since = now - settings.lease - sign_ins.TOUCH_EVERY
    if sign_ins.others_in_use(
        session, account_id=actor.account_id, but=actor.session_id, since=since
    ):
        return 0
    spans = {}
    for name, fence in fences.items():
        try:
            spans[parse_sentence_id(name)] = fence
        except InputError:
            continue
    found = annotations.with_mine(
        session, project_id=project.id, reviewer_id=actor.account_id, spans=spans
    )
    by_key = {keys.id: spans[span] for span, (keys, _) in found.items()}
    demand.lock(session, project_id=project.id)
    held = leases.held_by(
        session, project_id=project.id, reviewer_id=actor.account_id, fences=by_key
    )
    leases.renew(session, ids=[key for key, _ in held], until=now + GRACE, is_anew=False)
    return len(held)


def let_go(session: Session, *, account_id: int, project_id: int | None = None) -> int:
    """Free everything that somebody holds undecided; how many sentences.

    For acts that end somebody's part: signing out, a disabled account, a membership that ends.

    Args:
        session: The transaction of the act.
        account_id: Whose.
        project_id: Where; None for everywhere.
    """
    n = 0
    for each in leases.projects_held(session, reviewer_id=account_id):
        if project_id in (None, each):
            demand.lock(session, project_id=each)
            held = leases.held_by(session, project_id=each, reviewer_id=account_id)
            _end(session, each, held, "released")
            n += len(held)
    return n


def free(session: Session, *, project_id: int, held: Sequence[tuple[int, int]]) -> None:
    """Free leases, as pairs of key and sentence; for whoever holds the queue's lock."""
    _end(session, project_id, held, "released")
