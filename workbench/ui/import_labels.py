"""A labelled file before it is imported: who labelled, and which label of the project each is."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from workbench.services.labelled_previews import FoundLabel, LabelledPreview
from workbench.ui import import_choices
from workbench.ui.imported import count, facts, notice, number
from workbench.ui.written import written

NOT_SAID = "Not chosen"
LEFT_OUT = "Leave out"
MOST_ASKED = 40  # choices on one page; what goes beyond is said


def holds(found: LabelledPreview) -> str:
    """What the file holds, in one sentence."""
    texts = f"{'at least ' if found.has_more else ''}{count(found.n_texts, 'text')}"
    people = count(len(found.annotators), "annotator")
    if not found.annotators:
        people = "nobody it names" if found.is_anonymous else "nobody"
    elif found.is_anonymous:
        people += " and others it does not name"
    return f"Holds labels by {people}; {texts}, {count(found.n_answers, 'answer')}."


def draw(file: str, found: LabelledPreview, names: Mapping[str, str]) -> None:
    """Draw what it holds, with a choice for each label that the project does not know.

    Args:
        file: The key that what is said about the file is kept under.
        found: What the file holds.
        names: The project's labels: each key with its name.
    """
    st.text(holds(found))
    facts([f"Read as {found.tool}"], is_quiet=True)
    if not found.is_taken:
        notice(
            "The project knows none of its labels. Say of one at least which label it is, and "
            "the answers come in; otherwise its texts come in as articles without labels."
        )
    elif found.unknown:
        n = len(found.unknown)
        notice(
            f"{count(n, 'label')} of the file {'is' if n == 1 else 'are'} not known here. Texts "
            "with such a label are refused until you say which label it is, or leave it out."
        )
    for fault in found.faults[:3]:
        notice(str(fault))
    if found.n_faults > 3:
        least = "At least " if found.has_more else ""
        st.text(f"{least}{count(found.n_faults, 'record')} of the file will be refused in all.")
    left, right = st.columns([2, 3], gap="large")
    with left:
        _labels(file, found, names)
    with right:
        _sample(found)


def _labels(file: str, found: LabelledPreview, names: Mapping[str, str]) -> None:
    said = import_choices.labels_of(file)
    known = [label for label in found.labels if label.key and label.name not in said]
    if known:
        rows = "".join(
            f'<tr><td dir="auto">{written(label.name)}</td>'
            f'<td dir="auto">{escape(names.get(label.key or "", label.key or ""))}</td>'
            f'<td class="wb-n">{number(label.n)}</td></tr>'
            for label in known
        )
        st.html(
            '<div class="wb-scroll" role="region" aria-label="Labels" tabindex="0">'
            '<table class="wb-table"><thead><tr><th scope="col">In the file</th>'
            '<th scope="col">Here</th><th scope="col" class="wb-n">Given</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    asked = [label for label in found.labels if label not in known]
    for at, label in enumerate(asked[:MOST_ASKED]):
        _choice(file, at, label, names, said)
    if len(asked) > MOST_ASKED:
        st.text(f"and {number(len(asked) - MOST_ASKED)} more labels, which only the command maps.")


def _choice(
    file: str, at: int, label: FoundLabel, names: Mapping[str, str], said: Mapping[str, str]
) -> None:
    key = f"import-label-{at}-{file}"
    options = [NOT_SAID, LEFT_OUT, *names]
    now = said.get(label.name)
    chosen = NOT_SAID if now is None else now or LEFT_OUT
    # The file's label is imported text, and the label of a choice reads markdown.
    st.html(
        f'<p class="wb-facts" dir="auto">{written(label.name)}'
        f'<span class="wb-quiet">, given {"once" if label.n == 1 else f"{number(label.n)} times"}'
        "</span></p>"
    )
    st.selectbox(
        f"Label {at + 1} of the file",
        options,
        index=options.index(chosen) if chosen in options else 0,
        format_func=lambda option: names.get(option, option),
        key=key,
        label_visibility="collapsed",
        on_change=_keep,
        args=(file, label.name, key),
    )


def _keep(file: str, label: str, key: str) -> None:
    chosen = str(st.session_state[key])
    import_choices.say_label(file, label, {NOT_SAID: None, LEFT_OUT: ""}.get(chosen, chosen))


def _sample(found: LabelledPreview) -> None:
    items = "".join(
        f'<li dir="auto">{written(text[:400])}{"…" if len(text) > 400 else ""} '
        f"<b>{escape(', '.join(labels) or 'no label')}</b></li>"
        for text, labels in found.sample
    )
    st.html(
        '<div class="wb-text" role="region" aria-label="Text" tabindex="0">'
        f'<ul class="wb-lines wb-labelled">{items}</ul></div>'
    )
    if found.has_more or found.n_texts > len(found.sample):
        st.text("The first texts are shown. All of them are imported.")
