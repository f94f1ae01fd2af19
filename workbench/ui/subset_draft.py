"""A subset that is being made or changed, as it is kept until it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from workbench.services.subsets import SubsetView

DRAFT = "subset-draft"


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


def fill(slug: str, draft: Draft, articles: Sequence[str]) -> None:
    """Let the draft have these articles, each once."""
    found = tuple(dict.fromkeys(articles))
    st.session_state[f"{DRAFT}-{slug}"] = replace(draft, articles=found, n=draft.n + 1)
