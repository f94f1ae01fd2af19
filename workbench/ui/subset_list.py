"""Subsets: which there are and how far each is; made, changed, removed, and made again."""

from collections.abc import Sequence

import streamlit as st

from workbench.services import subset_views, subsets
from workbench.services.permissions import Actor
from workbench.services.subset_views import SubsetLine
from workbench.services.subsets import SubsetView
from workbench.ui import choosing, queue_form, subset_draft, subset_editor
from workbench.ui.context import read_session
from workbench.ui.imported import count, notice
from workbench.ui.once import once
from workbench.ui.queue_acts import act, say
from workbench.ui.shares import percent, share_column

WIDTH = 760
MANY = 5
REMOVED = "subset-removed"
WHAT_FOR = (
    "A subset gives articles to named reviewers: these articles to Ada and Ben. Their sentences go "
    "to them before all others, and to nobody else."
)
RESTING = (
    "Everybody sees every sentence of this project, so subsets rest until you say how many "
    "reviewers a sentence needs."
)


def section(actor: Actor, slug: str, *, is_leased: bool) -> None:
    """The list, or the subset that is being made or changed."""
    if subset_draft.is_open(slug):
        subset_editor.editor(actor, slug)
        return
    _removed(slug)
    search = str(st.session_state.get(f"subsets-search-{slug}", ""))
    with read_session() as session:
        lines = subset_views.listed(session, actor=actor, slug=slug, search=search)
    if not is_leased or not (lines or search):
        st.text(WHAT_FOR)
    if not is_leased:
        st.text(RESTING)
        queue_form.way_to("Say how many", key="subsets-settings")
    if not lines and not search:
        if is_leased:
            _make(slug)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="subset-ways"):
        if len(lines) > MANY or search:
            st.text_input(
                "Search by name or reviewer", key=f"subsets-search-{slug}", type="search", width=360
            )
        if is_leased:
            _make(slug)
    if not lines:
        st.text("No subset has all of these words. Clear the search.")
        return
    chosen = _table(slug, lines, is_leased=is_leased)
    if chosen is None:
        st.text("Choose a row to change its articles or reviewers, or to remove it.")
    else:
        _panel(slug, chosen, is_leased=is_leased)


def _make(slug: str) -> None:
    st.button(
        "Make a subset",
        type="primary",
        key=f"subset-make-{slug}",
        on_click=subset_draft.begin,
        args=(slug,),
    )


def _table(slug: str, lines: Sequence[SubsetLine], *, is_leased: bool) -> SubsetLine | None:
    st.text(count(len(lines), "subset"))
    row = choosing.one(
        {
            "Name": [line.view.name for line in lines],
            "Reviewers": [", ".join(name for _, name in line.view.reviewers) for line in lines],
            "Articles": [len(line.view.articles) for line in lines],
            "Sentences": [line.n_sentences if is_leased else None for line in lines],
            "Done": [percent(line.n_there, line.n_wanted) for line in lines],
            "Decisions left": [line.n_left if is_leased else None for line in lines],
            "State": [state(line, is_leased=is_leased) for line in lines],
        },
        key=f"subsets-{slug}",
        ids=[str(line.view.id) for line in lines],
        mode=choosing.ROW,
        hide_index=True,
        placeholder="–",
        alt="Subsets, one a row",
        column_config={"Done": share_column("Of the decisions that its sentences need")},
    )
    return None if row is None else lines[row]


def state(line: SubsetLine, *, is_leased: bool) -> str:
    """How it is with a subset, in a word or two."""
    if not is_leased:
        return "rests"
    if not line.n_left:
        return "done"
    return "nobody left" if line.has_nobody else "open"


def _panel(slug: str, line: SubsetLine, *, is_leased: bool) -> None:
    view = line.view
    with st.container(border=True, width=WIDTH, key="subset-panel"):
        st.text(view.name)
        st.text(
            f"{count(len(view.articles), 'article')} for "
            f"{', '.join(name for _, name in view.reviewers)}."
        )
        if line.absent:
            gone = ", ".join(line.absent)
            st.text(f"Not here any more: {gone}. Give it to somebody else.")
        with st.container(horizontal=True):
            if is_leased:
                st.button(
                    "Change it",
                    key=f"subset-change-{view.id}",
                    on_click=subset_draft.begin,
                    args=(slug, view),
                )
            with st.popover("Remove it"):
                st.text(
                    f"Everybody gets its {count(len(view.articles), 'article')} again. What was "
                    "decided stays. You can make it again right after."
                )
                st.button(
                    "Remove now",
                    key=f"subset-remove-{view.id}",
                    on_click=once(_remove),
                    args=(slug, view),
                )


def _remove(slug: str, view: SubsetView) -> None:
    if act(_removing, slug, subset=view.id):
        st.session_state[f"{REMOVED}-{slug}"] = view


def _removing(*given: object, **named: object) -> bool:
    subsets.remove(*given, **named)  # type: ignore[arg-type]
    return True


def _removed(slug: str) -> None:
    """Say what was removed, with the way back, until the page is left."""
    view: SubsetView | None = st.session_state.get(f"{REMOVED}-{slug}")
    if view is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="subset-removed"):
        with st.container(width="content"):
            notice(f"The subset {view.name} is removed. Everybody gets its articles again.")
        st.button(
            "Make it again",
            key=f"subset-again-{slug}-{view.id}",
            on_click=once(_again),
            args=(slug, view),
        )


def _again(slug: str, view: SubsetView) -> None:
    given = {"name": view.name, "articles": view.articles}
    reviewers = [public_id for public_id, _ in view.reviewers]
    if act(subsets.make, slug, **given, reviewers=reviewers) is not None:
        st.session_state.pop(f"{REMOVED}-{slug}", None)
        say(f"The subset {view.name} is there again.")
