"""The first rows of an export, as a table."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from workbench.formats.records import Record
from workbench.services.exporting import ExportPlan
from workbench.ui.label_marks import marked

HERE = Path(__file__).parent
TABLE = Template((HERE / "export_preview.html").read_text(encoding="utf-8"))
ROW = Template((HERE / "export_preview_row.html").read_text(encoding="utf-8"))
STYLE = HERE / "export_preview.css"
HOW = {
    "adjudicated": "adjudicated",
    "unanimous": "unanimous",
    "majority": "majority",
    "single": "single reviewer",
    "none": "not settled",
}


def first_rows(first: Sequence[Record], *, plan: ExportPlan) -> None:
    """Draw the rows; everything imported goes in escaped, so that it stays text."""
    if not first:
        st.text("No sentence has such a label yet. Choose All to see what there is.")
        return
    is_all = plan.n_rows <= len(first)
    st.header("All rows" if is_all else f"The first {len(first)} rows", anchor=False)
    rows = "".join(_row(record, plan) for record in first)
    st.html(STYLE)
    with st.container(key="export-preview"):
        st.html(TABLE.substitute(rows=rows))


def _row(record: Record, plan: ExportPlan) -> str:
    return ROW.substitute(
        sentence=escape(record.text),
        labels=_labels(record, plan),
        decided=HOW[record.label_source],
        annotations=record.n_annotations,
        article=escape(record.article.title or record.article.source),
        outlet=escape(record.article.outlet or ""),
    )


def _labels(record: Record, plan: ExportPlan) -> str:
    if not record.labels:
        return "" if record.label_source == "none" else "none"
    names = [
        marked(place, label.name, label.colour)
        for place, label in enumerate(plan.labels)
        if label.key in record.labels
    ]
    known = {label.key for label in plan.labels}
    return ", ".join([*names, *(escape(key) for key in record.labels if key not in known)])
