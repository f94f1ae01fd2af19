"""Text that came in with an article, drawn as it is: nothing in it is read as markdown or HTML."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from workbench.ui.written import written

THIN_SPACE = "\u2009"


def number(n: int) -> str:
    """41, 1204, 12 345: grouped from 10,000 on."""
    return str(n) if n < 10_000 else f"{n:,}".replace(",", THIN_SPACE)


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with the word for what is counted."""
    return f"{number(n)} {one if n == 1 else many or f'{one}s'}"


def day(published: str) -> str:
    """A date in words where it is one, else as it came."""
    try:
        found = date.fromisoformat(published)
    except ValueError:
        return published
    return f"{found.day} {found:%B %Y}"


def title(text: str, *, is_hidden: bool = False) -> None:
    """The title of what is open; hidden, it is there for the page's outline only."""
    hidden = " wb-hidden" if is_hidden else ""
    st.html(f'<h1 class="wb-title{hidden}" dir="auto">{written(text)}</h1>')


def facts(parts: Iterable[str], *, is_quiet: bool = False) -> None:
    """Short facts on one line, the empty ones left out."""
    # The dots between them are drawn; who hears the page gets a comma instead.
    comma = '<span class="wb-hidden">, </span>'
    shown = comma.join(f'<span dir="auto">{written(part)}</span>' for part in parts if part)
    quiet = " wb-quiet" if is_quiet else ""
    if shown:
        st.html(f'<p class="wb-facts{quiet}">{shown}</p>')


def notice(text: str) -> None:
    """Something to know before reading on."""
    st.html(f'<p class="wb-notice">{written(text)}</p>')
