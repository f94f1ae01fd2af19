"""What a line says about its kind all by itself, without the lines around it."""

import re
from functools import lru_cache

from workbench.text.agencies import AGENCY
from workbench.text.dates import read_date
from workbench.text.kinds import Kind

MAX_LINE = 400
"""Longer lines, in code points, are prose: no menu, caption or byline is as long."""

Verdict = tuple[Kind, str]

_I = re.IGNORECASE
_NAME = r"[^\W\d_][\w'’.-]*"
_BIG = (
    r"(?:(?:al|el|as|ad|ash)-)?(?=[^\W\d_a-zà-öø-ÿ])" + _NAME
)  # a word with a capital, in any alphabet
_NAMES = rf"{_BIG}(?:,? (?:and |& |of |in |for |de |van |von |al |el )?{_BIG}){{0,9}}"
_SOURCE = rf"(?:{AGENCY}|Getty(?: Images)?|EPA|AP Photo|REUTERS|Shutterstock|Handout)"
_CREDITED = rf"[(\[]?{_SOURCE}(?:(?: ?[/|,:-] ?| ){_NAME}(?: {_NAME}){{0,4}})?[)\]]?\.?"

_SCRAPED = re.compile(r"date:?\s+\d{4}-\d\d-\d\d\b", _I)
_UPDATED = re.compile(
    r"(?:last |first )?(?:updated?|modified|edited)\b.*(?:\d{4}|\d[:.]\d\d|\bago$)", _I
)
_COUNTER = re.compile(
    r"(?:\d[\d.,]*\s?[km]?\s(?:views?|comments?|shares?|likes?|reads?|retweets?|replies)\b"
    r"|(?:views?|comments?|shares?|likes?|retweets?)\s?[:(]?\s?\d[\d.,]*\)?$)",
    _I,
)
_MENU = re.compile(
    r"(?:all news|latest (?:headlines|news|stories|videos?)|top (?:stories|news)|more (?:news"
    r"|stories|on this(?: story)?|headlines|from .{1,40})|(?:most )?(?:read|viewed|popular|shared"
    r"|commented)|trending(?: now)?|(?:show|load|see|view|read) (?:more|all|less)"
    r"|related (?:articles?|stories"
    r"|news|topics|content|links)|recommended(?: for you)?|you (?:may|might) (?:also )?like"
    r"|editors?['’]?s? (?:picks?|choice)|what to read next|(?:also )?read|share(?: this)?"
    r"(?: (?:article|story|page|on .{1,20}))?|tweet|print|e-?mail|facebook|twitter|whatsapp"
    r"|linkedin|telegram|instagram|youtube|pinterest|copy link|comments?|leave a (?:comment|reply)"
    r"|advertise(?:ment|ments| with us)?|sponsored(?: content)?|story continues below.{0,20}"
    r"|article continues.{0,20}|subscribe(?: now)?|sign (?:in|up)|log ?in|register|newsletters?"
    r"|home|search|menu|sections?|navigation|skip to (?:main )?content|back to top|next|previous"
    r"|next article|previous article|topics?|tags?|categories|listen|watch(?: now| live)?|live"
    r"|contact us|about us|privacy policy|terms (?:of|and) .{1,20}|cookie policy"
    r"|accept(?: cookies)?)",
    _I,
)
_APPEAL = re.compile(
    r"(?:read (?:more|also|next)|also read|see also|watch(?: also)?|related|recommended|more|tags?"
    r"|topics?|filed under|follow us|share this|click here)\s?:"
    r"|(?:follow us (?:on|at)|click here (?:to|for)|sign up (?:for|to)|subscribe to (?:our|the)"
    r"|download (?:our|the) app|like us on|join our|get (?:our|the) (?:latest|newsletter|app)"
    r"|(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,120}$|.{0,120}\ball rights reserved\b"
    r"|this (?:site|website) uses"
    r"|we use cookies|your email address|published in\b.{0,40}\d{4}$|read the full story)",
    _I,
)
_SEPARATORS = re.compile(r"\s(?:[|•·»›>/])(?:\s|$)")
_BYLINE = re.compile(
    rf"(?:(?i:by|written by|story by|reported by|words by)\s?:?\s(?P<author>{_NAMES})"
    rf"(?:\s?[|,/–—-]\s?(?P<outlet>{AGENCY}|{_NAMES}))?"
    rf"|(?P<agency>{AGENCY})(?:(?:,\s?| in |\s?[|/–—-]\s?){_NAMES})?"
    rf"|(?:(?P<writer>{_BIG} {_NAMES})|{_BIG})(?:,\s?|\s?[|/–—-]\s?)(?P<house>{AGENCY})"
    r"|(?i:staff(?: writers?| reporters?| and agencies)?|agencies|news (?:desk|agencies)"
    r"|our (?:staff )?correspondents?|by (?:staff.{0,20}|our .{0,20})|[\w .]{1,30}correspondent))"
)
_HOUSED = re.compile(rf"(?P<names>.+?)(?:,\s?|\s?[|/–—-]\s?)(?P<house>{AGENCY})")
_REPORTING = re.compile(r"[(\[]?(?:additional )?(?:reporting|writing|editing|compiled) by\b", _I)
_CREDIT = re.compile(
    r"(?:(?:photos?|photograph|images?|pictures?|video|graphics?|illustration|credit|source)"
    rf"(?: credit| courtesy(?: of)?| by|\s?:)\s?:?\s?.{{1,80}}|©\s?{_SOURCE}.{{0,30}}|{_CREDITED})",
    _I,
)
_ONE_CREDIT = re.compile(rf"{_CREDITED}")
_PICTURED = re.compile(
    r"(?:frame ?grab|video ?grab|screen ?(?:grab|shot)|caption\s?:|pictured\b|photo shows"
    r"|(?:a |an )?file (?:photo|picture|image)|in this (?:[\w-]+,? ){0,4}(?:photo|photograph"
    r"|image|picture|handout|frame grab|video grab)\b)",
    _I,
)
_SHOWN = re.compile(
    r"\b(?:photo|photograph|picture|pictured|image|footage|handout|grab|shows?|seen|poses?|file"
    r"|stands?|walks?|looks?|speaks?|gestures?|attends?|sits?|rises?|holds?|waves?)\b",
    _I,
)
_ENDS_CREDITED = re.compile(rf"[(\[]{_SOURCE}[^()\[\]]{{0,40}}[)\]]\W*$|\b{_SOURCE}/[\w ]{{2,30}}$")
_LOOSE = " .,|-"


