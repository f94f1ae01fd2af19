"""The head of a page: what it is on the left, its main act on the right."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def page_head(title: str) -> DeltaGenerator:
    """Draw the title; what is drawn in the container that comes back stands to its right.

    Args:
        title: In our own words: it is read as markdown.
    """
    row = st.container(
        key="page-head",
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    )
    row.title(title, width="content", anchor=False)
    return row
