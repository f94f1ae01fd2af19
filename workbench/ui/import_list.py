"""The imports of a project: a list with a search, each leading to its report."""

from html import escape

import streamlit as st

from workbench.services import imports
from workbench.services.imports import PER_PAGE, ImportLine
from workbench.services.permissions import Actor
from workbench.ui.address import link
from workbench.ui.context import read_session
from workbench.ui.import_report import when
from workbench.ui.imported import count, number

SEARCH, PAGE = "imports-search", "imports-page"


def earlier(actor: Actor, *, slug: str) -> None:
    """Draw the list; nothing where there was no import yet."""
    search = str(st.session_state.get(SEARCH, ""))
    page = int(st.session_state.get(PAGE, 1))
    with read_session() as session:
        found = imports.listing(session, actor=actor, slug=slug, search=search, page=page)
    if not found.total and not search:
        return
    st.header("Imports so far", anchor=False)
    st.text_input(
        "Search",
        key=SEARCH,
        type="search",
        placeholder="File, reason or who",
        on_change=_from_the_first_page,
        width=420,
    )
    if not found.rows:
        st.text("No import has all of these words in its files, its reasons or its importer.")
        return
    rows = "".join(_row(line) for line in found.rows)
    st.html(
        '<div class="wb-scroll" role="region" aria-label="Imports" tabindex="0">'
        '<table class="wb-table wb-stacked"><thead><tr>'
        '<th scope="col">Import</th><th scope="col">When</th>'
        '<th scope="col">Who</th><th scope="col" class="wb-n">Files</th>'
        '<th scope="col" class="wb-n">Articles added</th>'
        '<th scope="col" class="wb-n">Refused</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
    n_pages = -(-found.total // PER_PAGE)
    if n_pages > 1:
        st.text(f"{count(found.total, 'import')}.")
        st.pagination(n_pages, key=PAGE)


def _from_the_first_page() -> None:
    st.session_state[PAGE] = 1


def _row(line: ImportLine) -> str:
    sums = line.sums
    report = escape(link("/import", **{"import": str(line.number)}))
    return (
        f'<tr><td><a href="{report}" target="_self">'
        f"Import {line.number}</a></td>"
        f'<td class="wb-when">{escape(", ".join(when(line)))}</td>'
        f'<td class="wb-who" dir="auto">{escape(line.by)}</td>'
        f'<td class="wb-n" data-label="Files">{number(sums.n_files)}</td>'
        f'<td class="wb-n" data-label="Added">{number(sums.n_added)}</td>'
        f'<td class="wb-n" data-label="Refused">{number(sums.n_refused + sums.n_faults)}</td></tr>'
    )
