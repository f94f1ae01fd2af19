"""The articles of a subset that is being made or changed: taken out, found and added."""

from collections.abc import Collection, Sequence

import streamlit as st

from workbench.services import subset_views
from workbench.services.permissions import Actor
from workbench.services.subset_views import MOST_SHOWN, Choice, Wanted
from workbench.ui import choosing, subset_draft
from workbench.ui.context import read_session
from workbench.ui.imported import count
from workbench.ui.subset_draft import Draft

WIDTH = 960


def chosen(slug: str, draft: Draft, lines: Sequence[Choice]) -> None:
    """What is in it so far, and the way out of it."""
    n = sum(each.n_sentences for each in lines)
    st.header("Articles in it", anchor=False)
    if not lines:
        st.text("None yet. Find some below and add them.")
        return
    st.text(f"{count(len(lines), 'article')}, {count(n, 'sentence')}.")
    key = f"subset-chosen-{draft.id}-{draft.n}"
    rows = _rows(key, lines, alt="Articles in the subset")
    st.button(
        f"Take out the chosen {len(rows)}" if rows else "Take out the chosen",
        disabled=not rows,
        key=f"subset-out-{slug}-{draft.id}-{draft.n}",
        on_click=_take_out,
        args=(slug, draft, key),
    )


def find(actor: Actor, slug: str, draft: Draft) -> None:
    """Articles of the project by words, outlet and day; added one by one or all at once."""
    st.header("Find articles", anchor=False)
    with read_session() as session:
        outlets = subset_views.outlets(session, actor=actor, slug=slug)
    wanted = _wanted(slug, outlets)
    with read_session() as session:
        found, total = subset_views.choices(session, actor=actor, slug=slug, wanted=wanted)
        free = subset_views.all_free(
            session, actor=actor, slug=slug, wanted=wanted, subset=draft.id
        )
    if not found:
        st.text("No article is so. Clear the search, the outlets or the days.")
        return
    more = f" Here are the first {MOST_SHOWN}." if total > len(found) else ""
    st.text(f"{count(total, 'article')} found.{more}")
    key = f"subset-found-{draft.id}-{draft.n}"
    rows = _rows(key, found, in_it=draft.articles, alt="Articles to choose from")
    taken = {each.public_id for each in found if each.subset and each.subset != draft.name}
    picked = [found[row].public_id for row in rows if found[row].public_id not in taken]
    every = [each for each in free if each not in draft.articles]
    if len(picked) < len(rows):
        st.text("What is in another subset stays there: take it out of that one first.")
    with st.container(horizontal=True):
        st.button(
            f"Add the chosen {len(picked)}" if picked else "Add the chosen",
            disabled=not picked,
            key=f"subset-add-{slug}-{draft.id}-{draft.n}",
            on_click=_add,
            args=(slug, draft, key, taken),
        )
        st.button(
            f"Add all {len(every)} that are free",
            disabled=not every,
            key=f"subset-add-all-{slug}-{draft.id}",
            on_click=subset_draft.add,
            args=(slug, draft, every),
        )


def _take_out(slug: str, draft: Draft, table: str) -> None:
    subset_draft.take_out(slug, draft, choosing.chosen(table))


def _add(slug: str, draft: Draft, table: str, taken: Collection[str]) -> None:
    picked = [each for each in choosing.chosen(table) if each not in taken]
    subset_draft.add(slug, draft, picked)


def _wanted(slug: str, outlets: Sequence[str]) -> Wanted:
    with st.container(
        horizontal=True, vertical_alignment="bottom", width=WIDTH, key="subset-search"
    ):
        search = st.text_input(
            "Search", key=f"subset-words-{slug}", type="search", placeholder="Title, author or file"
        )
        some = st.multiselect(
            "Outlets", outlets, key=f"subset-outlets-{slug}", placeholder="Any outlet"
        )
        since = st.date_input(
            "From", None, key=f"subset-since-{slug}", format="YYYY-MM-DD", width=150
        )
        until = st.date_input(
            "To", None, key=f"subset-until-{slug}", format="YYYY-MM-DD", width=150
        )
    return Wanted(search or "", tuple(some), since, until)


def _rows(
    key: str, lines: Sequence[Choice], *, alt: str, in_it: Sequence[str] | None = None
) -> list[int]:
    columns: dict[str, Sequence[object]] = {
        "Title": [each.title for each in lines],
        "Outlet": [each.outlet or None for each in lines],
        "Date": [each.published or None for each in lines],
        "Sentences": [each.n_sentences for each in lines],
    }
    if in_it is not None:
        columns["Subset"] = [
            "this one" if each.public_id in in_it else each.subset or None for each in lines
        ]
    return choosing.table(
        columns,
        key=key,
        ids=[each.public_id for each in lines],
        mode=choosing.ROWS,
        hide_index=True,
        placeholder="–",
        alt=alt,
        width=WIDTH,
        column_config={"Title": st.column_config.TextColumn(width="large")},
    )
