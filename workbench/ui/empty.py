"""Empty states that several pages share."""

import streamlit as st

from workbench.services.permissions import Actor, Permission
from workbench.ui.address import link
from workbench.ui.frame import page_head

COME_IN = "Bring articles in as files, or begin with the nine samples."
WAIT = "A manager brings articles in; their sentences appear here by themselves."


def no_articles(actor: Actor, message: str, *, title: str = "Nothing to label yet") -> None:
    """Say why there is nothing to see, and what ends it: the button, for who may press it.

    Args:
        actor: Who looks.
        message: Why there is nothing to see.
        title: The heading: what the page is.
    """
    page_head(title)
    may_import = actor.is_admin or any(
        actor.may(Permission.IMPORT_ARTICLES, project_id) for project_id in actor.roles
    )
    if may_import:
        st.text(f"{message} {COME_IN}")
        st.link_button("Bring articles in", link("/articles"), type="primary")
    elif actor.roles:
        st.text(f"{message} {WAIT}")
    else:
        st.text(message)
