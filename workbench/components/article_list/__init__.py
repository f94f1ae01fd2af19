"""The list of articles: a table whose rows are links, for the mouse, the thumb and the keyboard.

`st.dataframe` draws on a canvas: there an arrow key would open an article, a title would be cut
off on a narrow screen, and a link could not be opened in a tab of its own.
"""

from pathlib import Path
from typing import TypedDict

import streamlit as st

from workbench.components import told

__all__ = ["RowData", "article_list"]


class RowData(TypedDict):
    """An article as a row; everything is shown as it is, nothing is read as markup."""

    id: str
    title: str
    outlet: str
    published: str
    n_queued: int
    n_done: int
    noticed: str


_mount = st.components.v2.component(
    "workbench.article_list",
    html=(Path(__file__).parent / "component.html").read_text(encoding="utf-8"),
    css="component.css",
    js="component.js",
)


def article_list(rows: list[RowData], *, key: str) -> str | None:
    """Draw the rows; gives the id of the article that was just opened, once."""
    result = _mount(key=key, data={"rows": rows}, on_open_change=_ignore)
    return told(result.get("open"), 80) or None


def _ignore() -> None:
    """The page looks at the result itself; without a callback there would be none."""
