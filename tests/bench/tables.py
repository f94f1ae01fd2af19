"""A Markdown table of figures, each beside the number to reach."""

from collections.abc import Sequence
from dataclasses import dataclass, field

HEADERS = ("what", "n", "p50", "p95", "to reach", "")
REACHED, MISSED, UNJUDGED = "reached", "**missed**", ""


@dataclass
class Table:
    """Rows of one table; `notes` stand below it."""

    title: str
    headers: tuple[str, ...] = HEADERS
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def times(
        self,
        what: str,
        values: Sequence[float],
        *,
        unit: str = "ms",
        most: float | None = None,
        of: str = "p95",
    ) -> None:
        """A row of measured values; p95 (or p50) is held against the most it may be."""
        p50, p95 = quantile(values, 0.5), quantile(values, 0.95)
        goal = "" if most is None else f"{of} ≤ {most:g} {unit}"
        verdict = UNJUDGED if most is None else judged({"p50": p50, "p95": p95}[of], most=most)
        figures = (f"{number(p50)} {unit}", f"{number(p95)} {unit}")
        self.rows.append((what, str(len(values)), *figures, goal, verdict))

    def figure(
        self,
        what: str,
        value: float,
        *,
        unit: str,
        n: int = 1,
        most: float | None = None,
        least: float | None = None,
    ) -> None:
        """A row of one figure, held against the most or the least it may be."""
        goal, verdict = "", UNJUDGED
        if most is not None:
            goal, verdict = f"≤ {most:g} {unit}", judged(value, most=most)
        if least is not None:
            goal, verdict = f"≥ {least:g} {unit}", judged(-value, most=-least)
        self.rows.append((what, str(n), f"{number(value)} {unit}", "", goal, verdict))

    def markdown(self) -> str:
        """The table as it is printed."""
        lines = [self.headers, tuple("---" for _ in self.headers), *self.rows]
        text = [f"## {self.title}", "", *(f"| {' | '.join(line)} |" for line in lines)]
        return "\n".join([*text, *("", *self.notes) * bool(self.notes), ""])


def judged(value: float, *, most: float) -> str:
    return REACHED if value <= most else MISSED


def quantile(values: Sequence[float], q: float) -> float:
    """The nearest-rank quantile: one of the values that were measured."""
    ordered = sorted(values)
    if not ordered:
        return float("nan")
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))]


def number(value: float) -> str:
    """Three figures are enough."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
