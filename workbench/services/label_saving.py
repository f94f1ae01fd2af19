"""Storing a label set as its next version, with what differs from the one before."""

from datetime import datetime

from sqlmodel import Session

from db.models import LabelSet
from db.queries import projects as project_queries
from db.queries import rules as rule_queries
from workbench.errors import InputError
from workbench.services import audit, gone_labels, label_changes, label_sets, projects
from workbench.services.label_edits import Change
from workbench.services.label_sets import draft_of
from workbench.services.permissions import Actor, Permission, check
from workbench.services.versions import check_base, reason


def save(
    session: Session,
    *,
    actor: Actor,
    slug: str,
    base_version: int,
    change: Change,
    note: str,
    now: datetime,
) -> int:
    """Store what a change makes of the version in force; the number of the new version.

    Args:
        session: A write transaction.
        actor: Who acts.
        slug: Which project.
        base_version: The version that was on the screen.
        change: What is to become of it, one of `label_edits`.
        note: Why.
        now: When.

    Raises:
        NotFoundError: There is no such project, or the change names a label that there is not.
        NotAllowedError: The actor does not manage the project.
        InputError: The labels cannot be so, or nothing was changed.
        TakenError: Somebody saved another version meanwhile.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.MANAGE_PROJECT, project_id=project.id)
    project_queries.lock(session, project_id=project.id)
    stored = project_queries.newest_label_set(session, project_id=project.id)
    check_base(stored.version, base_version, what="label set")
    old = draft_of(stored, project_queries.labels_of(session, label_set_id=stored.id))
    gone = gone_labels.of(label_sets.drafts(session, project_id=project.id))
    new = change.make(old, gone)
    if wrong := label_changes.fault(new):
        raise InputError(wrong)
    changed = label_changes.changes(
        old,
        new,
        merged=change.merged,
        wording_only=change.wording_only,
        former=[each.label for each in gone],
    )
    if not changed:
        message = "Nothing was changed: there is no new version."
        raise InputError(message)
    made = LabelSet(
        project_id=project.id,
        version=stored.version + 1,
        presets=[{"key": each.key, "labels": list(each.labels)} for each in new.presets],
        created_at=now,
        made_by=actor.public_id,
        note=reason(note),
        changes=changed,
    )
    rule_queries.add_label_set(session, label_set=made, labels=new.labels)
    audit.record(
        session,
        actor=actor,
        act="save_label_set",
        object_type="project",
        object_id=project.slug,
        now=now,
        version=made.version,
        changes=made.changes,
    )
    return made.version
