"""A subset that is being made or changed, as it is kept until it is saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from workbench.services.subsets import SubsetView

DRAFT = "subset-draft"
Articles = tuple[str, ...]


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


def of(slug: str) -> Draft:
    """The subset that is being made or changed."""
    found: Draft = st.session_state[f"{DRAFT}-{slug}"]
    return found


def begin(slug: str, view: SubsetView | None = None) -> None:
    """Begin to make a subset, or to change one."""
    reviewers = tuple(public_id for public_id, _ in view.reviewers) if view else ()
    st.session_state[f"{DRAFT}-{slug}"] = (
        Draft(view.id, view.name, view.articles, reviewers) if view else Draft(None, "", (), ())
    )


def close(slug: str) -> None:
    """Forget it; what is stored of it stays."""
    st.session_state.pop(f"{DRAFT}-{slug}", None)


def add(slug: str, draft: Draft, articles: Sequence[str]) -> None:
    """Let the draft have these articles too, each once."""
    _fill(slug, draft, lambda before: tuple(dict.fromkeys([*before, *articles])))


def take_out(slug: str, draft: Draft, articles: Sequence[str]) -> None:
    """Let the draft be without these articles."""
    _fill(slug, draft, lambda before: tuple(each for each in before if each not in articles))


def _fill(slug: str, seen: Draft, change: Callable[[Articles], Articles]) -> None:
    """Change the draft as it is by now; nothing where it was closed since it was on the screen."""
    if not is_open(slug) or of(slug).id != seen.id:
        return
    draft = of(slug)
    articles = change(draft.articles)
    st.session_state[f"{DRAFT}-{slug}"] = replace(draft, articles=articles, n=draft.n + 1)
