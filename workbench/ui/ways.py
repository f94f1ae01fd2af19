"""Ways between the pages of the workbench, in the same tab and without loading it anew."""

from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.ui.context import choose


def way(
    words: str,
    to: str,
    *,
    key: str,
    kind: Literal["primary", "secondary"] = "primary",
    within: DeltaGenerator | None = None,
    project: str | None = None,
) -> None:
    """A button that leads to another page. A link button would open a second tab.

    Args:
        words: What it says, in our own words: it is read as markdown.
        to: The page's part of the address, such as `import`.
        key: What the button is called.
        kind: Whether it is the main act of its page.
        within: Where to draw it; where one is if left out.
        project: The slug of the project to be shown there; the one shown already if left out.
    """
    chosen: dict[str, Any] = {} if project is None else {"on_click": choose, "args": (project,)}
    if (within or st).button(words, key=key, type=kind, **chosen):
        # A page is known by its address alone, so that this one stands for the one there is.
        st.switch_page(st.Page(_elsewhere, title=to.capitalize(), url_path=to))


def _elsewhere() -> None:
    """Stand in for a page that is drawn by its own module."""
