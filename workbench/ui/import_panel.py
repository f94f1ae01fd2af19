"""The way in for articles: files dropped, looked at, imported beside the page, and reported."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench import samples
from workbench.errors import InputError, WorkbenchError
from workbench.formats import readers
from workbench.services import mappings, upload_limits
from workbench.services.choices import Choices
from workbench.services.importing import Source
from workbench.services.permissions import Actor
from workbench.ui import import_choices, import_preview, import_run, import_table
from workbench.ui.context import now, open_session, read_session
from workbench.ui.imported import count, notice

ROUND = "import-round"
ERROR = "import-error"
OPENED = "import"
WATCHED = "import-watched"


def panel(actor: Actor, *, slug: str | None, offers_samples: bool = False) -> None:
    """Take files, show what would come of them, and import them.

    Args:
        actor: Who imports; the service checks whether they may.
        slug: Where to; None makes the first project of an empty installation.
        offers_samples: Whether to offer the articles that come with the workbench.
    """
    run = _watched(actor, slug=slug)
    if run is not None:
        import_run.watch(run)
        _told(run)
    error = st.session_state.pop(ERROR, "")
    if error:
        st.text(error)
    files = _dropped()
    if offers_samples and not files:
        sampled = st.button("Add the sample articles", type="primary", key="import-samples")
        if sampled:
            sources = [Source(path.name, path.read_bytes) for path in samples.paths()]
            _begin(actor, slug=slug, sources=sources)
    if not files:
        return
    n_bytes = sum(file.size for file in files)
    with read_session() as session:
        over = upload_limits.refusal(session, actor=actor, n_bytes=n_bytes, now=now(session))
    if over:
        notice(over)
    words = f"Import {count(len(files), 'file')}"
    if st.button(words, type="primary", key="import-files", disabled=bool(over)):
        try:
            _remember(actor, slug=slug, files=files)
            sources = [Source(file.name, file.getvalue, _choices(file)) for file in files]
        except WorkbenchError as wrong:
            st.text(str(wrong))
        else:
            _begin(actor, slug=slug, sources=sources, n_bytes=n_bytes)
    import_preview.preview(actor, slug=slug, files=files)


def _dropped() -> list[UploadedFile]:
    st.session_state.setdefault(ROUND, 0)
    with st.container(key="import-panel"):
        found: list[UploadedFile] = st.file_uploader(
            "Drop articles here",
            type=[suffix.removeprefix(".") for suffix in readers.SUFFIXES],
            accept_multiple_files=True,
            key=f"import-files-{st.session_state[ROUND]}",
            help="Text in any encoding, web pages, tables, JSON, Word, PDF, archives. The same "
            "bytes twice are one article; nothing is overwritten, and nothing is stored before "
            "you press Import.",
        )
    return found


def _choices(file: UploadedFile) -> Choices:
    try:
        return import_choices.of_file(file.file_id)
    except InputError as error:
        # The name of a file is imported text, and this sentence is shown as it is.
        message = f"{file.name}: {error}"
        raise InputError(message) from error


def _remember(actor: Actor, *, slug: str | None, files: Sequence[UploadedFile]) -> None:
    """Keep what was said about columns for the next tables that have the same."""
    if slug is None:
        return
    for file in files:
        choices = _choices(file)
        if choices.mapping is None:
            continue
        data = file.getvalue()
        headers = readers.headers(file.name, data, encoding=choices.encoding)
        with open_session() as session:
            mappings.remember(
                session,
                actor=actor,
                slug=slug,
                headers=headers,
                mapping=choices.mapping,
                now=now(session),
            )


def _begin(actor: Actor, *, slug: str | None, sources: Sequence[Source], n_bytes: int = 0) -> None:
    import_run.start(actor, slug=slug, sources=sources, n_bytes=n_bytes)
    st.session_state[ROUND] += 1  # a new, empty place for files
    for name in (import_choices.SAID, import_preview.KEPT, import_table.KEPT):
        st.session_state.pop(name, None)
    st.rerun()


def _watched(actor: Actor, *, slug: str | None) -> import_run.Run | None:
    """The import on its way, or the one that this tab has seen on its way.

    Every tab is told of the end: also the one that looks after another tab, perhaps one that was
    reloaded and is drawn no more, was told already.
    """
    run = import_run.current(actor, slug=slug)
    if run is not None:
        st.session_state[WATCHED] = (slug, run)
        return run
    watched_slug, seen = st.session_state.get(WATCHED, (slug, None))
    return seen if watched_slug in (slug, None) else None


def _told(run: import_run.Run) -> None:
    """An import has ended: go to its report, or say why there is none."""
    if run.batch:  # first: where this run of the page is cut off here, the next one tells
        st.query_params[OPENED] = str(run.batch)
    if run.error:
        st.session_state[ERROR] = run.error
    st.session_state.pop(WATCHED, None)
    import_run.forget(run)
    st.rerun()
