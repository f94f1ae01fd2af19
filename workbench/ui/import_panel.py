"""The import panel: files in, a line of report for each; stopping keeps what was reported."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from threading import Event

import pandas as pd
import streamlit as st

from workbench import samples
from workbench.errors import WorkbenchError
from workbench.formats import readers
from workbench.services import importing
from workbench.services.importing import FileReport, Outcome, Source
from workbench.services.permissions import Actor
from workbench.ui.context import now, open_session
from workbench.ui.imported import count, number

OPEN = "import-open"
REPORTS = "import-reports"
ASKED = "import-asked"
ROUND = "import-round"
ENDED = "import-ended"
PATIENCE = 10  # seconds; a transaction takes a tenth of one


def toggle() -> None:
    """Open the panel, or close it and forget its report."""
    st.session_state[OPEN] = not st.session_state.get(OPEN, False)
    st.session_state.pop(REPORTS, None)


def is_open() -> bool:
    """Whether the panel was asked for."""
    return bool(st.session_state.get(OPEN, False))


def panel(actor: Actor, *, slug: str | None, offers_samples: bool = False) -> None:
    """Take files, import them, and report on each.

    Args:
        actor: Who imports; the service checks whether they may.
        slug: Where to; None makes the first project of an empty installation.
        offers_samples: Whether to offer the articles that come with the workbench.
    """
    st.session_state.setdefault(ROUND, 0)
    with st.container(key="import-panel"):
        files = st.file_uploader(
            "Drop articles here",
            type=[suffix.removeprefix(".") for suffix in readers.SUFFIXES],
            accept_multiple_files=True,
            key=f"import-files-{st.session_state[ROUND]}",
            help="Text in any encoding, web pages, tables, JSON, Word, PDF, archives. The same "
            "bytes twice are one article; nothing is overwritten.",
        )
        sources = [Source(file.name, file.getvalue) for file in files]
        words = f"Import {count(len(sources), 'file')}"
        asked = bool(sources) and st.button(words, type="primary", key="import-files")
        sampled = (
            offers_samples
            and not sources
            and st.button("Add the sample articles", type="primary", key="import-samples")
        )
        if sampled:
            sources = [Source(path.name, path.read_bytes) for path in samples.paths()]
        if asked or sampled:
            _run(actor, slug=slug, sources=sources)
        _report(st.session_state.get(REPORTS, []), st.session_state.get(ASKED, 0))


def settle() -> None:
    """Wait for an import that was stopped: it still ends the transaction it is in."""
    ended: Event | None = st.session_state.get(ENDED)
    if ended is not None:
        ended.wait(PATIENCE)


def _run(actor: Actor, *, slug: str | None, sources: Sequence[Source]) -> None:
    reports: list[FileReport] = []
    ended = Event()
    state = {REPORTS: reports, ASKED: len(sources), ENDED: ended, OPEN: True}
    st.session_state.update(state)
    bar = st.progress(0.0)
    st.button("Stop", key="import-stop", help="What is in stays in. The other files are left out.")

    def show(n_read: int) -> None:
        words = f"{number(n_read)} of {count(len(sources), 'file')}"
        bar.progress(n_read / len(sources), text=words)

    try:
        for report in importing.import_sources(
            open_session,
            now,
            actor=actor,
            project_slug=slug,
            sources=_shown(sources, show),
            limits=readers.BROWSER,
        ):
            reports.append(report)
    except WorkbenchError as error:
        st.warning(str(error))
        return
    finally:
        ended.set()
    st.session_state[ROUND] += 1  # a new, empty place for files
    st.rerun()


def _shown(sources: Sequence[Source], show: Callable[[int], None]) -> Iterator[Source]:
    """The sources one by one, each shown when its turn comes.

    Whoever presses Stop ends the script at such a moment: files are read between transactions,
    and of every transaction that ended all reports are in.
    """
    for n_read, source in enumerate(sources, 1):
        show(n_read)
        yield source


def _report(reports: Sequence[FileReport], n_asked: int) -> None:
    if not reports:
        return
    st.text(in_words(reports, n_asked))
    st.dataframe(
        reports_frame(reports),
        key=f"import-report-{st.session_state[ROUND]}",
        hide_index=True,
        height="content" if len(reports) <= 12 else 460,
        column_config={
            "name": st.column_config.TextColumn("File", width="medium"),
            "outcome": st.column_config.TextColumn("Outcome", width="small"),
            "reason": st.column_config.TextColumn("Why, or what was noticed", width="large"),
            "segments": st.column_config.NumberColumn("Segments", width=80),
            "queued": st.column_config.NumberColumn("In the queue", width=90),
        },
    )


def in_words(reports: Sequence[FileReport], n_asked: int) -> str:
    """What became of the files, counted."""
    by_outcome = Counter(report.outcome for report in reports)
    n_queued = sum(report.n_queued for report in reports)
    n_already = sum(report.n_already for report in reports)
    parts = [f"{count(sum(report.n_articles for report in reports), 'article')} added"]
    if n_already:
        parts.append(f"{number(n_already)} already there")
    if by_outcome[Outcome.REFUSED]:
        parts.append(f"{number(by_outcome[Outcome.REFUSED])} refused")
    words = f"{', '.join(parts)}. {count(n_queued, 'sentence')} came into the queue."
    if len(reports) < n_asked:
        words += f" Stopped: {count(n_asked - len(reports), 'file')} left out."
    return words


def reports_frame(reports: Sequence[FileReport]) -> pd.DataFrame:
    """Columns: name, outcome, reason, segments, queued; what was refused comes first."""
    ordered = sorted(reports, key=lambda report: report.outcome is not Outcome.REFUSED)
    return pd.DataFrame(
        {
            "name": [report.name for report in ordered],
            "outcome": [str(report.outcome).capitalize() for report in ordered],
            "reason": [report.reason for report in ordered],
            "segments": [report.n_segments for report in ordered],
            "queued": [report.n_queued for report in ordered],
        }
    )
