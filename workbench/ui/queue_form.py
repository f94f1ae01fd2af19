"""The settings of the queue as fields, and what they would mean before they are saved."""

from dataclasses import astuple, replace
from datetime import datetime

import streamlit as st

from workbench.services import queue_plans, queue_settings, recounting
from workbench.services.permissions import Actor
from workbench.services.queue_plans import QueueChange
from workbench.services.queue_settings import (
    LONGEST_LEASE,
    MOST_REVIEWERS,
    ORDERS,
    QueueSettings,
)
from workbench.ui import queue_words, recount_run
from workbench.ui.context import now, read_session
from workbench.ui.imported import notice
from workbench.ui.queue_acts import act, say
from workbench.ui.queue_words import EVERYBODY
from workbench.ui.times import ago

WIDTH, PLAN_WIDTH = 340, 540  # side by side from a tablet on
SIDE = "queue-side"
"""Which side of the queue is shown."""
NEEDS = [EVERYBODY, *map(str, range(1, MOST_REVIEWERS + 1))]


def form(actor: Actor, slug: str, in_force: QueueSettings) -> None:
    """The fields, their meaning in numbers beside them, the button, and the change before."""
    above = st.container(key="queue-recount", gap="small")
    sides = st.container(horizontal=True, gap="medium", key="queue-settings")
    with sides.container(width=WIDTH, key="queue-fields"):
        wished = _fields(slug, in_force)
    with read_session() as session:
        plan = queue_plans.plan(session, actor=actor, slug=slug, settings=wished)
        last = queue_plans.last_change(session, actor=actor, slug=slug)
        under_way = recounting.progress(session, actor=actor, slug=slug)
        at = now(session)
    is_same = wished == in_force
    with sides.container(width=PLAN_WIDTH, key="queue-meaning"):
        with st.container(border=True, key="queue-plan"):
            st.header("What the settings mean" if is_same else "What that would mean", anchor=False)
            for words in (queue_words.summary(plan), queue_words.time(plan)):
                if words:
                    st.text(words)
            _numbers(plan)
            for words in queue_words.consequences(plan, in_force=in_force):
                st.text(words)
            asked = st.button(
                "Save the settings",
                type="primary",
                disabled=is_same,
                key=f"queue-save-{_name(slug, in_force)}",
            )
            if asked:
                _save(slug, wished)
        if last is not None:
            _before(slug, last, at)
    if under_way is not None:
        with above:
            recount_run.told(under_way)
            recount_run.watch(actor, slug)


def way_to(words: str, *, key: str) -> None:
    """A button that leads to the settings from another side of the page."""
    st.button(words, key=key, type="primary", on_click=_to_settings)


def _to_settings() -> None:
    st.session_state[SIDE] = "Settings"


def _name(slug: str, in_force: QueueSettings) -> str:
    """What fields and buttons are called: when somebody else has changed them, others stand there.

    So a click that was meant for what stood there before does nothing.
    """
    return f"{slug}-{'-'.join(map(str, astuple(in_force)))}"


def _fields(slug: str, in_force: QueueSettings) -> QueueSettings:
    """What is filled in; what is in force, until somebody fills in something else."""
    name = _name(slug, in_force)
    needed = st.selectbox(
        "Reviewers a sentence needs",
        NEEDS,
        index=NEEDS.index(str(in_force.overlap or EVERYBODY)),
        key=f"queue-overlap-{name}",
    )
    if needed == EVERYBODY:
        st.text(
            "Each reviewer has a queue of their own with every sentence in it. With a number, "
            "a sentence goes to as many reviewers as it needs, and to no more."
        )
        return replace(in_force, overlap=None)
    share = in_force.overlap_share
    if needed != "1":
        share = st.number_input(
            "For so many percent of the sentences",
            0,
            100,
            in_force.overlap_share,
            5,
            key=f"queue-share-{name}",
            help="Which ones is drawn by the project's seed, and always the same. "
            "The others need one reviewer.",
        )
    order = st.selectbox(
        "Order",
        ORDERS,
        index=ORDERS.index(in_force.order),
        format_func=lambda each: queue_settings.ORDER_NAMES[each].capitalize(),
        key=f"queue-order-{name}",
    )
    minutes = st.number_input(
        "Minutes that a lease lasts",
        1,
        LONGEST_LEASE,
        in_force.lease_minutes,
        key=f"queue-minutes-{name}",
        help="So long a sentence is kept for whoever holds it and does nothing. Work renews it.",
    )
    return QueueSettings(int(needed), int(share), order, int(minutes))


def _numbers(plan: queue_plans.QueuePlan) -> None:
    with st.expander("What is behind each number"):
        lines = queue_words.behind(plan)
        st.dataframe(
            {
                "What": [what for what, _, _ in lines],
                "Number": [written for _, written, _ in lines],
                "Where it comes from": [told for _, _, told in lines],
            },
            hide_index=True,
            alt="What is wanted, there and left, and where each number comes from",
            column_config={
                "What": st.column_config.TextColumn(width="small"),
                "Number": st.column_config.TextColumn(width="small", alignment="right"),
                "Where it comes from": st.column_config.TextColumn(width="large"),
            },
        )


def _before(slug: str, last: QueueChange, at: datetime) -> None:
    """The change that led here, and the way back."""
    with st.container(key="queue-before"):
        words = f"Changed {ago(last.at, now=at)} by {last.by}."
        notice(f"{words} Before: {queue_settings.in_words(last.old)}.")
        if st.button("Set it back", key=f"queue-back-{slug}-{last.at.isoformat()}"):
            _save(slug, last.old)


def _save(slug: str, settings: QueueSettings) -> None:
    if act(queue_settings.change, slug, settings=settings):  # what is not yet in force tells so
        say(f"In force: {queue_settings.in_words(settings)}.")
    st.rerun()
