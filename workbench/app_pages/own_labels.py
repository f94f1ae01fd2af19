"""Your labels: what one has decided, found again; what waits for another look; and corrections."""

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.services import own_labels, projects, stale_labels
from workbench.services.permissions import Actor
from workbench.ui import own_label, own_list
from workbench.ui.address import link
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles
from workbench.ui.frame import page_head

WHAT_FOR = "What you decide can be found again here."


def render() -> None:
    """Draw the list of one's own labels; a row opens the label with its history."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Your labels")
        return
    with read_session() as session:
        project = projects.view(session, actor=actor, slug=slug)
        rules = projects.rules(session, project_id=project.id)
        page = own_list.stale_page(slug)
        stale = stale_labels.own(session, actor=actor, slug=slug, page=page)
    page_head("Your labels")
    if not stale.total:
        _all(actor, slug, rules)
        return
    again, every = st.tabs([f"To look at again ({stale.total})", "All"])
    with again:
        own_list.stale(slug, stale)
    with every:
        _all(actor, slug, rules)


def _all(actor: Actor, slug: str, rules: projects.Rules) -> None:
    with read_session() as session:
        has_any = own_labels.has_any(session, actor=actor, slug=slug)
    if not has_any:
        st.text("You have labelled nothing here yet. What you decide can be found again here.")
        st.link_button("Annotate", link("/"), type="primary")
        return
    asked = own_list.choices(slug, rules)
    try:
        with read_session() as session:
            found = own_labels.listing(session, actor=actor, slug=slug, **asked)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    chosen = own_list.table(slug, found, asked)
    if chosen is not None:
        own_label.panel(actor, slug, chosen.sentence)
    elif found.total:
        st.text("Choose a row to see how you came to it, and to correct it.")
