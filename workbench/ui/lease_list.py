"""Leases that are out: who holds what, what is stuck of it, and freeing it."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from workbench.services import holders, leases
from workbench.services.holders import HolderLine, HoldState
from workbench.services.leasing import HELD_AT_ONCE
from workbench.services.permissions import Actor
from workbench.ui import choosing, queue_form
from workbench.ui.context import now, read_session
from workbench.ui.imported import count
from workbench.ui.once import once
from workbench.ui.queue_acts import act, say
from workbench.ui.times import ago

WIDTH = 760
NOT_LEASED = (
    "Everybody sees every sentence of this project, so none is held for anybody until you say how "
    "many reviewers a sentence needs."
)
NOBODY = (
    f"Nobody holds a sentence at present. Whoever labels has {HELD_AT_ONCE} sentences in the "
    "browser; these are leased to them, stand here, and come free when they are done, when the "
    "page is closed, or when the lease runs out."
)


def section(actor: Actor, slug: str, *, is_leased: bool) -> None:
    """Every lease by reviewer and article, what is stuck first."""
    if not is_leased:
        st.text(NOT_LEASED)
        queue_form.way_to("Say how many", key="leases-settings")
        return
    search = str(st.session_state.get(f"leases-search-{slug}", ""))
    with read_session() as session:
        at = now(session)
        found = holders.listed(session, actor=actor, slug=slug, now=at, search=search)
    if not found and not search:
        st.text(NOBODY)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="lease-ways"):
        st.text_input(
            "Search by reviewer or article", key=f"leases-search-{slug}", type="search", width=360
        )
        st.button("Look again", key=f"leases-again-{slug}")
        _release_over(slug, found)
    if not found:
        st.text("No reviewer and no article has all of these words. Clear the search.")
        return
    chosen = _table(slug, found, at)
    if chosen is None:
        st.text("Choose a row to see its sentences and to release them.")
    else:
        _panel(actor, slug, chosen, at)


def _release_over(slug: str, found: Sequence[HolderLine]) -> None:
    n = sum(line.n_sentences for line in found if line.state is HoldState.OVER)
    if n:
        st.button(
            "Release all that ran out",
            key=f"leases-over-{slug}",
            on_click=once(_over),
            args=(slug,),
        )


def _table(slug: str, found: Sequence[HolderLine], at: datetime) -> HolderLine | None:
    n = sum(line.n_sentences for line in found)
    n_stuck = sum(line.n_sentences for line in found if line.is_stuck)
    n_people = len({line.reviewer for line in found})
    stuck = "all at work" if not n_stuck else "all stuck" if n_stuck == n else f"{n_stuck} stuck"
    st.text(f"{count(n, 'sentence')} with {count(n_people, 'reviewer')}, {stuck}.")
    row = choosing.one(
        {
            "State": [str(line.state) for line in found],
            "Reviewer": [line.name for line in found],
            "Article": [line.title for line in found],
            "Sentences": [line.n_sentences for line in found],
            "Given out": [ago(line.since, now=at) for line in found],
            "Last at work": [ago(line.active_at, now=at) for line in found],
            "Theirs until": [_until(line, at) for line in found],
        },
        key=f"leases-{slug}",
        ids=[f"{line.reviewer} {line.article}" for line in found],
        mode=choosing.ROW,
        hide_index=True,
        placeholder="–",
        alt="Leases that are out, by reviewer and article",
        column_config={"Article": st.column_config.TextColumn(width="medium")},
    )
    return None if row is None else found[row]


def _until(line: HolderLine, at: datetime) -> str:
    if line.state is HoldState.OVER:
        return f"ran out {ago(line.until, now=at)}"
    return f"in {count(max(1, round((line.until - at).total_seconds() / 60)), 'minute')}"


def _panel(actor: Actor, slug: str, line: HolderLine, at: datetime) -> None:
    """The sentences of a line, and the ways to free them."""
    with read_session() as session:
        given = {"reviewer": line.reviewer, "article": line.article}
        found = holders.sentences(session, actor=actor, slug=slug, **given)
    with st.container(border=True, width=WIDTH, key="lease-panel"):
        st.text(f"{line.name}, {line.title}")
        st.text(
            "What is released goes to whoever asks next. They may still answer it while nobody "
            "else has it; an answer that comes too late stays on their device and says so."
        )
        table = f"lease-{slug}-{line.reviewer}-{line.article}"
        rows = choosing.table(
            {
                "Sentence": [each.text for each in found],
                "Given out": [ago(each.since, now=at) for each in found],
            },
            key=table,
            ids=[each.id for each in found],
            mode=choosing.ROWS,
            hide_index=True,
            alt="The sentences that they hold of this article",
            column_config={"Sentence": st.column_config.TextColumn(width="large")},
        )
        every = [each.id for each in found]
        which = f"{slug}-{line.reviewer}-{line.article}"  # not those of the row chosen after it
        with st.container(horizontal=True):
            st.button(
                _words(len(rows) or len(every), is_some=bool(rows)),
                key=f"release-{which}",
                on_click=once(_release_chosen),
                args=(slug, line, table, every),
            )
            st.button(
                "Release all they hold",
                key=f"release-all-{which}",
                on_click=once(_release),
                args=(slug, line, ()),
            )


def _words(n: int, *, is_some: bool) -> str:
    if is_some:
        return f"Release the chosen {n}"
    return "Release this sentence" if n == 1 else f"Release these {n} sentences"


def _release_chosen(slug: str, line: HolderLine, table: str, every: Sequence[str]) -> None:
    _release(slug, line, choosing.chosen(table) or every)


def _release(slug: str, line: HolderLine, sentences: Sequence[str]) -> None:
    n = act(leases.release, slug, reviewer=line.reviewer, sentences=sentences)
    if n is not None:
        say(f"Released {count(n, 'sentence')} that {line.name} held. Others can get them now.")


def _over(slug: str) -> None:
    n = act(holders.release_over, slug)
    if n is not None:
        say(f"Released {count(n, 'sentence')} whose lease had run out. Others can get them now.")
