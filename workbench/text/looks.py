"""How a block looks to the rules that compare it with its neighbours."""

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from workbench.text.bylines import is_reporting
from workbench.text.clutter import is_links_heading, is_sources_heading
from workbench.text.kinds import Kind, Verdict
from workbench.text.scripts import count_words

_HEADING_LENGTH = 160  # code points
_HEADING_WORDS = 25
_LONGEST_HEADING = 280  # code points: so long only the first line of an article is one
_LONGEST_HEADING_WORDS = 45
_SUBHEAD_WORDS = 15
_QUESTION_WORDS = 12
_LABEL_WORDS = 3
_REPORT_LENGTH = 40  # code points; outside of ASCII half of that is long
# The agency in brackets behind the full stop belongs to the sentence's line.
_ENDED = re.compile(
    r"[.!…:;,。！？؟۔।॥።။។։–—-][\"'”’»)\]」』]*(?:\s?[(\[][^()\[\]]{1,40}[)\]])?$"
    r"|[.!?]\s?[:;][-']?[()DP]$"
)
_CALLED = re.compile(r"[!?…？！]$")
_ASKED = re.compile(r"[?？؟;][\"'”’»)\]]*$")
_ABBREVIATED = re.compile(r"\b(?:[A-Z]\.){2,}$")
_BULLET = re.compile(r"[-*•·▪◦●■►–—+]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s")
_QUOTE = "\"'“‘«„‹「『"
_NO_HEADING = re.compile(
    r"(?:Q|A|Question|Answer|PS|P\.S\.|NB|From|To|Cc|CC|Bcc|Subject|Sent|Date|Re|Tel|Phone|Fax"
    r"|Email|E-mail)\s?:"
    r"|\(.*\)$|[^\W_]+: [\"“‘«„]"
)
# Two sentences in a line without a full stop are text of the web, not a heading.
_INNER_END = re.compile(
    r"[^\W\d_A-Z]{2}[.!?]+[\"'”’)]*\s+[\"'“‘(]*[^\W\d_a-zß-öø-ÿ]|[。！？।॥۔؟](?=[^。！？।॥۔؟]*\w)"
)
# A stop of a script of its own inside a line: only sentences have one.
_STOPPED = re.compile(r"[。।॥۔](?=\s*\w)")
_CONTENT = re.compile(r"[^\W_]{4,}")
_NAMED = re.compile(r"(?:[^\W\d_a-z][\w'’.-]*,? ){1,4}[^\W\d_a-z][\w'’.-]*")
_TAGGED = re.compile(r"[.!?…\"”’)]\s?[(\[][A-Z][\w .&'’-]{1,30}[)\]]$")


