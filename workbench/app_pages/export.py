"""Export: the training set as it is or as a snapshot froze it, in numbers and in any format."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.formats.final_labels import LabelChoice
from workbench.formats.writers import FORMATS
from workbench.services import exporting, snapshots
from workbench.services.permissions import Actor
from workbench.services.snapshots import SnapshotView
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles
from workbench.ui.export_preview import first_rows, numbers
from workbench.ui.frame import page_head
from workbench.ui.imported import count, day
from workbench.ui.snapshot_card import card
from workbench.ui.snapshot_form import form

WHAT_FOR = "This page hands out the training set."
NOW = 0  # in place of a snapshot's number
EXCEL = "csv for Excel"
TITLES = {name: known.title for name, known in FORMATS.items()} | {EXCEL: "CSV for Excel"}
CHOICES = {
    LabelChoice.GOLD: "The best final label there is: adjudicated, else unanimous or from a single "
    "reviewer, else by majority. Sentences without one are left out.",
    LabelChoice.MAJORITY: "Decided by vote alone, adjudications ignored. Sentences with half of "
    "the votes for a label are left out.",
    LabelChoice.ALL: "Every sentence that is queued or decided. Where nothing is settled, the "
    "label source is none.",
}


def render() -> None:
    """Draw the choices, what they come to, the way to download, and the way to a snapshot."""
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
            taken = snapshots.listed(session, actor=actor, project_slug=slug)
            outlets = snapshots.outlets(session, actor=actor, project_slug=slug)
    except WorkbenchError as error:
        st.title("Export", anchor=False)
        st.warning(str(error))
        return
    if plan.n_labelled + plan.n_unsettled == 0 and not taken:
        st.title("Export", anchor=False)
        st.text(f"{WHAT_FOR} Nothing is labelled yet; it fills as sentences are labelled.")
        st.link_button("Annotate", "/annotate", type="primary")
        return
    head = page_head("Export")
    left, right = st.columns(2, gap="medium")
    with left:
        found = _state(taken)
    with right:
        fmt = _format()
    if found is None:
        _labels()
    head.link_button("Download", address(slug, fmt, found, labels), type="primary")
    if found is not None:
        card(found, plan)
        return
    numbers(plan)
    _take(actor, slug=slug, plan=plan, outlets=outlets)
    first_rows(first, plan=plan)


def address(slug: str, fmt: str, found: SnapshotView | None, labels: LabelChoice) -> str:
    """Where the download is: a route of ours, because it checks who asks."""
    query = {} if found else {"labels": str(labels)}
    query |= {"excel": "1"} if fmt == EXCEL else {}
    name = "csv" if fmt == EXCEL else fmt
    state = found.number if found else "latest"
    asked = f"?{urlencode(query)}" if query else ""
    return f"/export/{quote(slug)}/{state}.{name}{asked}"


def _state(taken: Sequence[SnapshotView]) -> SnapshotView | None:
    """As it is now, or a snapshot; the newest one first."""
    by_number = {one.number: one for one in taken}
    number = st.selectbox(
        "State",
        [NOW, *by_number],
        format_func=lambda one: _named(by_number[one]) if one else "As it is now",
        key="export-state",
    )
    return by_number.get(number)


def _named(one: SnapshotView) -> str:
    note = f", {one.note}" if one.note else ""
    when = day(one.taken_at.date().isoformat())
    return f"Snapshot {one.number}, {when}, {count(one.n_sentences, 'sentence')}{note}"


def _format() -> str:
    names = [*FORMATS]
    names.insert(names.index("csv") + 1, EXCEL)
    fmt = st.selectbox("Format", names, format_func=lambda one: TITLES[one], key="export-format")
    if fmt == EXCEL:
        st.text(
            "For reading in a spreadsheet: cells that could run as a formula get an apostrophe, "
            "so some values differ."
        )
        return fmt
    known = FORMATS[fmt]
    st.text(f"{known.summary} {'A ZIP archive.' if known.is_folder else ''}".strip())
    return fmt


def _labels() -> None:
    st.radio(
        "Whose labels",
        [str(choice) for choice in CHOICES],
        format_func=str.capitalize,
        captions=list(CHOICES.values()),
        key="export-labels",
    )


def _take(actor: Actor, *, slug: str, plan: exporting.ExportPlan, outlets: list[str]) -> None:
    with st.expander("Take a snapshot", key="take-snapshot"):
        form(actor, slug=slug, plan=plan, outlets=outlets)
