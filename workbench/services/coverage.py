"""Coverage: how many reviewers each sentence needs and has, kept right whatever changes it.

Every act that brings sentences in or out, or writes answers other than by an op, says so here.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import demand, demand_rows, lease_settling, leases
from db.queries.demand_rows import DemandRow, SentenceFacts
from workbench.services.decisions import sentence_id

AT_ONCE = 100  # articles
SEED = 20
RECOUNT = "recount"
"""Where a project's settings say how far a change of them is: see `recounting`."""
Settings = Mapping[str, Any]
"""A project's settings, as they are stored."""


def followed(settings: Settings) -> Settings:
    """The settings that a project's counts follow: those that are being brought in, if any are."""
    return {**settings, **settings.get(RECOUNT, {}).get("next", {})}


def hold(session: Session, *, project: Project) -> None:
    """Let nobody else give out sentences of a project until the transaction ends.

    For acts that say so to `follow` after they have written to the audit log: the queue is held
    before the log, by everybody, or two would wait for each other.
    """
    if followed(project.settings).get("overlap"):
        demand.lock(session, project_id=project.id)


def follow(session: Session, *, project: Project, sentence_ids: Iterable[int]) -> None:
    """Put right what is stored of the articles that these sentences stand in."""
    if followed(demand_rows.settings(session, project_id=project.id)).get("overlap"):
        articles = demand_rows.articles_of(session, sentence_ids=list(sentence_ids))
        follow_articles(session, project=project, article_ids=articles)


def follow_articles(session: Session, *, project: Project, article_ids: Iterable[int]) -> None:
    """Put right what is stored of these articles' sentences; nothing where everybody sees all.

    The settings are read anew: whoever changes them waits until the project's row is free, which
    whoever brings sentences in or out holds by now.
    """
    settings = followed(demand_rows.settings(session, project_id=project.id))
    if not settings.get("overlap"):
        return
    demand.lock(session, project_id=project.id)
    ordered = sorted(set(article_ids))
    for first in range(0, len(ordered), AT_ONCE):
        part = ordered[first : first + AT_ONCE]
        put_right(session, project_id=project.id, settings=settings, article_ids=part)


def n_open(session: Session, *, project_id: int) -> int:
    """How many sentences wait for a reviewer."""
    return demand_rows.n_open(session, project_id=project_id)


def put_right(
    session: Session, *, project_id: int, settings: Settings, article_ids: Collection[int]
) -> None:
    """Store what these articles' sentences need and have by such settings; the queue is held."""
    facts = demand_rows.facts(session, article_ids=article_ids)
    ids = [fact.id for fact in facts]
    named = _named(session, facts)
    lease_settling.settle(session, sentence_ids=ids)
    subset_keys = {fact.id: fact.subset_key for fact in facts}
    lease_settling.release_strangers(session, subset_keys=subset_keys, named=named)
    stored = demand_rows.rows(session, sentence_ids=ids)
    wanted = needs(session, settings, facts)
    demand_rows.write(
        session,
        project_id=project_id,
        rows=[row for row in wanted if stored.get(row.sentence_id) != row],
        gone=stored.keys() - {row.sentence_id for row in wanted},
    )


def needs(
    session: Session, settings: Settings, facts: Collection[SentenceFacts]
) -> list[DemandRow]:
    """What has to be stored of these sentences, as the settings and the assignments say."""
    named = _named(session, facts)
    taken = leases.n_taken(session, sentence_ids=[fact.id for fact in facts])
    return [
        DemandRow(
            fact.id,
            fact.subset_key,
            n_wanted(settings, fact, n_named=len(named.get(fact.subset_key, ()))),
            taken.get(fact.id, 0),
            turn(settings, fact),
        )
        for fact in facts
        if fact.is_queued
    ]


def _named(session: Session, facts: Collection[SentenceFacts]) -> dict[int, set[int]]:
    keys = {fact.subset_key for fact in facts if fact.subset_key}
    return demand_rows.reviewers_of(session, subset_ids=keys)


def n_wanted(settings: Settings, fact: SentenceFacts, *, n_named: int = 0) -> int:
    """How many reviewers a sentence needs; never more than its subset is given to."""
    overlap = int(settings["overlap"])
    share = settings.get("overlap_share", 100)
    needed = overlap if _draw(settings, fact)[0] * 100 < share << 32 else 1
    return min(needed, n_named) if n_named else needed


def turn(settings: Settings, fact: SentenceFacts) -> int:
    """Where a sentence stands among those that as many reviewers have."""
    if settings.get("order") == "random":
        return (_draw(settings, fact)[1] >> 1 << 31) | (fact.id & 0x7FFFFFFF)
    return fact.queue_key


def _draw(settings: Settings, fact: SentenceFacts) -> tuple[int, int]:
    """Two numbers of 32 bits, the same wherever the same bytes are imported with the same seed."""
    seed = settings.get("seed", SEED)
    name = f"{seed}:{sentence_id(fact.article, fact.start, fact.end)}"
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:4], "big"), int.from_bytes(digest[4:8], "big")