def has_word(line: str) -> bool:
    """Say whether a line holds a letter."""
    return any(map(str.isalpha, line))


def is_credit(piece: str) -> bool:
    """Say whether a piece is nothing but an agency's name in brackets or who reported."""
    return piece[:1] in "([" and bool(_ONE_CREDIT.fullmatch(piece) or _REPORTING.match(piece))


def scraped_date_end(text: str) -> int:
    """Return the offset behind a scraper's date at the very start of a text, or 0."""
    start = len(text) - len(text.lstrip())
    found = _SCRAPED.match(text, start)
    return found.end() if found else 0


def read_byline(line: str) -> tuple[str | None, str | None]:
    """Return the author and the outlet that a byline names."""
    found = _BYLINE.fullmatch(line.rstrip(_LOOSE))
    if not found:
        return None, None
    author = found["author"] or found["writer"]
    housed = _HOUSED.fullmatch(author or "")
    if housed:
        return housed["names"], housed["house"]
    return author, found["outlet"] or found["agency"] or found["house"]


@lru_cache(maxsize=8192)  # menus repeat their lines within a page and from page to page
def line_kind(line: str) -> Verdict | None:
    """Say what a line is, if it shows that by itself.

    Args:
        line: one block, line breaks as spaces.

    Returns:
        A kind and the reason in one sentence, or None: then its neighbours decide.
    """
    if not has_word(line):
        return Kind.BOILERPLATE, "A line without a letter."
    if len(line) > MAX_LINE:
        return None
    return _clutter(line) or _signed(line) or _picture(line)


def _clutter(line: str) -> Verdict | None:
    bare = line.strip(" \t.:…>»›→-–—|[]()*#")
    if _SCRAPED.fullmatch(bare):
        return Kind.BOILERPLATE, "A date that the scraper left."
    if _UPDATED.match(line) and not line.endswith(".") and len(line.split()) <= 14:
        return Kind.BOILERPLATE, "When the page was last changed."
    if _COUNTER.match(line) and not line.endswith("."):
        return Kind.BOILERPLATE, "A counter: part of the page, not of the article."
    if _MENU.fullmatch(bare) or _is_trail(line):
        return Kind.BOILERPLATE, "A menu or a link: part of the page, not of the article."
    if _APPEAL.match(line):
        return Kind.BOILERPLATE, "An appeal, a link or a legal notice: not part of the article."
    return None


def _is_trail(line: str) -> bool:
    """Menus and breadcrumbs: short words between bars or arrows, and no sentence."""
    parts = [part.split() for part in _SEPARATORS.split(line)]
    return (
        len(parts) > 1
        and not line.endswith((".", "!", "?"))
        and all(len(part) <= 3 for part in parts)
        and not read_byline(line)[1]
    )


def _signed(line: str) -> Verdict | None:
    if read_date(line):
        return Kind.DATELINE, "A line that is only a date."
    words = len(line.split())
    reported = _REPORTING.match(line) and (line[0] in "([" or ";" in line or words <= 10)
    if reported or (words <= 14 and _BYLINE.fullmatch(line.rstrip(_LOOSE))):
        return Kind.BYLINE, "Who wrote or sent the article."
    return None


def _picture(line: str) -> Verdict | None:
    words = len(line.split())
    if _CREDIT.fullmatch(line) and words <= 12:
        return Kind.CREDIT, "Who made a picture, or where it comes from."
    credited = _ENDS_CREDITED.search(line)
    if _PICTURED.match(line) or (credited and _SHOWN.search(line)):
        return Kind.CAPTION, "The text of a picture."
    return None
