"""What an import would make of one of the files that lie ready, with the choices about it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from workbench.errors import InputError
from workbench.formats import readers
from workbench.formats.readers import RecordFault
from workbench.services import labelled_previews, mappings, previewing
from workbench.services.choices import Choices
from workbench.services.labelled_previews import LabelledPreview
from workbench.services.mappings import Known
from workbench.services.permissions import Actor
from workbench.services.preparing import Source
from workbench.services.previewing import Look, Preview
from workbench.ui import import_choices, import_labels, import_table, import_text
from workbench.ui.context import read_session
from workbench.ui.imported import count, facts, notice, number
from workbench.ui.written import plain, written

KEPT = "import-preview"
ENCODED = ("pdf", "docx", "parquet")  # formats whose bytes are no text: there is none to choose


def preview(actor: Actor, *, slug: str | None, files: Sequence[UploadedFile]) -> None:
    """Draw one of the files, and what can be said about it.

    Args:
        actor: Who imports.
        slug: Where to.
        files: The files; there is one at least.
    """
    file = files[0] if len(files) == 1 else _chosen(actor, slug=slug, files=files)
    name = file.file_id
    try:
        choices = import_choices.of_file(name)
    except InputError as error:
        st.text(str(error))
        choices = Choices()
    found, labelled, names = _looked(actor, slug=slug, file=file, choices=choices)
    hidden = " wb-hidden" if len(files) > 1 else ""  # the choice above says it
    st.html(f'<h2 class="wb-file{hidden}" dir="auto">{written(file.name)}</h2>')
    if labelled is not None:
        import_labels.draw(name, labelled, names)
        if labelled.is_taken:
            return
    if found.refused:
        notice(found.refused)
    look = _article(name, found)
    left, right = st.columns([2, 3], gap="large")
    with left:
        _choices(name, found, look)
        if len(files) > 1:
            st.button(
                "Use encoding, language and repair for all files",
                key=f"import-for-all-{name}",
                on_click=import_choices.use_for_all,
                args=(name, [each.file_id for each in files]),
            )
    if look is not None:
        with right:
            _text(look)


def _chosen(actor: Actor, *, slug: str | None, files: Sequence[UploadedFile]) -> UploadedFile:
    by_name = import_table.names(files)
    key = f"import-look-{hash(tuple(by_name))}"
    import_table.table(actor, slug=slug, files=by_name, opens=key)
    asked = st.selectbox("Look at", list(by_name), key=key)
    return by_name.get(asked or "", files[0])


def _looked(
    actor: Actor, *, slug: str | None, file: UploadedFile, choices: Choices
) -> tuple[Preview, LabelledPreview | None, Mapping[str, str]]:
    """The preview, what it holds of labels, and the project's; only those of one file are kept."""
    key = (slug, file.file_id, repr(choices))
    kept = st.session_state.get(KEPT)
    if kept is not None and kept[0] == key:
        found: tuple[Preview, LabelledPreview | None, Mapping[str, str]] = kept[1]
        return found
    known: Known | None = None
    with read_session() as session:
        asked = labelled_previews.asked_in(session, actor=actor, slug=slug)
        if slug is not None:
            known = mappings.known_in(session, actor=actor, slug=slug)
    source = Source(file.name, file.getvalue, choices)
    labelled = labelled_previews.look(source, known=asked, limits=readers.BROWSER)
    preview = _lighter(previewing.look(source, limits=readers.BROWSER, known=known))
    st.session_state[KEPT] = (key, (preview, labelled, asked.labels))
    return preview, labelled, asked.labels


def _lighter(found: Preview) -> Preview:
    """The same without the bytes, which the file itself has."""
    kept = tuple(
        each
        if isinstance(each, RecordFault)
        else replace(each, prepared=replace(each.prepared, raw=b""))
        for each in found.found
    )
    return replace(found, found=kept)


def _article(name: str, found: Preview) -> Look | None:
    """The article to show; of several one can be chosen."""
    looks = found.looks
    if len(found.found) > 1 or found.has_more:
        st.text(_counts(found))
    for fault in found.counted.faults:
        notice(str(fault))
    if found.counted.n_untold:
        st.text(f"and {number(found.counted.n_untold)} more, which the report will name.")
    if len(looks) < 2:
        return looks[0] if looks else None
    by_title = {_title(at, each): each for at, each in enumerate(looks, 1)}
    asked = st.selectbox(
        "Article", list(by_title), key=f"import-article-{name}-{hash(tuple(by_title))}"
    )
    return by_title.get(asked or "", looks[0])


def _counts(found: Preview) -> str:
    """How many articles it has, said as more where it was not counted whole."""
    counted = found.counted
    told = f"{count(counted.n_articles, 'article')}, {number(counted.n_refused)} refused"
    shown = f" The first {count(len(found.found), 'record')} can be looked at here."
    if not counted.is_whole:
        n = number(counted.n_articles + counted.n_refused)
        return f"In the first {n} records: {told}. The file has more.{shown}"
    return f"{told}.{shown if found.has_more else ''}"


def _title(at: int, look: Look) -> str:
    article = look.prepared
    words = plain(" ".join((article.details.title or article.text[:60]).split()))
    return f"{article.number or at}: {words}"


def _choices(name: str, found: Preview, look: Look | None) -> None:
    article = look.prepared if look else None
    if article is None or article.encoding not in ENCODED:
        import_choices.encoding(name, article.encoding if article else "")
    if look is not None and article is not None:
        import_text.signs(article.text)
        import_choices.language(name, article.found_language)
        import_choices.repair(name, look)
    import_choices.columns(name, found)
    if look is not None and article is not None:
        if article.number or len(found.found) > 1:
            facts(_details(look))
        else:
            import_choices.details(name, look)


def _details(look: Look) -> list[str]:
    found = look.prepared.details
    dates = (
        f"{import_choices.NAMES[role].lower()} {value}"
        for role in import_choices.NAMES
        if (value := getattr(found, role))
    )
    return [found.title or "", found.outlet or "", found.author or "", *dates]


def _text(look: Look) -> None:
    import_text.kind_counts(look)
    for problem in look.prepared.problems:
        notice(problem)
    import_text.segments(look)
