"""Export: the training set in numbers, its first rows, and the way to download it."""

from urllib.parse import quote, urlencode

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.formats.final_labels import LabelChoice
from workbench.services import exporting
from workbench.services.exporting import ExportPlan
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles
from workbench.ui.export_preview import first_rows
from workbench.ui.frame import page_head
from workbench.ui.imported import count
from workbench.ui.label_marks import label_counts

FORMATS = {
    "JSONL": "One JSON object a line with everything in it, exact. Take this one for training.",
    "CSV": "One row a sentence, exact when read as the reference says. For tools that want tables.",
    "CSV for Excel": "For reading in a spreadsheet: cells that could run as a formula get an "
    "apostrophe, so some values differ.",
}
FILES = {"JSONL": "latest.jsonl", "CSV": "latest.csv", "CSV for Excel": "latest.csv"}
WHAT_FOR = "This page hands out the training set."
CHOICES = {
    LabelChoice.GOLD: "The best final label there is: adjudicated, else unanimous or from a single "
    "reviewer, else by majority. Sentences without one are left out.",
    LabelChoice.MAJORITY: "Decided by vote alone, adjudications ignored. Sentences with half of "
    "the votes for a label are left out.",
    LabelChoice.ALL: "Every sentence that is queued or decided. Where nothing is settled, the "
    "label source is none.",
}


def render() -> None:
    """Draw the choices, what they come to, and one way to download."""
    actor = current_actor()
    try:
        slug = current_project_slug()
    except NotFoundError as error:
        no_articles(actor, f"{WHAT_FOR} {error}", title="Export")
        return
    labels = LabelChoice(st.session_state.get("export-labels", LabelChoice.GOLD))
    try:
        with read_session() as session:
            plan = exporting.plan(session, actor=actor, project_slug=slug, labels=labels)
            first = exporting.preview(session, actor=actor, project_slug=slug, labels=labels)
    except WorkbenchError as error:
        st.title("Export")
        st.warning(str(error))
        return
    if plan.n_labelled + plan.n_unsettled == 0:
        st.title("Export")
        st.text(f"{WHAT_FOR} Nothing is labelled yet; it fills as sentences are labelled.")
        st.link_button("Annotate", "/annotate", type="primary")
        return
    head = page_head("Export")
    fmt = _choices()
    head.link_button("Download", address(slug, fmt, labels), type="primary")
    _numbers(plan)
    first_rows(first, plan=plan)


def address(slug: str, fmt: str, labels: LabelChoice) -> str:
    """Where the download is: a route of ours, because it checks who asks."""
    query = {"labels": str(labels)} | ({"excel": "1"} if fmt == "CSV for Excel" else {})
    return f"/export/{quote(slug)}/{FILES[fmt]}?{urlencode(query)}"


def _choices() -> str:
    left, right = st.columns(2, gap="large")
    with left:
        fmt = st.radio("Format", FORMATS, captions=list(FORMATS.values()), key="export-format")
    with right:
        st.radio(
            "Whose labels",
            [str(choice) for choice in CHOICES],
            format_func=str.capitalize,
            captions=list(CHOICES.values()),
            key="export-labels",
        )
    return fmt


def _numbers(plan: ExportPlan) -> None:
    st.header(f"{count(plan.n_rows, 'sentence')} in the file", anchor=False)
    label_counts(plan.labels, n_none=plan.n_explicit_none)
    st.text(
        f"Of {count(plan.n_sentences, 'sentence')} in {plan.project_name}: "
        f"{count(plan.n_labelled, 'sentence')} with a final label, "
        f"{count(plan.n_unsettled, 'sentence')} unsettled because reviewers differ, "
        f"{count(plan.n_unlabelled, 'sentence')} without a label: "
        f"{plan.n_unlabelled - plan.n_skipped:,} not decided, {plan.n_skipped:,} skipped. "
        f"{count(plan.n_reviewers, 'reviewer')} took part."
    )
    st.text("Your progress on the annotate page counts what you skipped as done: you decided.")
    if plan.n_stale:
        st.text(
            f"{count(plan.n_stale, 'answer')} left out: given to sentences that were split, "
            "merged or replaced since."
        )
