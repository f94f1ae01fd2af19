"""The list of articles: search, order, and a page of rows that open."""

from collections.abc import Sequence

import streamlit as st

from workbench.components.article_list import RowData, article_list
from workbench.services.articles import ORDERS, PER_PAGE, ArticleLine, ArticleList
from workbench.ui.imported import count, day

SEARCH, ORDER, PAGE = "articles-search", "articles-order", "articles-page"
ORDER_NAMES = {
    "newest": "Newest import first",
    "oldest": "Oldest import first",
    "title": "By title",
    "outlet": "By outlet",
    "published": "By date, newest first",
}


def asked() -> tuple[str, str, int]:
    """The words searched for, the order and the page, as chosen before."""
    state = st.session_state
    return state.get(SEARCH, ""), state.get(ORDER, ORDERS[0]), int(state.get(PAGE, 1))


def choices() -> None:
    """Where to search and to choose the order; both are kept while an article is open."""
    with st.container(key="article-choices", horizontal=True):
        st.text_input(
            "Search",
            key=SEARCH,
            type="search",
            placeholder="Title, outlet, author, date or file",
            on_change=_from_the_first_page,
            live=True,
            persist_state="session",
        )
        st.selectbox(
            "Order",
            ORDERS,
            format_func=ORDER_NAMES.__getitem__,
            key=ORDER,
            on_change=_from_the_first_page,
            persist_state="session",
            width=220,
        )


def _from_the_first_page() -> None:
    st.session_state[PAGE] = 1


def summary(found: ArticleList, *, page: int, search: str) -> str:
    """How many there are, and which of them are on this page."""
    if search and not found.total:
        return "No article has all of these words in its title, outlet, author, date or file."
    words = count(found.total, "article")
    words += " found." if search else "."
    if found.total > PER_PAGE:
        first = (page - 1) * PER_PAGE + 1
        words += f" Here: {first} to {first + len(found.rows) - 1}."
    return words


def table(rows: Sequence[ArticleLine], *, key: str) -> None:
    """The rows; choosing one opens its article."""
    opened = article_list([_row(row) for row in rows], key=key)
    if opened is not None:
        st.query_params["article"] = opened
        st.rerun()


def _row(row: ArticleLine) -> RowData:
    return {
        "id": row.public_id,
        "title": row.title,
        "outlet": row.outlet,
        "published": day(row.published),
        "n_queued": row.n_queued,
        "n_done": row.n_done,
        "noticed": row.problems,
    }


def pages(total: int) -> None:
    """The other pages, where there are some."""
    n_pages = max(1, -(-total // PER_PAGE))
    if n_pages > 1:
        st.pagination(n_pages, key=PAGE, persist_state="session")
