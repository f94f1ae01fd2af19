"""A file's text as an import would split it: drawn as it is, nothing in it read as markup."""

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from workbench.services.previewing import Look
from workbench.text.excerpts import strange_signs
from workbench.text.kinds import QUEUED_KINDS, Kind
from workbench.text.mojibake import Change
from workbench.ui.imported import number
from workbench.ui.written import written

STYLE = Path(__file__).parent / "import_page.css"
COLOURS = {
    Kind.BODY: "blue",
    Kind.HEADLINE: "violet",
    Kind.STANDFIRST: "violet",
    Kind.SUBHEAD: "violet",
    Kind.CAPTION: "orange",
    Kind.CREDIT: "orange",
    Kind.BYLINE: "green",
    Kind.DATELINE: "green",
    Kind.BOILERPLATE: "gray",
}
MOST_SEGMENTS = 300
MOST_CHANGES = 12


def kind_counts(look: Look) -> None:
    """How many segments of each kind there are, each kind in its colour."""
    kinds = look.kinds
    # The names of kinds are our own, so that this may be markdown.
    badges = [
        f":{COLOURS[kind]}-badge[{number(kinds[kind])} {kind}]" for kind in Kind if kinds[kind]
    ]
    st.markdown(" ".join(badges))


def segments(look: Look) -> None:
    """The text, segment by segment; what is not asked about is quiet and says its kind."""
    article = look.prepared
    shown = article.segments[:MOST_SEGMENTS]
    parts: list[str] = []
    end = 0
    for segment in shown:
        text = article.text[segment.start : segment.end]
        is_new = "\n" in article.text[end : segment.start] or segment.kind is not Kind.BODY
        if is_new or not parts:
            parts.append("</p>" if parts else "")
            parts.append(f'<p dir="auto" class="wb-kind wb-{COLOURS[segment.kind]}">')
            if segment.kind is not Kind.BODY:
                quiet = "" if segment.kind in QUEUED_KINDS else ", left out"
                why = f" title='{escape(segment.reason)}'" if segment.reason else ""
                parts.append(f"<b{why}>{escape(str(segment.kind))}{quiet}</b> ")
        parts.append(f"<span>{written(text)}</span> ")
        end = segment.end
    st.html(
        '<div class="wb-text" role="region" aria-label="Text" tabindex="0">'
        f"{''.join(parts)}</p></div>"
    )
    if look.is_cut or len(shown) < len(article.segments):
        st.text("The beginning is shown. All of it is imported.")


def signs(text: str) -> None:
    """Where signs beyond ASCII stand: whether the encoding is right can be seen there."""
    found = strange_signs(text)
    if not found:
        st.text("The beginning holds ASCII only: every encoding but UTF-16 reads it alike.")
        return
    _lines(
        "The text around its first signs beyond ASCII",
        (
            f"…{written(each.before)}<mark>{written(each.signs)}</mark>{written(each.after)}…"
            for each in found
        ),
    )


def changes(found: Sequence[Change]) -> None:
    """What repairing would change, line by line."""
    _lines(
        "What the repair changes",
        (
            f"Line {number(change.line)}: <del>{written(change.before)}</del> "
            f"<ins>{written(change.after)}</ins>"
            for change in found[:MOST_CHANGES]
        ),
    )
    if len(found) > MOST_CHANGES:
        st.text(f"and {number(len(found) - MOST_CHANGES)} more lines.")


def _lines(name: str, items: Iterable[str]) -> None:
    rows = "".join(f'<li dir="auto">{item}</li>' for item in items)
    st.html(f'<ul class="wb-lines" aria-label="{escape(name)}">{rows}</ul>')
