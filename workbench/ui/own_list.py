"""One's own labels as lists: all of them with search and filters, and those to look at again."""

from typing import TypedDict
from urllib.parse import urlencode

import streamlit as st

from workbench.services import stale_labels
from workbench.services.own_labels import PER_PAGE, OwnLabel, OwnLabels, Show
from workbench.services.projects import Rules
from workbench.services.stale_labels import StaleList
from workbench.ui import choosing
from workbench.ui.imported import count, number

WIDTH = 760


class Asked(TypedDict):
    """What is looked for, as the service takes it."""

    search: str
    label: str
    show: Show
    page: int


def address(slug: str, sentence: str) -> str:
    """Where a sentence is labelled."""
    return f"/?{urlencode({'project': slug, 'sentence': sentence})}"


def choices(slug: str, rules: Rules) -> Asked:
    """Where to search and to filter."""
    names = {"": "any", **{label.key: label.name for label in rules.labels}}
    page_key = f"own-page-{slug}"

    def from_the_first_page() -> None:
        st.session_state[page_key] = 1

    with st.container(horizontal=True, key="own-choices"):
        search = st.text_input(
            "Search the sentences",
            key=f"own-search-{slug}",
            type="search",
            on_change=from_the_first_page,
            persist_state="session",
        )
        label = st.selectbox(
            "Label",
            names,
            format_func=names.__getitem__,
            key=f"own-label-{slug}",
            on_change=from_the_first_page,
            width=180,
        )
        show = st.selectbox(
            "Show",
            list(Show),
            key=f"own-show-{slug}",
            on_change=from_the_first_page,
            width=180,
        )
    page = int(st.session_state.get(page_key, 1))
    return {"search": search or "", "label": label or "", "show": show or Show.ALL, "page": page}


def table(slug: str, found: OwnLabels, asked: Asked) -> OwnLabel | None:
    """One page of the list; a click on a row chooses it."""
    if not found.total:
        st.text("None of your labels is so. Clear the search or show others.")
        return None
    words = f"{count(found.total, 'decision')}, the newest first."
    if found.total > PER_PAGE:
        first = (asked["page"] - 1) * PER_PAGE + 1
        words += f" Here: {number(first)} to {number(first + len(found.rows) - 1)}."
    st.text(words)
    picked = choosing.one(
        {
            "Your answer": [in_words(row) for row in found.rows],
            "Sentence": [row.text for row in found.rows],
            "Decided": [row.decided_at for row in found.rows],
            "Article": [row.title for row in found.rows],
            "Note": [row.comment or ("flagged" if row.is_flagged else "") for row in found.rows],
        },
        key=f"own-{slug}",
        ids=[row.sentence for row in found.rows],
        mode=choosing.ROW,
        hide_index=True,
        placeholder="–",
        alt="Your labels, one a row",
        column_config={
            "Your answer": st.column_config.TextColumn(width=140),
            "Sentence": st.column_config.TextColumn(width="large"),
            "Decided": st.column_config.DatetimeColumn(format="distance"),
        },
    )
    if found.total > PER_PAGE:
        st.pagination(-(-found.total // PER_PAGE), key=f"own-page-{slug}")
    return None if picked is None else found.rows[picked]


def in_words(row: OwnLabel) -> str:
    """What was answered: labels, none, or why it was skipped."""
    if row.status == "skipped":
        return f"skipped: {(row.skip_reason or '').replace('_', ' ')}"
    return ", ".join(row.labels) or "none"


def stale_page(slug: str) -> int:
    """Which page of those to look at again is shown."""
    return int(st.session_state.get(f"stale-page-{slug}", 1))


def stale(slug: str, found: StaleList) -> None:
    """What was given under labels that have changed since, each with the way to give it again."""
    st.text(
        "The labels have changed since you gave these. What you gave is kept; say of each whether "
        "it still holds. Saving it again, changed or not, takes it off this list."
    )
    if found.total > 1:
        words = "Look at them one after the other"
        st.link_button(words, f"/?{urlencode({'project': slug, 'again': 1})}", type="primary")
    for row in found.rows:
        with st.container(border=True, key=f"stale-{row.sentence}", gap="small", width=WIDTH):
            st.text(row.text)
            st.text(f"You gave: {', '.join(row.labels)}. {'; '.join(row.why)}.")
            st.link_button("Look at it again", address(slug, row.sentence))
    if found.total > stale_labels.PER_PAGE:
        st.pagination(-(-found.total // stale_labels.PER_PAGE), key=f"stale-page-{slug}")
