"""What the annotator is opened with: rules, first window, progress."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from workbench.services import annotating, projects, undoing, windows
from workbench.services.permissions import Actor

WINDOW = 80  # sentences to go on with while the server is away


def mount_data(
    session: Session, *, actor: Actor, slug: str, start: str | None, now: datetime
) -> dict[str, Any]:
    """Everything the browser needs to label without asking; the component's docstring names it.

    Raises:
        NotFoundError: The actor is not in the project.
    """
    project = projects.find(session, actor=actor, slug=slug)
    place = annotating.take_part(session, actor=actor, project=project, now=now)
    rules = projects.rules(session, project_id=project.id)
    window = windows.open_window(
        session, actor=actor, project=project, place=place, want=WINDOW, start=start
    )
    recent = undoing.recent(session, actor=actor, project=project)
    return {
        "project": project.slug,
        "reviewer": actor.public_id,
        "url": "/api/ops",
        "labels": [
            {
                "key": label.key,
                "name": label.name,
                "meaning": label.meaning,
                "shortcut": label.shortcut,
                "colour": label.colour,
            }
            for label in rules.labels
        ],
        "presets": list(rules.presets),
        "guideline": {"version": rules.guideline_version, "sections": rules.sections},
        "version": {"label_set": rules.label_set_version, "guideline": rules.guideline_version},
        "shortcuts": True,
        "window": window.items,
        "articles": recent.articles | window.articles,
        "progress": windows.progress(session, project=project, place=place),
        "cursor": window.cursor,
        "start": start,
        "recent": recent.acts,
    }
