"""What waits for somebody, as the navigation says it beside a page's name."""

from workbench.errors import WorkbenchError
from workbench.services import talks
from workbench.services.permissions import Actor
from workbench.ui.context import current_project_slug, read_session
from workbench.ui.imported import number

DISCUSSION = "discussion"


def in_words(actor: Actor, *, title: str, address: str) -> str:
    """A page's name; that of the discussion with how much there waits for the actor."""
    if address != DISCUSSION:
        return title
    try:
        slug = current_project_slug()
        with read_session() as session:
            n = talks.n_waiting(session, actor=actor, slug=slug)
    except WorkbenchError:  # in no project, or in one that is archived: nothing waits
        return title
    return f"{title} ({number(n)})" if n else title
