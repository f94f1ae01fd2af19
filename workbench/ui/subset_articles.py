"""The articles of a subset that is being made or changed: taken out, found and added."""

from collections.abc import Sequence

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
    rows = _rows(f"subset-chosen-{draft.id}-{draft.n}", lines, alt="Articles in the subset")
    out = [lines[row].public_id for row in rows]
    st.button(
        f"Take out the chosen {len(out)}" if out else "Take out the chosen",
        disabled=not out,
        key=f"subset-out-{slug}",
        on_click=subset_draft.fill,
        args=(slug, draft, [each for each in draft.articles if each not in out]),
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
            key=f"subset-add-{slug}",
            on_click=subset_draft.fill,
            args=(slug, draft, [*draft.articles, *picked]),
        )
        st.button(
            f"Add all {len(every)} that are free",
            disabled=not every,
            key=f"subset-add-all-{slug}",
            on_click=subset_draft.fill,
            args=(slug, draft, [*draft.articles, *every]),
        )


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
