"""What an article is cut into. Apart from the splitter, which takes long to load."""

from dataclasses import dataclass

from workbench.text.kinds import Kind


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an article.

    Attributes:
        start: its first code point in the text.
        end: the code point behind its last one.
        kind: what it is.
        reason: why it is no body, one sentence for the reviewer; empty for body.
    """

    start: int
    end: int
    kind: Kind
    reason: str

    def of(self, text: str) -> str:
        """Return the piece of `text` that the segment covers."""
        return text[self.start : self.end]
