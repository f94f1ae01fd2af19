"""One import: what became of each file and record, the way to fetch it, and undoing it."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.services import import_undoing, imports
from workbench.services.import_logs import Sums
from workbench.services.import_undoing import UndoPlan
from workbench.services.imports import ImportLine, ImportReport, ReportLine
from workbench.services.permissions import Actor
from workbench.ui import address as addresses
from workbench.ui.context import now, open_session, read_session
from workbench.ui.frame import page_head
from workbench.ui.imported import count, day, facts, notice, number
from workbench.ui.ways import way
from workbench.ui.written import written

PER_PAGE = 100
OUTCOMES = ("All lines", "Refused", "Added", "Already there")
ASKED = "import-undo-asked"
SAID = "import-undo-said"


def report(actor: Actor, *, slug: str, wanted: int) -> None:
    """Draw one import.

    Raises:
        NotFoundError: There is no such import, or it is not the actor's to see.
    """
    with read_session() as session:
        found = imports.report(session, actor=actor, slug=slug, number=wanted)
        plan = import_undoing.plan(session, actor=actor, slug=slug, number=wanted)
    if st.button("All imports", icon=":material/arrow_back:", key="import-back"):
        addresses.show()
        st.rerun()
    head = page_head(f"Import {wanted}")
    way("Go to articles", "articles", key="import-to-articles", within=head)
    facts([*when(found.line), f"by {found.line.by}"])
    st.text(in_words(found.line.sums))
    said = st.session_state.pop(SAID, "")
    if said:
        notice(said)
    _undo(actor, slug=slug, wanted=wanted, plan=plan)
    _lines(found, slug=slug, wanted=wanted)


def when(line: ImportLine) -> list[str]:
    """When an import was, and whether it is over or undone."""
    parts = [f"{day(line.started_at.date().isoformat())}, {line.started_at:%H:%M} UTC"]
    if line.undone_at is not None:
        parts.append(f"undone on {day(line.undone_at.date().isoformat())}")
    elif line.finished_at is None:
        parts.append("not finished")
    return parts


def in_words(sums: Sums) -> str:
    """What became of the files, counted."""
    parts = [f"{count(sums.n_added, 'article')} added"]
    if sums.n_already:
        parts.append(f"{number(sums.n_already)} already there")
    if sums.n_refused:
        parts.append(f"{count(sums.n_refused, 'file')} refused")
    if sums.n_faults:
        parts.append(f"{count(sums.n_faults, 'record')} of other files refused")
    words = f"{', '.join(parts)}. {count(sums.n_queued, 'sentence')} came into the queue."
    if sums.n_set_aside:
        words += (
            f" {count(sums.n_set_aside, 'line')} that several articles of a source carry "
            f"{'was' if sums.n_set_aside == 1 else 'were'} set aside then."
        )
    if sums.stopped:
        n_left = (sums.n_asked or sums.n_files) - sums.n_files
        words += f" {sums.stopped} {count(n_left, 'file')} left out."
    return words


def _undo(actor: Actor, *, slug: str, wanted: int, plan: UndoPlan) -> None:
    if plan.reason:
        facts([plan.reason], is_quiet=True)
        return
    if st.session_state.get(ASKED) != wanted:
        if st.button("Undo this import", key=f"import-undo-{wanted}"):
            st.session_state[ASKED] = wanted
            st.rerun()
        return
    words = (
        f"This takes {count(plan.n_articles, 'article')} out, with "
        f"{count(plan.n_sentences, 'segment')}, {number(plan.n_queued)} of them in the queue. "
    )
    if plan.n_older:
        words += f"{count(plan.n_older, 'article')} that they replaced come back into the queue. "
    with st.container(key="import-undo-asks", border=True):
        st.text(f"{words}Nobody has worked on them. The files can be imported again.")
        with st.container(horizontal=True):
            is_sure = st.button(
                f"Undo import {wanted}", type="primary", key=f"import-undo-sure-{wanted}"
            )
            is_kept = st.button("Keep it", key=f"import-undo-not-{wanted}")
    if is_kept:
        st.session_state.pop(ASKED)
        st.rerun()
    if is_sure:
        st.session_state.pop(ASKED)
        st.session_state[SAID] = _undone(actor, slug=slug, wanted=wanted)
        st.rerun()


def _undone(actor: Actor, *, slug: str, wanted: int) -> str:
    try:
        with open_session() as session:
            gone = import_undoing.undo(
                session, actor=actor, slug=slug, number=wanted, now=now(session)
            )
    except WorkbenchError as error:
        return str(error)
    return f"{count(gone.n_articles, 'article')} taken out."


def _lines(found: ImportReport, *, slug: str, wanted: int) -> None:
    st.header("Report", anchor=False)
    with st.container(key="import-report-choices", horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "Search", key=f"import-report-search-{wanted}", placeholder="File, place or reason"
        )
        outcome = st.selectbox(
            "Outcome", OUTCOMES, key=f"import-report-outcome-{wanted}", width=180
        )
        address = f"/imports/{quote(slug)}/{wanted}"
        st.link_button("CSV", f"{address}.csv", help="The whole report as a table.")
        st.link_button("JSONL", f"{address}.jsonl", help="The whole report, a JSON object a line.")
    lines = matching(found.lines, search=search, outcome=outcome)
    n_pages = max(1, -(-len(lines) // PER_PAGE))
    page = int(st.session_state.get(f"import-report-page-{wanted}", 1)) if n_pages > 1 else 1
    first = (min(page, n_pages) - 1) * PER_PAGE
    words = count(len(lines), "line")
    st.text(f"{words}." if n_pages == 1 else f"{words}, from {first + 1} here.")
    if lines:
        table(lines[first : first + PER_PAGE])
    if n_pages > 1:
        st.pagination(n_pages, key=f"import-report-page-{wanted}")


def matching(lines: Sequence[ReportLine], *, search: str, outcome: str) -> list[ReportLine]:
    """The lines of an outcome that hold all of the words, what was refused first."""
    words = search.casefold().split()
    found = [
        line
        for line in lines
        if (outcome == OUTCOMES[0] or line.outcome == outcome.casefold())
        and all(word in f"{line.file} {line.place} {line.reason}".casefold() for word in words)
    ]
    return sorted(found, key=lambda line: line.outcome != "refused")


def table(lines: Sequence[ReportLine]) -> None:
    """The lines as a table that hides nothing: long reasons are wrapped."""
    rows = "".join(
        f'<tr><td class="wb-wide" dir="auto">{written(line.file)}</td>'
        f"<td>{escape(line.outcome.capitalize())}</td>"
        f'<td class="wb-place" dir="auto">{written(line.place)}</td>'
        f'<td class="wb-wide" dir="auto">{written(line.reason)}</td>'
        f'<td class="wb-n">{number(line.n_articles)}</td>'
        f'<td class="wb-n">{number(line.n_queued)}</td></tr>'
        for line in lines
    )
    st.html(
        '<div class="wb-scroll" role="region" aria-label="Report" tabindex="0">'
        '<table class="wb-table"><thead><tr><th scope="col">File</th><th scope="col">Outcome</th>'
        '<th scope="col">Place</th><th scope="col">Why, or what was noticed</th>'
        '<th scope="col" class="wb-n">Articles</th><th scope="col" class="wb-n">In the queue</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )
