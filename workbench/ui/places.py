"""Where somebody has a role: in one project, or in every project, also later ones."""

from typing import Literal

import streamlit as st

from workbench.services import projects
from workbench.services.permissions import Actor
from workbench.ui.context import read_session

EVERY_PROJECT = "every project, also later ones"


def choose_place(
    actor: Actor,
    *,
    key: str,
    first: str | None = None,
    width: int | Literal["stretch"] = "stretch",
) -> str | None:
    """Offer the open projects and all of them; None stands for every project, also later ones.

    Args:
        actor: Who chooses.
        key: What the choice is called.
        first: What is chosen at first: a slug, else the first project there is.
        width: How wide it is, in pixels, where it stands in a row with others.
    """
    with read_session() as session:
        slugs = [view.slug for view in projects.listed(session, actor=actor)]
    offered = [*slugs, EVERY_PROJECT]
    index = offered.index(first) if first in offered else 0
    chosen = st.selectbox("Project", offered, index=index, key=key, width=width)
    return _slug(chosen)


def chosen_place(key: str) -> str | None:
    """The same for a callback: what is chosen at the click, which may be newer than the page."""
    return _slug(st.session_state[key])


def _slug(chosen: object) -> str | None:
    return None if chosen == EVERY_PROJECT else str(chosen)
