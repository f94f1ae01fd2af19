"""What was decided day by day: a chart with its numbers on it, and the table behind it."""

from collections.abc import Sequence
from datetime import date
from itertools import dropwhile
from typing import Any

import pandas as pd
import streamlit as st

from workbench.services.progress import DayLine

# The accent of the theme, as it is in .streamlit/config.toml and light enough on dark.
INK = {"light": ("#1f5f4a", "#1c1b18", "#55514a"), "dark": ("#56b48f", "#eceae4", "#b9b6ae")}
HEIGHT = 220
FEWEST_DAYS = 14  # so that a first day stands among empty ones, as the bar that it is
ROOM = 1.15  # above the highest bar, for its number


def day_chart(days: Sequence[DayLine], *, key: str, has_people: bool) -> None:
    """Draw the days since the first with work, two weeks at least; two bars say their number.

    Args:
        days: The days, oldest first, without gaps.
        key: What tells this chart from others.
        has_people: Whether the table says how many people worked.
    """
    busy = list(dropwhile(lambda line: not line.n_decided, days))
    if not busy:
        st.text(f"Nothing was decided in the last {len(days)} days.")
        return
    shown = days[-max(len(busy), FEWEST_DAYS) :]
    frame = pd.DataFrame(
        {
            "Day": [_day(line.day) for line in shown],
            "Decided": [line.n_decided for line in shown],
            "People": [line.n_reviewers for line in shown],
        }
    )
    most = max(shown, key=lambda line: line.n_decided)
    said = f"{len(busy)} days; the most on {_day(most.day)}: {most.n_decided}"
    st.vega_lite_chart(
        frame.assign(Named=_named(shown)),
        _spec(most.n_decided),
        key=f"days-{key}",
        alt=f"Sentences decided a day: {said}.",
    )
    with st.expander("The same as a table"):
        st.dataframe(
            frame if has_people else frame.drop(columns="People"),
            key=f"days-table-{key}",
            hide_index=True,
            placeholder="–",
            alt="Sentences decided, by day",
        )


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _spec(most: int) -> dict[str, Any]:
    accent, ink, quiet = INK["dark" if st.context.theme.type == "dark" else "light"]
    # The domain is told, for the chart is first drawn before its data are there.
    decided = {
        "field": "Decided",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, most * ROOM]},
    }
    return {
        "height": HEIGHT,
        "padding": {"left": 4, "top": 4, "bottom": 4, "right": 20},  # the last day's name
        "encoding": {
            "x": {
                "field": "Day",
                "type": "ordinal",
                "sort": None,
                "title": None,
                "axis": {
                    "labelAngle": 0,
                    "labelOverlap": "greedy",
                    "labelColor": quiet,
                    "ticks": False,
                },
            },
            "y": decided,
        },
        "layer": [
            {
                "mark": {"type": "bar", "color": accent, "cornerRadiusEnd": 2},
                "encoding": {"tooltip": [{"field": "Day"}, {"field": "Decided"}]},
            },
            {
                "mark": {"type": "text", "baseline": "bottom", "dy": -4, "color": ink},
                "encoding": {"text": {"field": "Named"}},
            },
        ],
        "config": {"view": {"stroke": None}, "text": {"fontSize": 13}},
    }


def _named(shown: Sequence[DayLine]) -> list[str]:
    """The numbers that stand on the bars: the most, and the latest day's."""
    most = max(line.n_decided for line in shown)
    last = len(shown) - 1
    return [
        str(line.n_decided) if line.n_decided and (line.n_decided == most or i == last) else ""
        for i, line in enumerate(shown)
    ]
