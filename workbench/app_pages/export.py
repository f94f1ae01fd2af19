"""Export: the training set as it is or as a snapshot froze it, in numbers and in any format."""

import streamlit as st

from workbench.errors import NotFoundError, WorkbenchError
from workbench.formats.final_labels import LabelChoice
from workbench.services import exporting, snapshots
from workbench.services.permissions import Actor
from workbench.ui.address import link
from workbench.ui.context import current_actor, current_project_slug, read_session
from workbench.ui.empty import no_articles
from workbench.ui.export_choices import address, chosen_format, state, whose_labels
from workbench.ui.export_preview import first_rows, numbers
from workbench.ui.frame import page_head
from workbench.ui.snapshot_card import card
from workbench.ui.snapshot_form import form

WHAT_FOR = "This page hands out the training set."


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
        st.link_button("Annotate", link("/annotate"), type="primary")
        return
    head = page_head("Export")
    left, right = st.columns(2, gap="medium")
    with left:
        found = state(taken)
    with right:
        fmt = chosen_format()
    if found is None:
        whose_labels()
    head.link_button("Download", address(slug, fmt, found, labels), type="primary")
    if found is not None:
        card(found, plan)
        return
    numbers(plan)
    _take(actor, slug=slug, plan=plan, outlets=outlets)
    first_rows(first, plan=plan)


def _take(actor: Actor, *, slug: str, plan: exporting.ExportPlan, outlets: list[str]) -> None:
    with st.expander("Take a snapshot", key="take-snapshot"):
        form(actor, slug=slug, plan=plan, outlets=outlets)
