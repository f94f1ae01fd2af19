"""Freeing leases, by whoever manages the project: a reviewer's, or those of single sentences."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from db.models import Project
from db.queries import annotations, demand, lease_views
from db.queries import leases as queries
from workbench.errors import InputError, NotFoundError
from workbench.services import audit, leasing, projects
from workbench.services.decisions import parse_sentence_id, sentence_id
from workbench.services.permissions import Actor, Permission, check


def release(
    session: Session,
    *,
    actor: Actor,
    slug: str | None,
    now: datetime,
    reviewer: str | None = None,
    sentences: Sequence[str] = (),
) -> int:
    """Free leases, so that others get the sentences at once; how many were freed.

    Whoever held one may still answer it while nobody else has it. What is being answered at this
    very moment stays.

    Args:
        session: A write transaction.
        actor: Who acts.
        slug: The project; None for the only one.
        now: The database's clock.
        reviewer: The public id of the reviewer whose leases are freed; None for everybody's.
        sentences: The public ids of the sentences; none for all that the reviewer holds.

    Raises:
        NotFoundError: There is no such project, reviewer or sentence, or the actor is not in it.
        NotAllowedError: The actor does not manage the project.
        InputError: Neither a reviewer nor a sentence was named.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    if reviewer is None and not sentences:
        message = "Name a reviewer or sentences whose leases are to be freed."
        raise InputError(message)
    wanted = _keys(session, project, sentences)
    demand.lock(session, project_id=project.id)
    if reviewer is None:
        held = queries.held_of(session, project_id=project.id, sentence_ids=wanted)
    else:
        reviewer_id = _reviewer(session, project, reviewer)
        held = queries.held_by(session, project_id=project.id, reviewer_id=reviewer_id)
        held = [pair for pair in held if not sentences or pair[1] in wanted]
    leasing.free(session, project_id=project.id, held=held)
    if held:
        names = lease_views.names(session, sentence_ids=[key for _, key in held])
        audit.record(
            session,
            actor=actor,
            act="release_leases",
            object_type="project",
            object_id=project.slug,
            now=now,
            reviewer=reviewer,
            sentences=sorted(sentence_id(*name) for name in names.values()),
        )
    return len(held)


def _keys(session: Session, project: Project, sentences: Sequence[str]) -> set[int]:
    found = set()
    for name in sentences:
        article, start, end = parse_sentence_id(name)
        keys = annotations.sentence_keys(
            session, project_id=project.id, article=article, start=start, end=end
        )
        if keys is None:
            message = "There is no such sentence in this project. Reload the page."
            raise NotFoundError(message)
        found.add(keys.id)
    return found


def _reviewer(session: Session, project: Project, public_id: str) -> int:
    found = lease_views.reviewer_id(session, project_id=project.id, public_id=public_id)
    if found is None:
        message = "There is no such reviewer who holds sentences here. Reload the page."
        raise NotFoundError(message)
    return found
