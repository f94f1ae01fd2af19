"""Take a snapshot: which sentences, how they are split, what that comes to, and a note."""

from datetime import date
from typing import Any

import streamlit as st

from workbench.errors import InputError
from workbench.formats.choosing import NONE, Filters
from workbench.formats.final_labels import LabelChoice, LabelSource
from workbench.formats.splitting import Plan, Split
from workbench.services.exporting import ExportPlan
from workbench.services.permissions import Actor
from workbench.services.snapshot_taking import Wish
from workbench.text.kinds import QUEUED_KINDS, Kind
from workbench.ui import once, snapshot_run
from workbench.ui.imported import count
from workbench.ui.snapshot_card import came_to
from workbench.whole_numbers import MOST

NEVER = (LabelSource.NONE, LabelSource.ADJUDICATED)  # nobody overrules a vote
STATUSES = [str(source) for source in LabelSource if source not in NEVER]
KINDS = [str(kind) for kind in Kind if kind in QUEUED_KINDS]
HOLD_OUT = ("Nothing", "Outlets", "From a day on")


def form(actor: Actor, *, slug: str, plan: ExportPlan, outlets: list[str]) -> None:
    """Draw the form, the look at what it comes to, and the taking."""
    run = snapshot_run.current(actor, slug=slug)
    if run is not None and not run.ended.is_set():
        snapshot_run.watch(run)
        st.rerun()
    asked = _asked(plan, outlets)
    turn = once.turn("snapshot")
    with st.container(horizontal=True):
        is_taken = st.button("Take snapshot", key=f"snapshot-take-{turn.n}", type="primary")
        is_look = st.button(
            "Look first", key=f"snapshot-look-{turn.n}", help="Count and split, keep nothing."
        )
    if is_look or is_taken:
        try:
            wish = _wish(asked)
        except InputError as error:
            st.text(str(error))
            return
        n_rows = plan.n_sentences
        with once.taking(turn) as is_first:
            if is_first:
                snapshot_run.start(actor, slug=slug, wish=wish, is_kept=is_taken, n_rows=n_rows)
        st.rerun()
    if run is not None:
        _told(run, plan)


def _asked(plan: ExportPlan, outlets: list[str]) -> dict[str, Any]:
    st.text(
        "A snapshot freezes the labelled sentences as they are now: numbered, never changed, and "
        "split so that no copy of a test sentence is in the training set."
    )
    left, right = st.columns(2, gap="large")
    with left:
        asked: dict[str, Any] = {
            "labels": st.multiselect(
                "Labels",
                [*(label.key for label in plan.labels), NONE],
                placeholder="Any",
                key="snapshot-labels",
                help="Only sentences whose final label holds one of these.",
            ),
            "kinds": st.multiselect("Kinds", KINDS, placeholder="Any", key="snapshot-kinds"),
            "outlets": st.multiselect(
                "Outlets", outlets, placeholder="Any", key="snapshot-outlets"
            ),
            "sources": st.multiselect(
                "How the label came about", STATUSES, placeholder="Any", key="snapshot-sources"
            ),
            "min_annotations": st.number_input(
                "Annotations, at least", 0, 99, 0, key="snapshot-fewest"
            ),
            "published_from": st.date_input(
                "Published from", value=None, key="snapshot-published-from"
            ),
            "published_to": st.date_input(
                "Published until", value=None, key="snapshot-published-to"
            ),
        }
    with right:
        asked |= _split_asked(outlets)
        asked["note"] = st.text_input("Note", max_chars=200, key="snapshot-note")
    return asked


def _split_asked(outlets: list[str]) -> dict[str, Any]:
    is_split = st.checkbox("Split", value=True, key="snapshot-is-split")
    shares = st.columns(3)
    given = [
        column.number_input(f"{name}, %", 0, 100, share, key=f"snapshot-{name}")
        for column, (name, share) in zip(
            shares, (("Train", 80), ("Validation", 10), ("Test", 10)), strict=True
        )
    ]
    seed = st.number_input(
        "Seed", 0, MOST, 0, key="snapshot-seed", help="Another number, another split."
    )
    held = st.selectbox("Hold out for the test", HOLD_OUT, key="snapshot-hold-out")
    asked: dict[str, Any] = {"is_split": is_split, "shares": given, "seed": seed}
    if held == HOLD_OUT[1]:
        asked["hold_out_outlets"] = st.multiselect(
            "Outlets held out", outlets, key="snapshot-held-outlets"
        )
    if held == HOLD_OUT[2]:
        asked["hold_out_from"] = st.date_input("From", key="snapshot-held-from")
    return asked


def _wish(asked: dict[str, Any]) -> Wish:
    filters = Filters(
        whose=LabelChoice(st.session_state.get("export-labels", LabelChoice.GOLD)),
        labels=tuple(asked["labels"]),
        kinds=tuple(asked["kinds"]),
        outlets=tuple(asked["outlets"]),
        sources=tuple(asked["sources"]),
        published_from=_iso(asked["published_from"]),
        published_to=_iso(asked["published_to"]),
        min_annotations=asked["min_annotations"],
    )
    plan = Plan(
        shares=dict(zip(Split, asked["shares"], strict=True)),
        seed=asked["seed"],
        hold_out_outlets=tuple(asked.get("hold_out_outlets", ())),
        hold_out_from=_iso(asked.get("hold_out_from")),
    )
    return Wish(filters=filters, plan=plan if asked["is_split"] else None, note=asked["note"])


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _told(run: snapshot_run.Run, plan: ExportPlan) -> None:
    if run.error:
        st.text(run.error)
        return
    if run.is_kept:
        holds = f"Snapshot {run.number} holds {count(run.n_sentences, 'sentence')}."
        st.text(f"{holds} Choose it under State, above, to look at it and download it.")
        return
    st.subheader(f"It would hold {count(run.n_sentences, 'sentence')}", anchor=False)
    came_to(run.results, plan)
