"""The first rows of an export, as a table."""

from collections.abc import Sequence

import streamlit as st

from workbench.formats.records import Record

HOW = {
    "adjudicated": "adjudicated",
    "unanimous": "unanimous",
    "majority": "majority",
    "single": "single reviewer",
    "none": "not settled",
}


def first_rows(first: Sequence[Record], *, n_rows: int) -> None:
    """Draw the rows; the cells of a data frame are literal, whatever was imported."""
    if not first:
        st.text("No sentence has such a label yet. Choose All to see what there is.")
        return
    st.text("All rows:" if n_rows <= len(first) else f"The first {len(first)} rows:")
    st.dataframe(
        {
            "Sentence": [record.text for record in first],
            "Labels": [_labels(record) for record in first],
            "Decided": [HOW[record.label_source] for record in first],
            "Annotations": [record.n_annotations for record in first],
            "Article": [record.article.title or record.article.source for record in first],
            "Outlet": [record.article.outlet or "" for record in first],
        },
        hide_index=True,
        column_config={"Sentence": st.column_config.TextColumn(width="large")},
    )


def _labels(record: Record) -> str:
    if record.labels:
        return ", ".join(record.labels)
    return "" if record.label_source == "none" else "none"
