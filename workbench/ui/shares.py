"""Shares in tables: a bar with whole percents, which never say all or nothing of a part."""

from typing import Any

import streamlit as st


def percent(part: int, whole: int) -> int | None:
    """A share in whole percents; 0 is nothing and 100 is all, never nearly so."""
    if not whole:
        return None
    share = round(100 * part / whole)
    return min(99, max(1, share)) if 0 < part < whole else min(100, share)


def share_column(help_text: str | None = None) -> Any:
    """The configuration of a column of such shares; its type has no public name."""
    return st.column_config.ProgressColumn(
        format="%d %%", min_value=0, max_value=100, color="primary", help=help_text
    )
