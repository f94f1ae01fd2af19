"""The history of a label set or a guideline: who made each version, when, why, and what differs."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import streamlit as st

from workbench.services.differences import Line, Mark
from workbench.services.label_sets import LabelSetVersion
from workbench.ui.written import written

STYLE = Path(__file__).parent / "versions.css"
SIGNS = {Mark.ADDED: "+", Mark.REMOVED: "\N{MINUS SIGN}", Mark.SAME: " ", Mark.LEFT_OUT: " "}
SPOKEN = {Mark.ADDED: "added: ", Mark.REMOVED: "removed: ", Mark.SAME: "", Mark.LEFT_OUT: ""}


def base(kind: str, slug: str, *, newest: int, made_by: str) -> int:
    """The version that fields are filled in on: the newest one when they were first drawn.

    Where somebody saves another meanwhile, the fields stay as they are, and it is said.

    Args:
        kind: `label set` or `guideline`.
        slug: Of which project.
        newest: The version in force.
        made_by: Whose it is.
    """
    key = _base_key(kind, slug)
    on = int(st.session_state.setdefault(key, newest))
    if on == newest:
        return on
    st.warning(
        f"Version {newest} of the {kind} was saved meanwhile, by {made_by}. What you have filled "
        f"in on version {on} is still here, and cannot be saved over theirs."
    )
    st.button(
        f"Go on from version {newest}",
        key=f"follow-{key}-{newest}",
        on_click=follow,
        args=(kind, slug, newest),
    )
    return on


def followed(kind: str, slug: str) -> int | None:
    """The version that fields are filled in on; None where none were drawn."""
    found = st.session_state.get(_base_key(kind, slug))
    return None if found is None else int(found)


def follow(kind: str, slug: str, version: int) -> None:
    """Fill in fields on this version from now on."""
    st.session_state[_base_key(kind, slug)] = version


def _base_key(kind: str, slug: str) -> str:
    return f"base-{kind.replace(' ', '-')}-{slug}"


def of_label_set(history: Sequence[LabelSetVersion]) -> None:
    """Every version with its changes, the newest first."""
    for version in history:
        with st.container(key=f"version-{version.version}", gap=None):
            st.text(head(version.version, version.made_by, version.created_at, version.note))
            st.text("\n".join(f"{change}." for change in version.changes) or "The first version.")


def head(version: int, made_by: str, at: datetime, note: str) -> str:
    """A version on one line."""
    why = f": {note}" if note else ""
    return f"Version {version}, {at:%Y-%m-%d %H:%M} UTC, by {made_by}{why}"


def style() -> None:
    """Bring in the look of differences and of the preview."""
    st.html(STYLE)


def difference(lines: Sequence[Line]) -> None:
    """What was added and removed, with a sign beside each line: colour alone would not do."""
    if not lines:
        st.text("The two versions say the same.")
        return
    rows = "".join(
        f'<div class="wb-line is-{line.mark.replace(" ", "-")}"><span aria-hidden="true">'
        f'{SIGNS[line.mark]}</span><span class="wb-hidden">{SPOKEN[line.mark]}</span>'
        f"<span>{written(line.text)}</span></div>"
        for line in lines
    )
    st.html(f'<div class="wb-difference">{rows}</div>')
