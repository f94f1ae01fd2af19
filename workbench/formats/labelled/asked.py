"""What goes for a whole labelled file: which labels there are, and what an empty one means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from workbench.formats.labelled.found import LabelledSpan, LineError, Problem

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What goes for the file.

    Attributes:
        labels: The label set: each key with its name. A label of the file is one of them when it
            is written like the key or the name, whatever the case.
        mapping: Labels of the file that are called otherwise here, each with its key; an empty
            key leaves the label out.
        annotator: Who labelled, where the file does not say.
        empty_is_none: Whether a text without any label was given an explicit none; where a file
            cannot tell it from one that nobody looked at, it is passed over otherwise.
    """

    labels: Mapping[str, str]
    mapping: Mapping[str, str] = field(default_factory=dict)
    annotator: str | None = None
    empty_is_none: bool = False

    def keys(self, found: Iterable[str]) -> tuple[str, ...]:
        """The keys of labels as the file calls them, sorted, each once.

        Raises:
            LineError: One is not in the label set.
        """
        keys = {key for label in found if (key := self.key(label))}
        return tuple(sorted(keys))

    def key(self, label: str) -> str:
        """The key of one label; empty where it is left out.

        Raises:
            LineError: It is not in the label set.
        """
        if label in self.mapping:
            return self.mapping[label]
        if label in self.labels:
            return label
        wanted = label.strip().casefold()
        for key, name in self.labels.items():
            if wanted in (key.casefold(), name.casefold()):
                return key
        told = "".join(sign if sign.isprintable() else "�" for sign in label[:_LONGEST])
        reason = (
            f"The label '{told}' is not in the label set. There are: "
            f"{', '.join(self.labels)}. Say which one it is, or leave it out."
        )
        raise LineError(Problem.UNKNOWN_LABEL, reason)

    def span(self, text: str, start: object, end: object, label: object) -> LabelledSpan | None:
        """A label on a part of a text; None where the label is left out.

        Raises:
            LineError: The label is not in the label set, or the part is not in the text.
        """
        if not isinstance(label, str) or not isinstance(start, int) or not isinstance(end, int):
            raise LineError(Problem.BAD_SPAN, "A span lacks its start, its end or its label.")
        if not 0 <= start < end <= len(text):
            reason = f"A span from {start} to {end} is not in the text, which ends at {len(text)}."
            raise LineError(Problem.BAD_SPAN, reason)
        key = self.key(label)
        return LabelledSpan(start, end, key) if key else None
