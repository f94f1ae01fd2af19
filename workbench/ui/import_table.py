"""All files that lie ready in a table: sorted, searched, and opened by a click."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench.errors import InputError
from workbench.formats import readers
from workbench.services import file_summaries, labelled_previews, mappings
from workbench.services.choices import Choices
from workbench.services.file_summaries import FileSummary
from workbench.services.permissions import Actor
from workbench.services.preparing import Source
from workbench.ui import import_choices
from workbench.ui.context import read_session
from workbench.ui.imported import count, number
from workbench.ui.written import plain

KEPT = "import-summaries"
MOST = 500  # files that are looked at; the others are named
ROWS_SEEN = 8
ALL = "all of it"
ROW_HEIGHT = 35

Summaries = dict[tuple[str, str], FileSummary]


def names(files: Sequence[UploadedFile]) -> dict[str, UploadedFile]:
    """The files by their names; of those that share one, all but the first have a number."""
    by_name: dict[str, UploadedFile] = {}
    for at, file in enumerate(files, 1):
        name = file.name if file.name not in by_name else f"{file.name} ({at})"
        by_name[name] = file
    return by_name


def table(actor: Actor, *, slug: str | None, files: dict[str, UploadedFile], opens: str) -> None:
    """Draw the table.

    Args:
        actor: Who imports.
        slug: Where to.
        files: The files by their names.
        opens: The key of the choice of a file, which a click on a row sets.
    """
    found = _looked(actor, slug=slug, files=files)
    n_faulty = sum(bool(each.problems) for each in found.values())
    told = "nothing to note" if not n_faulty else f"something to note in {n_faulty}"
    st.text(f"{count(len(files), 'file')}, {told}. Choose a row to look at its file.")
    # What wants a look comes first; the choice of a row must not outlive the order.
    order = sorted(files, key=lambda name: name not in found or not found[name].problems)
    key = f"import-table-{hash(tuple(order))}"
    st.dataframe(
        _columns(order, found),
        key=key,
        hide_index=True,
        placeholder="–",
        height=ROW_HEIGHT * (min(len(files), ROWS_SEEN) + 1) + 3,
        alt="The files that lie ready, and what would come of each",
        on_select=lambda: _open(key, order, opens),
        selection_mode="single-cell",
        column_config={
            "Segments": st.column_config.NumberColumn(help="Where all of the file was split"),
            "File": st.column_config.TextColumn(width="medium"),
            "To note": st.column_config.TextColumn(width="medium"),
            "Title": st.column_config.TextColumn(width="medium"),
        },
    )
    if len(files) > MOST:
        st.text(f"The first {MOST} files are looked at here; all of them are imported.")


def _open(key: str, order: Sequence[str], opens: str) -> None:
    cells = st.session_state[key].selection.cells
    if cells and cells[0][0] < len(order):
        st.session_state[opens] = order[cells[0][0]]


def _columns(
    order: Sequence[str], found: dict[str, FileSummary]
) -> dict[str, list[str | int | None]]:
    nothing = FileSummary("", "")
    rows = [(name, found.get(name, nothing)) for name in order]
    columns: dict[str, list[str | int | None]] = {
        "File": [name for name, _ in rows],
        "Title": [plain(each.title or "") or None for _, each in rows],
        "To note": [each.problems or None for _, each in rows],
        "Kind": [each.kind or None for _, each in rows],
        "Articles": [each.n_articles or None for _, each in rows],
        "Refused": [each.n_refused or None for _, each in rows],
        "Segments": [each.n_segments or None for _, each in rows],
        "Encoding": [each.encoding or None for _, each in rows],
        "Language": [
            import_choices.LANGUAGES.get(each.language, each.language) or None for _, each in rows
        ],
        "Published": [each.published or None for _, each in rows],
    }
    if not any(each.n_refused for _, each in rows):
        del columns["Refused"]
    looked = [_looked_at(each) for _, each in rows]
    if any(told not in (None, ALL) for told in looked):
        columns["Looked at"] = [*looked]
    return columns


def _looked_at(found: FileSummary) -> str | None:
    """What of a file the numbers are about."""
    if not found.n_articles:
        return None
    if not found.is_counted:
        return f"the first {number(found.n_articles + found.n_refused)} records: it has more"
    if found.n_segments is not None or not found.n_split:
        return ALL
    if found.n_articles == 1:
        return "its beginning"
    return f"all counted, {found.n_split} split"


def _looked(
    actor: Actor, *, slug: str | None, files: dict[str, UploadedFile]
) -> dict[str, FileSummary]:
    """A summary for each file, read once for the same choices."""
    kept: Summaries = st.session_state.get(KEPT, {})
    first = list(files.items())[:MOST]
    keys = {name: (file.file_id, _said(file)) for name, file in first}
    missing = [name for name, key in keys.items() if key not in kept]
    new: Summaries = {}
    if missing:
        with read_session() as session:
            asked = labelled_previews.asked_in(session, actor=actor, slug=slug)
            known = None if slug is None else mappings.known_in(session, actor=actor, slug=slug)
        bar = st.progress(0.0) if len(missing) > ROWS_SEEN else None
        for at, name in enumerate(missing, 1):
            source = Source(files[name].name, files[name].getvalue, _choices(files[name]))
            new[keys[name]] = file_summaries.summary(
                source, known=known, asked=asked, limits=readers.BROWSER
            )
            if bar is not None and at % ROWS_SEEN == 0:
                bar.progress(at / len(missing), text=f"{at} of {len(missing)} files looked at.")
        if bar is not None:
            bar.empty()
    found = {key: new.get(key) or kept[key] for key in keys.values()}
    st.session_state[KEPT] = found  # of files that were taken away nothing is kept
    return {name: found[key] for name, key in keys.items()}


def _choices(file: UploadedFile) -> Choices:
    try:
        return import_choices.of_file(file.file_id)
    except InputError:
        return Choices()  # told where the file is open


def _said(file: UploadedFile) -> str:
    return repr(_choices(file))
