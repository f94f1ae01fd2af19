"""Tables whose rows are chosen: what is chosen is kept by what it is, not by where it stands."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import streamlit as st

from workbench.ui.written import plain

Mode = Literal["single-cell", "single-row", "multi-row"]
CELL: Final = "single-cell"
ROW: Final = "single-row"
ROWS: Final = "multi-row"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A table as the browser has it: a click in it is about the rows that it shows."""

    widget: str
    ids: tuple[str, ...]


def table(
    columns: Mapping[str, Sequence[object]],
    *,
    key: str,
    ids: Sequence[str],
    mode: Mode,
    **given: Any,
) -> list[int]:
    """Draw a table and say which of its rows are chosen, in the order of the table.

    A choice stays on its row when rows come, go or change places, and ends when its row is gone.

    Args:
        columns: The columns, by their heads.
        key: What it is a list of. Another key forgets the choice.
        ids: What each row is, in their order; no two alike.
        mode: `CELL` and `ROW` choose one row, by a click anywhere or at its head; `ROWS` several.
        given: What else `st.dataframe` takes.
    """
    place = f"{key}-drawn"
    found = {each: row for row, each in enumerate(ids)}
    kept = [(found[each], column) for each, column in _kept(place) if each in found]
    # Other rows, or the same in another order, are another table for the browser: a click that
    # was under way is about the old one.
    digest = hashlib.sha256("\0".join(ids).encode()).hexdigest()[:12]
    drawn = _Drawn(f"{key}-{digest}", tuple(ids))
    picked = st.dataframe(
        {head: [_plain(cell) for cell in cells] for head, cells in columns.items()},
        key=drawn.widget,
        on_select="rerun",
        selection_mode=mode,
        selection_default=_selection(kept, first=next(iter(columns)), mode=mode),
        **given,
    )
    st.session_state[place] = drawn
    return sorted({row for row, _ in _rows(picked.selection) if row < len(ids)})


def one(columns: Mapping[str, Sequence[object]], *, ids: Sequence[str], **given: Any) -> int | None:
    """The same, for one row at a time; None while none is chosen."""
    return next(iter(table(columns, ids=ids, **given)), None)


def chosen(key: str) -> list[str]:
    """For a callback: what is chosen in a table at the click, which may be newer than the page."""
    return [each for each, _ in _kept(f"{key}-drawn")]


def _plain(cell: object) -> object:
    return plain(cell) if isinstance(cell, str) else cell


def _kept(place: str) -> list[tuple[str, str]]:
    """What is chosen in the table that the browser has, each with the column of the click."""
    drawn: _Drawn | None = st.session_state.get(place)
    state = None if drawn is None else st.session_state.get(drawn.widget)
    if drawn is None or state is None:
        return []
    clicked = _rows(state["selection"])
    return [(drawn.ids[row], column) for row, column in clicked if row < len(drawn.ids)]


def _rows(selection: Mapping[str, Any]) -> list[tuple[int, str]]:
    cells = [(row, str(column)) for row, column in selection["cells"]]
    return cells or [(row, "") for row in selection["rows"]]


def _selection(kept: Sequence[tuple[int, str]], *, first: str, mode: Mode) -> Any:
    rows: list[int] = [] if mode == CELL else [row for row, _ in kept]
    cells = [(row, column or first) for row, column in kept] if mode == CELL else []
    return {"selection": {"rows": rows, "columns": [], "cells": cells}}