@dataclass(frozen=True, slots=True)
class Block:
    """A block as the rules of the layout see it.

    Attributes:
        line: its text, line breaks as spaces.
        verdict: what the line says by itself, or None.
        is_prose: whether it is text of the article that stands in sentences.
        is_heading: whether it looks like a heading of some sort.
        has_dateline: whether a dateline opens it.
    """

    line: str
    verdict: Verdict | None
    is_prose: bool
    is_heading: bool
    has_dateline: bool

    @property
    def words(self) -> int:
        """How many words the line has."""
        return count_words(self.line)

    @property
    def is_report(self) -> bool:
        """Whether the line is prose long enough to be the report and not a notice above it."""
        return self.is_prose and (
            self.has_dateline or len(self.line) * (2 - self.line.isascii()) >= _REPORT_LENGTH
        )

    @property
    def is_question(self) -> bool:
        """Whether the line ends in a question mark."""
        return _ASKED.search(self.line) is not None

    @property
    def is_cut(self) -> bool:
        """Whether the line is a heading that a page cut short, with dots at its end."""
        return (
            self.verdict is None
            and not self.has_dateline
            and self.words <= _SUBHEAD_WORDS
            and self.line.endswith(("...", "…"))
            and not self.line[:1].islower()
            and self.line[0] not in _QUOTE
            and _INNER_END.search(self.line) is None
        )

    @property
    def is_subhead(self) -> bool:
        """Whether the line is a heading, short enough and one sentence, inside the text."""
        return (
            self.is_heading
            and self.words <= _SUBHEAD_WORDS
            and _INNER_END.search(self.line) is None
        )

    @property
    def is_single(self) -> bool:
        """Whether the line is one sentence, no longer than a headline."""
        return self.words <= _HEADING_WORDS and _INNER_END.search(self.line) is None

    @property
    def is_long_heading(self) -> bool:
        """Whether the line would be a heading were it shorter: one sentence without its stop."""
        return (
            len(self.line) <= _LONGEST_HEADING
            and self.words <= _LONGEST_HEADING_WORDS
            and _INNER_END.search(self.line) is None
            and _ENDED.search(self.line) is None
            and _CALLED.search(self.line) is None
            and _BULLET.match(self.line) is None
            and _NO_HEADING.match(self.line) is None
        )

    @property
    def is_greeting(self) -> bool:
        """Whether the line is the "Best," of a letter; a name stands below."""
        return self.words <= _LABEL_WORDS and self.line.endswith(",")

    @property
    def is_called(self) -> bool:
        """Whether the line is short and ends as a headline may, in "!" or "?"."""
        return self.words <= _HEADING_WORDS and _CALLED.search(self.line) is not None

    @property
    def is_tagged(self) -> bool:
        """Whether a name in brackets stands behind the last sentence."""
        return _TAGGED.search(self.line) is not None

    @property
    def tag(self) -> str:
        """The name in brackets behind the last sentence, or nothing."""
        return self.line.rstrip(")]").rpartition("(")[2] if self.is_tagged else ""

    @property
    def is_named(self) -> bool:
        """Whether the line is two to five words that all begin with a capital."""
        named = _NAMED.fullmatch(self.line) is not None
        return named and all(word[0].isupper() for word in self.line.split())

    @property
    def is_bulleted(self) -> bool:
        """Whether the line is an item of a list, with a bullet or a number."""
        return _BULLET.match(self.line) is not None

    @property
    def opens_links(self) -> bool:
        """Whether a list of links stands below."""
        return is_links_heading(self.line)

    @property
    def opens_sources(self) -> bool:
        """Whether a list of works stands below."""
        return is_sources_heading(self.line)

    @property
    def is_signature(self) -> bool:
        """Whether the line says who wrote the article, or when, and not who helped."""
        return self.is_of({Kind.BYLINE, Kind.DATELINE}) and not is_reporting(self.line)

    def is_of(self, kinds: Container[Kind]) -> bool:
        """Say whether the line by itself is of one of the kinds."""
        return self.verdict is not None and self.verdict[0] in kinds


@lru_cache(maxsize=8192)  # as with the kinds of lines: menus and tables repeat themselves
def look_at(line: str, verdict: Verdict | None, has_dateline: bool) -> Block:
    """Make a block, looking at its line once."""
    if verdict:
        return Block(line, verdict, False, False, False)
    is_prose = has_dateline or reads_as_prose(line)
    return Block(line, None, is_prose, not is_prose and looks_like_heading(line), has_dateline)


def looks_like_heading(line: str) -> bool:
    """Say whether a line is short, begins with no small letter, and has no full stop."""
    opening = line.lstrip(f"{_QUOTE}([")[:1]
    return not (
        opening.islower() or _BULLET.match(line) or _NO_HEADING.match(line) or reads_as_prose(line)
    )


@lru_cache(maxsize=1024)
def reads_as_prose(line: str) -> bool:
    """Say whether a line is long, or ends as sentences do."""
    words = count_words(line)
    if len(line) > _HEADING_LENGTH or words > _HEADING_WORDS:
        return True
    if _ASKED.search(line):
        return words > _QUESTION_WORDS or line[0] in _QUOTE or _STOPPED.search(line) is not None
    ended = _ENDED.search(line) is not None
    return ended and not (words <= _SUBHEAD_WORDS and _ABBREVIATED.search(line))


def content_words(line: str) -> list[str]:
    """Return the words of a line that are long enough to carry its subject."""
    return [word.lower() for word in _CONTENT.findall(line)]
