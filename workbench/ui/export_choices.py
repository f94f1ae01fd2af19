"""What is chosen on the export page: the state, the format, whose labels."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

import streamlit as st

from workbench.formats.final_labels import LabelChoice
from workbench.formats.writers import FORMATS
from workbench.services.snapshots import SnapshotView
from workbench.ui.imported import count, day

NOW = 0  # in place of a snapshot's number
EXCEL = "csv for Excel"
TITLES = {name: known.title for name, known in FORMATS.items()} | {EXCEL: "CSV for Excel"}
CHOICES = {
    LabelChoice.GOLD: "The best final label there is: unanimous or from a single reviewer, else by "
    "majority. Sentences without one are left out.",
    LabelChoice.MAJORITY: "Decided by vote alone. Sentences with half of the votes for a label are "
    "left out.",
    LabelChoice.ALL: "Every sentence that is queued or decided. Where nothing is settled, the "
    "label source is none.",
}


def address(slug: str, fmt: str, found: SnapshotView | None, labels: LabelChoice) -> str:
    """Where the download is: a route of ours, because it checks who asks."""
    query = {} if found else {"labels": str(labels)}
    query |= {"excel": "1"} if fmt == EXCEL else {}
    name = "csv" if fmt == EXCEL else fmt
    state = found.number if found else "latest"
    asked = f"?{urlencode(query)}" if query else ""
    return f"/export/{quote(slug)}/{state}.{name}{asked}"


def state(taken: Sequence[SnapshotView]) -> SnapshotView | None:
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


def chosen_format() -> str:
    """The format, with what it is for."""
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


def whose_labels() -> None:
    """Whose labels the file holds; the choice is kept under `export-labels`."""
    st.radio(
        "Whose labels",
        [str(choice) for choice in CHOICES],
        format_func=str.capitalize,
        captions=list(CHOICES.values()),
        key="export-labels",
    )
