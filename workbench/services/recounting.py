"""A project's counts brought to new queue settings in parts: labels wait for one part at most.

How far it is stands among the project's settings, under the same lock: whoever goes on, goes on
from there, so it ends whoever began it, and by the newest settings. From one number of reviewers
to another, new settings are in force at once, and a sentence has what they say as soon as its
part is done. Where everybody saw every sentence, that stays so until all is counted: with half of
the sentences counted, somebody would have nothing to do.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from db.models import Project
from db.queries import demand, demand_rows, lease_settling, segments
from db.queries import projects as project_queries
from db.queries import recounts as queries
from db.queries.table_sizes import look_again
from workbench.services import coverage, projects
from workbench.services.coverage import RECOUNT
from workbench.services.permissions import Actor, Permission, check

SENTENCES_AT_ONCE = 1500
ANSWERS_AT_ONCE = 100
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a project's counts are, in articles; `next` comes into force at the end."""

    n_done: int
    n_articles: int
    next: Values | None


def begin(
    session: Session, *, project: Project, settings: Values, then: Values | None = None
) -> None:
    """Put other settings in the place of a project's, and count the first part.

    Args:
        session: The transaction; it holds the project's places and its row.
        project: Where.
        settings: All that are in force from now on.
        then: What of them is other once all is counted; None if nothing is.
    """
    demand.lock(session, project_id=project.id)
    n_articles = queries.n_articles(session, project_id=project.id)
    state: dict[str, Any] = {"above": 0, "n_done": 0, "n_articles": n_articles}
    if then is not None:
        state |= {"next": dict(then), "answers": queries.last_answer(session)}
    elif not settings.get("overlap"):
        lease_settling.release_all(session, project_id=project.id)
    store(session, project=project, settings={**settings, RECOUNT: state})
    _step(session, project)


def progress(session: Session, *, actor: Actor, slug: str | None) -> Progress | None:
    """How far a project's counts are; None where all are what they should be.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    return _progress(project)


def n_open(session: Session, *, actor: Actor, slug: str | None) -> int:
    """How many sentences of a project wait for a reviewer; 0 where everybody sees all.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    if not project.settings.get("overlap"):
        return 0
    return coverage.n_open(session, project_id=project.id)


def unfinished(session: Session, *, actor: Actor) -> list[str]:
    """The projects whose counts are not what they should be yet, by slug.

    Raises:
        NotAllowedError: The actor does not manage one of them.
    """
    found = [each for each in project_queries.all_projects(session) if RECOUNT in each.settings]
    for project in found:
        check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    return [project.slug for project in found]


def finish(
    open_session: Callable[[], AbstractContextManager[Session]], *, actor: Actor, slug: str
) -> Iterator[Progress]:
    """Count what is left, a part to a transaction; stop it, and what is done stays.

    Args:
        open_session: The boundary's write transaction.
        actor: Who manages the project.
        slug: Which one.

    Yields:
        How far it is, after each transaction is committed but the last one.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor does not manage it.
    """
    while True:
        with open_session() as session:
            project = projects.find(session, actor=actor, slug=slug)
            check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
            segments.lock_places(session, project_id=project.id)
            project = project_queries.lock(session, project_id=project.id)
            if RECOUNT in project.settings:
                demand.lock(session, project_id=project.id)
                _step(session, project)
            told = _progress(project)
        if told is None:
            return
        yield told


def _progress(project: Project) -> Progress | None:
    state = project.settings.get(RECOUNT)
    if state is None:
        return None
    n_articles = max(state["n_articles"], state["n_done"])  # some came in since it began
    return Progress(state["n_done"], n_articles, state.get("next"))


def _step(session: Session, project: Project) -> None:
    """Count one part; for whoever holds the places, the project's row and its queue."""
    state = project.settings[RECOUNT]
    ids = queries.part(session, project_id=project.id, above=state["above"], most=SENTENCES_AT_ONCE)
    settings = coverage.followed(project.settings)
    # Searches begin anew: cheaper than to look for what has come open before each of them.
    demand_rows.clear_marks(session, project_id=project.id)
    if settings.get("overlap"):
        coverage.put_right(session, project_id=project.id, settings=settings, article_ids=ids)
    else:
        demand_rows.drop(session, article_ids=ids)
    above = ids[-1] if ids else state["above"]
    state = {**state, "above": above, "n_done": state["n_done"] + len(ids)}
    if queries.part(session, project_id=project.id, above=above, most=1):
        _go_on(session, project, state)
    elif (answer := _count_answers(session, project)) is not None:
        _go_on(session, project, {**state, "answers": answer})
    else:
        left = {name: value for name, value in settings.items() if name != RECOUNT}
        store(session, project=project, settings=left)
        look_again(session)


def _count_answers(session: Session, project: Project) -> int | None:
    """Count what was answered since it began; the last event, if there may be more."""
    state = project.settings[RECOUNT]
    if "next" not in state:  # the answers are counted as they come
        return None
    last, ids = queries.answered_since(
        session, project_id=project.id, answer=state["answers"], most=ANSWERS_AT_ONCE
    )
    settings = coverage.followed(project.settings)
    coverage.put_right(session, project_id=project.id, settings=settings, article_ids=ids)
    return last


def _go_on(session: Session, project: Project, state: Values) -> None:
    store(session, project=project, settings={**project.settings, RECOUNT: dict(state)})


def store(session: Session, *, project: Project, settings: Values) -> None:
    """Store all settings of a project; its row is held."""
    project.settings = dict(settings)
    session.add(project)
    session.flush()
