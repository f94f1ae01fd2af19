"""Undoing an import: its articles go as if they had never come, while nobody worked on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import ImportBatch, Project
from db.queries import articles as article_queries
from db.queries import demand, segments
from db.queries import imports as queries
from db.queries import projects as project_queries
from workbench.errors import NotFoundError, TakenError
from workbench.services import audit, copy_mending, projects, version_mending
from workbench.services.permissions import Actor, Permission, check


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing an import would take out, and what stands against it.

    Attributes:
        n_articles: How many of its articles are there.
        n_sentences: How many segments those have.
        n_queued: How many of them are in the queue.
        n_older: How many older versions stand again in their place.
        reason: Why it cannot be undone, in one sentence; empty if it can.
    """

    n_articles: int
    n_sentences: int
    n_queued: int
    n_older: int = 0
    reason: str = ""


def plan(session: Session, *, actor: Actor, slug: str | None, number: int) -> UndoPlan:
    """Say what undoing an import would take out.

    Raises:
        NotFoundError: There is no such project or import, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles.
    """
    project = _importable(session, actor=actor, slug=slug)
    batch = queries.by_number(session, project_id=project.id, number=number)
    return _plan(session, project=project, batch=_there(batch, number))


def undo(
    session: Session, *, actor: Actor, slug: str | None, number: int, now: datetime
) -> UndoPlan:
    """Take an import out: its articles, sentences and everything that was found about them.

    The same files can then come in again, in another encoding perhaps. The import stays in the
    list with its report, marked as undone; so do the rows in the audit log.

    A label that arrives at the same time is stored first, and refuses this; or it waits, finds no
    sentence and is refused itself. An import that is still running ends.

    Returns:
        What was taken out.

    Raises:
        NotFoundError: There is no such project or import, or it is not the actor's to see.
        NotAllowedError: The actor does not import articles, or the project is archived.
        TakenError: Something in it is labelled, or it was undone before; nothing was changed.
    """
    project = projects.refuse_archived(_importable(session, actor=actor, slug=slug))
    batch = _there(queries.locked(session, project_id=project.id, number=number), number)
    segments.lock_places(session, project_id=project.id)
    project_queries.lock(session, project_id=project.id)  # nobody joins unseen meanwhile
    demand.lock(session, project_id=project.id)  # nor is given what goes
    found = _plan(session, project=project, batch=batch)
    if found.reason:
        raise TakenError(found.reason)
    torn = copy_mending.torn_by(session, project_id=project.id, number=number)
    loose = version_mending.loosened_by(session, project_id=project.id, number=number)
    queries.take_out(session, project_id=project.id, number=number)
    session.expire_all()  # the rows are gone, whatever the session holds of them
    copy_mending.mend(session, project_id=project.id, torn=torn)
    article_queries.add_to_queue_count(session, project_id=project.id, by=-found.n_queued)
    back = version_mending.mend(session, actor=actor, project=project, loose=loose, now=now)
    # Whoever had done everything stood behind what is gone: they stand behind the last one now.
    end = queries.last_key(session, project_id=project.id) + 1
    article_queries.lower_marks(session, project_id=project.id, to=end)
    batch.undone_at = now
    session.add(batch)
    audit.record(
        session,
        actor=actor,
        act="undo_import",
        object_type="import_batch",
        object_id=f"{project.slug}/{number}",
        now=now,
        articles=found.n_articles,
        segments=found.n_sentences,
        queued=found.n_queued,
        standing_again=back,
    )
    return found


def _importable(session: Session, *, actor: Actor, slug: str | None) -> Project:
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.IMPORT_ARTICLES, project_id=project.id)
    return project


def _there(batch: ImportBatch | None, number: int) -> ImportBatch:
    if batch is None:
        message = f"There is no import {number} in this project."
        raise NotFoundError(message)
    return batch


def _plan(session: Session, *, project: Project, batch: ImportBatch) -> UndoPlan:
    here = {"project_id": project.id, "number": batch.number}
    extent = queries.extent(session, **here)
    loose = version_mending.loosened_by(session, project_id=project.id, number=batch.number)
    counts = (extent.n_articles, extent.n_sentences, extent.n_queued, len(loose.restored))
    name = f"Import {batch.number}"
    if batch.undone_at is not None:
        return UndoPlan(*counts, f"{name} was undone on {batch.undone_at:%d %B %Y}.")
    if extent.n_articles == 0:
        return UndoPlan(*counts, f"{name} brought no article in, so there is nothing to undo.")
    n_labelled, n_reviewers = queries.labelled(session, **here)
    if n_labelled:
        one = n_labelled == 1
        sentences = "1 of its sentences is" if one else f"{n_labelled:,} of its sentences are"
        people = "1 reviewer" if n_reviewers == 1 else f"{n_reviewers:,} reviewers"
        return UndoPlan(
            *counts,
            f"{name} cannot be undone: {sentences} labelled, commented or flagged, by {people}. "
            "Labels are never thrown away.",
        )
    made = queries.made_of_it(session, **here)
    if made:
        told = ", ".join(f"{table.replace('_', ' ')}: {n:,}" for table, n in sorted(made.items()))
        return UndoPlan(*counts, f"{name} cannot be undone: work rests on its articles ({told}).")
    return UndoPlan(*counts)
