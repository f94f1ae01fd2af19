"""The training set as it is now: its numbers, and its first rows as a table."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

import streamlit as st

from workbench.formats.records import Record
from workbench.services.exporting import ExportPlan
from workbench.ui.imported import count, number
from workbench.ui.label_marks import colour_of, label_counts, marked
from workbench.ui.written import written

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


def numbers(plan: ExportPlan) -> None:
    """Draw what the file will hold, and what of the project it leaves out."""
    st.header(f"{count(plan.n_rows, 'sentence')} in the file", anchor=False)
    label_counts(plan.labels, n_none=plan.n_explicit_none)
    st.text(
        f"Of {count(plan.n_sentences, 'sentence')} in {plan.project_name}: "
        f"{count(plan.n_labelled, 'sentence')} with a final label, "
        f"{count(plan.n_unsettled, 'sentence')} unsettled because reviewers differ, "
        f"{count(plan.n_unlabelled, 'sentence')} without a label: "
        f"{number(plan.n_unlabelled - plan.n_skipped)} not decided, "
        f"{number(plan.n_skipped)} skipped. "
        f"{count(plan.n_reviewers, 'reviewer')} took part."
    )
    st.text("Your progress on the annotate page counts what you skipped as done: you decided.")
    if plan.n_stale:
        st.text(
            f"{count(plan.n_stale, 'answer')} left out: given to sentences that were split, "
            "merged or replaced since."
        )


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
        sentence=written(record.text),
        labels=_labels(record, plan),
        decided=HOW[record.label_source],
        annotations=record.n_annotations,
        article=written(record.article.title or record.article.source),
        outlet=written(record.article.outlet or ""),
    )


def _labels(record: Record, plan: ExportPlan) -> str:
    if not record.labels:
        return "" if record.label_source == "none" else "none"
    names = [
        marked(place, label.name, colour_of(label))
        for place, label in enumerate(plan.labels)
        if label.key in record.labels
    ]
    known = {label.key for label in plan.labels}
    return ", ".join([*names, *(escape(key) for key in record.labels if key not in known)])
