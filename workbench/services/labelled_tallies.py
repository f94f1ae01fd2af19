"""What became of a labelled file: its articles, its answers, and what was noticed."""

from collections import Counter
from dataclasses import replace
from typing import Self

from workbench.services.import_reports import FileReport, FileTally, Outcome


class LabelledTally(FileTally):
    """What has become of a labelled file so far."""

    def __init__(self, name: str) -> None:
        """Begin with nothing of it stored."""
        super().__init__(name)
        self._n_answers, self._n_placed = 0, 0
        self._remarks = Counter[str]()

    @property
    def has_stored(self) -> bool:
        """Whether any of its articles or answers is in."""
        return super().has_stored or self._n_answers > 0

    def copy(self) -> Self:
        """The same so far, to be gone on with apart."""
        other = super().copy()
        other._remarks = self._remarks.copy()
        return other

    def place(self) -> None:
        """Count a text whose sentence is here."""
        self._n_placed += 1

    def answer(self, n: int) -> None:
        """Count answers that were written down."""
        self._n_answers += n

    def remark(self, what: str) -> None:
        """Count something that is to be said once, with a number."""
        self._remarks[what] += 1

    def report(self, ended: str = "") -> FileReport:
        """The report of the file, which begins with how many answers were taken.

        Args:
            ended: Why it ended before its last record, in one sentence; empty if it did not.
        """
        report = super().report(ended)
        if ended and not self.has_stored:
            return report
        if report.outcome is Outcome.REFUSED and self._n_placed:
            report = replace(report, outcome=Outcome.ALREADY_THERE)  # its sentences are
        rest = report.reason.removeprefix(report.broken_off).strip()
        told = [self._answers(), *(f"{what}: {n:,}" for what, n in self._remarks.items()), rest]
        reason = "; ".join(filter(None, told))
        return replace(report, reason=" ".join(filter(None, [report.broken_off, reason])))

    def _told_stored(self) -> str:
        n = self._stored.n_articles + self._stored.n_already
        articles = "1 article" if n == 1 else f"{n:,} articles"
        is_one = (n or self._n_answers) == 1
        what = f"{articles} with {self._answers()}" if n else self._answers()
        return f"{what} of it {'is' if is_one else 'are'}"

    def _answers(self) -> str:
        return "1 answer" if self._n_answers == 1 else f"{self._n_answers:,} answers"
