"""Versions that labels came under and this project lacks: made as copies of its newest."""

from datetime import datetime

from sqlmodel import Session

from db.models import Guideline, LabelSet, Project
from db.queries import projects as queries
from db.queries import rules as rule_queries
from workbench.errors import InputError
from workbench.services import audit, projects
from workbench.services.permissions import Actor

MOST_MADE = 200
NOTE = "As in an export that was imported; the same as the version before."


def fill(
    session: Session,
    *,
    actor: Actor,
    project: Project,
    label_set: int,
    guideline: int,
    now: datetime,
) -> bool:
    """See that these versions exist, so that what was labelled under them says so here too.

    Returns:
        Whether any was missing.

    Raises:
        InputError: More would have to be made than `MOST_MADE`: a number in the file is wrong.
    """
    queries.lock(session, project_id=project.id)
    rules = projects.rules(session, project_id=project.id)
    _bounded("label set", label_set, rules.label_set_version)
    _bounded("guideline", guideline, rules.guideline_version)
    presets = [dict(preset) for preset in rules.presets]
    for version in range(rules.label_set_version + 1, label_set + 1):
        made = LabelSet(
            project_id=project.id,
            version=version,
            presets=presets,
            created_at=now,
            made_by=actor.public_id,
            note=NOTE,
            changes={},
        )
        rule_queries.add_label_set(session, label_set=made, labels=rules.labels)
    for version in range(rules.guideline_version + 1, guideline + 1):
        session.add(
            Guideline(
                project_id=project.id,
                version=version,
                text=rules.guideline_text,
                created_at=now,
                made_by=actor.public_id,
                note=NOTE,
            )
        )
    is_filled = label_set > rules.label_set_version or guideline > rules.guideline_version
    if is_filled:
        session.flush()
        audit.record(
            session,
            actor=actor,
            act="fill_versions",
            object_type="project",
            object_id=project.slug,
            now=now,
            label_set=label_set,
            guideline=guideline,
        )
    return is_filled


def _bounded(what: str, wanted: int, there: int) -> None:
    if wanted - there > MOST_MADE:
        message = (
            f"It names version {wanted:,} of the {what}, and this project has {there:,}. For an "
            f"import at most {MOST_MADE} versions are made: see whether the number is right."
        )
        raise InputError(message)
