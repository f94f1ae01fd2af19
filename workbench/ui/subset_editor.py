"""A subset that is being made or changed: its name, its reviewers, and its articles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from workbench.services import subset_views, subsets
from workbench.services.permissions import Actor
from workbench.services.subset_views import MOST_SHOWN, Choice, Wanted
from workbench.services.subsets import LONGEST_NAME, SubsetView
from workbench.ui.context import read_session
from workbench.ui.imported import count
from workbench.ui.queue_acts import act, say

DRAFT = "subset-draft"
WIDTH = 960


@dataclass(frozen=True, slots=True)
class Draft:
    """A subset before it is stored; `id` is None for a new one.

    `articles` are public ids; `n` counts the changes, so that tables begin anew after each.
    """

    id: int | None
    name: str
    articles: tuple[str, ...]
    reviewers: tuple[str, ...]
    n: int = 0


def is_open(slug: str) -> bool:
    """Whether a subset is being made or changed."""
    return f"{DRAFT}-{slug}" in st.session_state


def begin(slug: str, view: SubsetView | None = None) -> None:
    """Begin to make a subset, or to change one."""
    reviewers = tuple(public_id for public_id, _ in view.reviewers) if view else ()
    st.session_state[f"{DRAFT}-{slug}"] = (
        Draft(view.id, view.name, view.articles, reviewers) if view else Draft(None, "", (), ())
    )


def _close(slug: str) -> None:
    st.session_state.pop(f"{DRAFT}-{slug}", None)


def editor(actor: Actor, slug: str) -> None:
    """Everything of a subset on one screen; nothing is stored before it is saved."""
    draft: Draft = st.session_state[f"{DRAFT}-{slug}"]
    with read_session() as session:
        people = subset_views.people(session, actor=actor, slug=slug)
        chosen = subset_views.named(session, actor=actor, slug=slug, articles=draft.articles)
    st.header("Change a subset" if draft.id else "Make a subset", anchor=False)
    name, reviewers = _heading(draft, people)
    _chosen(slug, draft, chosen)
    _find(actor, slug, draft)
    with st.container(horizontal=True, key="subset-save"):
        st.button(
            "Save the subset",
            type="primary",
            key=f"subset-save-{slug}",
            on_click=_save,
            args=(slug, draft, name, reviewers),
        )
        st.button("Close without saving", key=f"subset-close-{slug}", on_click=_close, args=(slug,))


def _heading(draft: Draft, people: dict[str, str]) -> tuple[str, Sequence[str]]:
    with st.container(width=WIDTH, horizontal=True):
        name = st.text_input(
            "Name",
            draft.name,
            max_chars=LONGEST_NAME,
            key=f"subset-name-{draft.id}",
            placeholder="Harbour stories for Ada and Ben",
            help="Its reviewers read it on their sentences.",
            width=472,
        )
        reviewers = st.multiselect(
            "Reviewers",
            list(people),
            default=[each for each in draft.reviewers if each in people],
            format_func=lambda each: people.get(each, ""),
            key=f"subset-people-{draft.id}",
            placeholder="Choose who gets its sentences",
            width=472,
        )
    return name or "", reviewers


def _chosen(slug: str, draft: Draft, chosen: Sequence[Choice]) -> None:
    """What is in it so far, and the way out of it."""
    n = sum(each.n_sentences for each in chosen)
    st.header("Articles in it", anchor=False)
    if not chosen:
        st.text("None yet. Find some below and add them.")
        return
    st.text(f"{count(len(chosen), 'article')}, {count(n, 'sentence')}.")
    rows = _rows(f"subset-chosen-{draft.id}-{draft.n}", chosen, alt="Articles in the subset")
    out = [chosen[row].public_id for row in rows]
    st.button(
        f"Take out the chosen {len(out)}" if out else "Take out the chosen",
        disabled=not out,
        key=f"subset-out-{slug}",
        on_click=_set,
        args=(slug, draft, [each for each in draft.articles if each not in out]),
    )


def _find(actor: Actor, slug: str, draft: Draft) -> None:
    """Articles of the project by words, outlet and day; added one by one or all at once."""
    st.header("Find articles", anchor=False)
    with read_session() as session:
        outlets = subset_views.outlets(session, actor=actor, slug=slug)
    wanted = _wanted(slug, outlets)
    with read_session() as session:
        found, total = subset_views.choices(session, actor=actor, slug=slug, wanted=wanted)
        free = subset_views.all_free(session, actor=actor, slug=slug, wanted=wanted)
    if not found:
        st.text("No article is so. Clear the search, the outlets or the days.")
        return
    more = f" Here are the first {MOST_SHOWN}." if total > len(found) else ""
    st.text(f"{count(total, 'article')} found.{more}")
    key = "-".join(map(str, (draft.id, draft.n, wanted)))
    rows = _rows(f"subset-found-{key}", found, in_it=draft.articles, alt="Articles to choose from")
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
            on_click=_set,
            args=(slug, draft, [*draft.articles, *picked]),
        )
        st.button(
            f"Add all {len(every)} that are free",
            disabled=not every,
            key=f"subset-add-all-{slug}",
            on_click=_set,
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
    picked: Any = st.dataframe(
        columns,
        key=key,
        hide_index=True,
        placeholder="–",
        on_select="rerun",
        selection_mode="multi-row",
        alt=alt,
        width=WIDTH,
        column_config={"Title": st.column_config.TextColumn(width="large")},
    )
    return [row for row in picked.selection.rows if row < len(lines)]


def _set(slug: str, draft: Draft, articles: Sequence[str]) -> None:
    """Let the draft have these articles, each once."""
    found = tuple(dict.fromkeys(articles))
    st.session_state[f"{DRAFT}-{slug}"] = replace(draft, articles=found, n=draft.n + 1)


def _save(slug: str, draft: Draft, name: str, reviewers: Sequence[str]) -> None:
    given = {"name": name, "articles": draft.articles, "reviewers": reviewers}
    if act(_storing, slug, subset=draft.id, **given):
        _close(slug)
        say(f"The subset {' '.join(name.split())} is saved.")


def _storing(*given: Any, subset: int | None, **named: Any) -> bool:
    if subset is None:
        subsets.make(*given, **named)
    else:
        subsets.change(*given, subset=subset, **named)
    return True
