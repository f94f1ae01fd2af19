"""Do the queue's counts say what the assignments say, and those what was answered?"""

from collections.abc import Iterator

from sqlmodel import Session

from db.models import Project
from db.queries import checks, demand, demand_rows, lease_settling
from db.queries import projects as project_queries
from workbench.services import coverage
from workbench.services.decisions import sentence_id
from workbench.services.faults import Fault

AT_ONCE = 100  # articles


def faults(session: Session) -> Iterator[Fault]:
    """Whatever is wrong with the leases and needs of the projects that have them."""
    for project in project_queries.all_projects(session):
        if project.settings.get("overlap"):
            yield from _answer_faults(session, project)
            yield from _need_faults(session, project)
            yield from _mark_faults(session, project)


def _answer_faults(session: Session, project: Project) -> Iterator[Fault]:
    for key, reviewer in lease_settling.unlike(session, project_id=project.id):
        name = checks.sentence_name(session, sentence_id=key)
        what = "it does not say what its reviewer has answered"
        yield Fault("assignment", f"{name} of {reviewer}", what)


def _need_faults(session: Session, project: Project) -> Iterator[Fault]:
    above, last = 0, project.settings.get(coverage.RECOUNT, {}).get("above")
    while ids := demand_rows.article_ids(
        session, project_id=project.id, above=above, limit=AT_ONCE
    ):
        above = ids[-1]
        if last is not None:  # what comes after it is not counted by the new settings yet
            ids = [key for key in ids if key <= last]
        facts = demand_rows.facts(session, article_ids=ids)
        stored = demand_rows.rows(session, sentence_ids=[fact.id for fact in facts])
        wanted = {row.sentence_id: row for row in coverage.needs(session, project.settings, facts)}
        for fact in facts:
            if stored.get(fact.id) != wanted.get(fact.id):
                name = sentence_id(fact.article, fact.start, fact.end)
                what = "how many reviewers it needs or has is not what was counted"
                yield Fault("demand", name, what)


def _mark_faults(session: Session, project: Project) -> Iterator[Fault]:
    for mark in demand_rows.marks(session, project_id=project.id):
        first = demand.open_for(
            session,
            project_id=project.id,
            reviewer_id=mark.reviewer_id,
            subset_key=mark.subset_key,
            level=mark.level,
            mark=0,
            limit=1,
        )
        if first and first[0][1] < mark.turn:
            name = checks.sentence_name(session, sentence_id=first[0][0])
            what = "it lies before the place where somebody's search for it begins"
            yield Fault("queue_mark", name, what)
