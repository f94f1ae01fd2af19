"""Sentences that nobody is left for, with why, and the ways out."""

from collections.abc import Sequence

import streamlit as st

from workbench.services import articles, out_of_reach
from workbench.services.out_of_reach import MOST_SHOWN, OutOfReach, UnreachedLine
from workbench.services.permissions import Actor
from workbench.text.kinds import QUEUED_KINDS, Kind
from workbench.ui import choosing, queue_form
from workbench.ui.context import read_session
from workbench.ui.imported import count, number
from workbench.ui.once import once
from workbench.ui.own_list import address
from workbench.ui.queue_acts import act, say
from workbench.ui.ways import way

WIDTH = 760
OTHER_KINDS = [str(kind) for kind in Kind if kind not in QUEUED_KINDS]
NOT_LEASED = (
    "Everybody sees every sentence of this project. Where sentences need a number of reviewers, "
    "those that nobody is left for stand here, with why."
)
NONE = (
    "Every sentence that needs a reviewer has somebody left who can get it. What everybody has "
    "skipped comes here, with the reasons."
)


def section(actor: Actor, slug: str) -> None:
    """The list, what was skipped first; a row opens what can be done."""
    with read_session() as session:
        found = out_of_reach.found(session, actor=actor, slug=slug)
    if not found.is_leased:
        st.text(NOT_LEASED)
        queue_form.way_to("Say how many", key="unreached-settings")
        return
    if not found.total:
        st.text(NONE)
        return
    st.text("\n".join(summary(found)))
    chosen = _table(slug, found.lines)
    if chosen is None:
        st.text("Choose a row to see what can be done.")
    else:
        _panel(slug, chosen)


def summary(found: OutOfReach) -> list[str]:
    """How many there are, of which sort, and how many are shown."""
    needing = "sentence needs", "sentences need"
    told = [f"{count(found.total, *needing)} more reviewers, and nobody is left who can get them."]
    if found.n_skipped:
        told.append(f"Skipped by somebody: {number(found.n_skipped)}.")
    if others := found.total - found.n_skipped:
        people = count(found.n_people, "person labels", "people label")
        told.append(f"Needing more people than there are: {number(others)}; {people} here.")
    if found.total > len(found.lines):
        told.append(f"Here are the first {MOST_SHOWN}, skipped ones before the others.")
    return told


def _table(slug: str, lines: Sequence[UnreachedLine]) -> UnreachedLine | None:
    row = choosing.one(
        {
            "Sentence": [line.text for line in lines],
            "Skipped by": [reasons(line) for line in lines],
            "Labelled": [f"{line.n_labelled} of {line.n_wanted}" for line in lines],
            "Article": [line.title for line in lines],
            "Subset": [line.subset or None for line in lines],
        },
        key=f"unreached-{slug}",
        ids=[line.id for line in lines],
        mode=choosing.ROW,
        hide_index=True,
        placeholder="–",
        alt="Sentences that nobody is left for",
        column_config={
            "Sentence": st.column_config.TextColumn(width="large"),
            "Skipped by": st.column_config.TextColumn(width="medium"),
        },
    )
    return None if row is None else lines[row]


def reasons(line: UnreachedLine) -> str | None:
    """Who skipped it, and why; None where nobody did."""
    told = [f"{name}: {why.replace('_', ' ')}" if why else name for name, why in line.skipped]
    return "; ".join(told) or None


def _panel(slug: str, line: UnreachedLine) -> None:
    with st.container(border=True, width=WIDTH, key="unreached-panel"):
        st.text(line.text)
        told = reasons(line)
        st.text(f"Skipped by {told}." if told else "Nobody skipped it.")
        if line.subset:
            st.text(f"It is in the subset {line.subset}: give that to somebody else too.")
        else:
            st.text("Decide it yourself, or bring in somebody who has not had it.")
        with st.container(horizontal=True):
            st.link_button("Open it in Annotate", address(slug, line.id))
            way("Invite somebody", "people", key="unreached-invite", kind="secondary")
        st.text("If it is no sentence to be labelled, take it out of the queue.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                f"It is {line.kind} now; make it",
                OTHER_KINDS,
                index=OTHER_KINDS.index(str(Kind.BOILERPLATE)),
                key=f"unreached-kind-{line.id}",
                width=220,
            )
            st.button(
                "Take it out of the queue",
                key=f"unreached-out-{line.id}",
                on_click=once(_take_out),
                args=(slug, line),
            )
        st.text("Left as it is, it is exported with the labels that it has.")


def _take_out(slug: str, line: UnreachedLine) -> None:
    kind = str(st.session_state[f"unreached-kind-{line.id}"])  # as it is at the click
    given = {"sentence": line.id, "kind": kind, "queued": False}
    if act(articles.set_kind, slug, **given) is not None:
        say(f"It is {kind} now and out of the queue. The article's page takes that back.")
