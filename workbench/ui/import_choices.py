"""What a person says about each file that lies ready, kept while others are looked at."""

from collections.abc import Mapping, Sequence

import streamlit as st

from workbench.formats.readers import FIELDS, encodings
from workbench.services.choices import Choices, chosen
from workbench.services.previewing import Look, Preview
from workbench.ui import import_text
from workbench.ui.imported import count, facts

SAID = "import-said"
AS_FOUND = ""
DETAILS = ("title", "outlet", "author", "published", "updated", "scraped")
NAMES = {
    "published": "Published",
    "updated": "Updated",
    "scraped": "Scraped",
}
# The languages that the splitter has rules or models of its own for, and some it reads well.
LANGUAGES = {
    **{"en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian"},
    **{"pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "cs": "Czech", "sk": "Slovak"},
    **{"sl": "Slovene", "hr": "Croatian", "sr": "Serbian", "bg": "Bulgarian", "mk": "Macedonian"},
    **{"ru": "Russian", "uk": "Ukrainian", "be": "Belarusian", "ro": "Romanian", "hu": "Hungarian"},
    **{"sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish", "et": "Estonian"},
    **{"lv": "Latvian", "lt": "Lithuanian", "el": "Greek", "tr": "Turkish", "he": "Hebrew"},
    **{"ar": "Arabic", "fa": "Persian", "ur": "Urdu", "hi": "Hindi", "bn": "Bengali"},
    **{"ja": "Japanese", "zh": "Chinese", "ko": "Korean", "th": "Thai", "vi": "Vietnamese"},
    **{"id": "Indonesian", "ms": "Malay", "sw": "Swahili", "am": "Amharic", "hy": "Armenian"},
}


def said(file: str) -> dict[str, object]:
    """What was said about one file, by what it is about."""
    everything: dict[str, dict[str, object]] = st.session_state.setdefault(SAID, {})
    return everything.setdefault(file, {})


def of_file(file: str) -> Choices:
    """The same as a service takes it.

    Raises:
        InputError: Something of it cannot be; the message says what.
    """
    given = said(file)
    mapping = given.get("mapping")
    details = given.get("details")
    return chosen(
        encoding=str(given.get("encoding") or "") or None,
        language=str(given.get("language") or "") or None,
        mapping=mapping if isinstance(mapping, Mapping) else None,
        repairs_mojibake=given.get("repairs") is True,
        details=details if isinstance(details, Mapping) else None,
        labels=labels_of(file),
    )


def labels_of(file: str) -> dict[str, str]:
    """Labels of the file that are called otherwise here; an empty key leaves the label out."""
    labels = said(file).get("labels")
    return {str(k): str(v) for k, v in labels.items()} if isinstance(labels, Mapping) else {}


def say_label(file: str, label: str, key: str | None) -> None:
    """Keep which label of the project a label of the file is; None takes it back."""
    kept = {name: other for name, other in labels_of(file).items() if name != label}
    said(file)["labels"] = kept if key is None else {**kept, label: key}


def _keep(file: str, what: str, key: str) -> None:
    said(file)[what] = st.session_state[key]


def _keep_in(file: str, what: str, field: str, key: str, before: Mapping[str, str]) -> None:
    kept = dict(before)
    kept[field] = st.session_state[key]
    said(file)[what] = kept


def encoding(file: str, found: str) -> None:
    """Another encoding than the one that was found."""
    key = f"import-encoding-{file}"
    options = [AS_FOUND, *encodings.OFFERED]
    now = str(said(file).get("encoding") or AS_FOUND)
    # The words of an option must not change: the browser sends them back.
    st.selectbox(
        "Encoding",
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda name: name or "As found",
        key=key,
        on_change=_keep,
        args=(file, "encoding", key),
    )
    if found:
        facts([f"Read as {found}"], is_quiet=True)


def language(file: str, found: str) -> None:
    """Another language than the one that was found."""
    key = f"import-language-{file}"
    options = [AS_FOUND, *LANGUAGES]
    now = str(said(file).get("language") or AS_FOUND)
    st.selectbox(
        "Language",
        options,
        index=options.index(now) if now in options else 0,
        format_func=lambda code: LANGUAGES.get(code, code) or "As found",
        key=key,
        on_change=_keep,
        args=(file, "language", key),
    )
    facts([f"Found: {LANGUAGES.get(found, found)}"], is_quiet=True)


def repair(file: str, look: Look) -> None:
    """Repairing mojibake, where there is some, with the difference it makes."""
    if not look.changes:
        return
    key = f"import-repairs-{file}"
    st.checkbox(
        f"Repair text that was decoded wrongly before it came: {count(len(look.changes), 'line')}",
        value=said(file).get("repairs") is True,
        key=key,
        on_change=_keep,
        args=(file, "repairs", key),
        help="The bytes are kept as they came. The article says how many lines were repaired.",
    )
    import_text.changes(look.changes)


def details(file: str, look: Look) -> None:
    """Title, outlet, author and the dates in their roles, to be corrected."""
    kept = said(file).get("details")
    before = {str(k): str(v) for k, v in kept.items()} if isinstance(kept, Mapping) else {}
    found = look.prepared.found
    above = st.container()
    places = dict(zip(NAMES, st.columns(3), strict=True))
    for field in DETAILS:
        given: str = getattr(found, field) or ""
        key = f"import-{field}-{file}-{look.prepared.encoding}-{said(file).get('repairs')}"
        places.get(field, above).text_input(
            NAMES.get(field, field.capitalize()),
            value=before.get(field, given),
            key=key,
            on_change=_keep_in,
            args=(file, "details", field, key, before),
            placeholder="Unknown",
        )


def columns(file: str, preview: Preview) -> None:
    """Which column of a table holds what."""
    if not preview.headers:
        return
    mapping = {field: preview.mapping[field] for field in FIELDS if field in preview.mapping}
    told = "as the last time for these columns" if preview.is_remembered else "guessed by name"
    is_chosen = isinstance(said(file).get("mapping"), Mapping)
    st.text(f"What each column holds, {'as you chose' if is_chosen else told}:")
    for field in FIELDS:
        key = f"import-column-{field}-{file}-{hash(preview.headers)}"
        options: Sequence[str | None] = [None, *preview.headers]
        now = mapping.get(field)
        st.selectbox(
            field.capitalize(),
            options,
            index=options.index(now) if now in options else 0,
            format_func=_column,
            key=key,
            on_change=_keep_column,
            args=(file, field, key, mapping),
        )


def _column(name: str | None) -> str:
    return "no column" if name is None else name or "column without a name"


def _keep_column(file: str, field: str, key: str, before: Mapping[str, str]) -> None:
    kept = {**before, field: st.session_state[key]}
    said(file)["mapping"] = {name: column for name, column in kept.items() if column is not None}


def use_for_all(file: str, files: Sequence[str]) -> None:
    """Give every file the encoding, the language and the repair of this one."""
    for other in files:
        for what in ("encoding", "language", "repairs"):
            if what in said(file):
                said(other)[what] = said(file)[what]
                st.session_state.pop(f"import-{what}-{other}", None)
