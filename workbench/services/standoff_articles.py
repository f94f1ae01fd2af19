"""The articles that a stand-off export is joined with."""

from collections.abc import Callable

from sqlmodel import Session

from db.queries import articles as queries
from workbench.formats.joining import JoinText
from workbench.services import projects
from workbench.services.permissions import Actor, Permission, check


def of_project(
    session: Session, *, actor: Actor, project_slug: str | None
) -> Callable[[str], JoinText | None]:
    """What gives the article of a public id, or None where the project has none.

    Raises:
        NotFoundError: There is no such project, or the actor is not in it.
        NotAllowedError: The actor may not export.
    """
    project = projects.find(session, actor=actor, slug=project_slug)
    check(actor, Permission.EXPORT, project_id=project.id)

    def article(public_id: str) -> JoinText | None:
        found = queries.by_public_id(session, project_id=project.id, public_id=public_id)
        return None if found is None else JoinText(found.text, found.title)

    return article
