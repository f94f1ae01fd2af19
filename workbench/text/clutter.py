"""Lines that belong to the page and not to the article."""

import re

from workbench.text.buttons import are_buttons
from workbench.text.bylines import read_byline
from workbench.text.kinds import Kind, Verdict
from workbench.text.phrases import APPEAL, LINKS, MENU, SOURCES
from workbench.text.phrases_abroad import ABROAD

_I = re.IGNORECASE
_APPEAL_WORDS = 45

_SCRAPED = re.compile(r"date:?\s+\d{4}-\d\d-\d\d\b", _I)
# A scraper's or a feed's date that is glued to the first line needs a capital behind it.
_OPENING_DATE = re.compile(
    rf"{_SCRAPED.pattern}|\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?(?=\s+[A-Z\"“])", _I
)
_UPDATED = re.compile(
    r"(?:this (?:article|story|page) was )?(?:\d[\d.: ]+\()?(?:last |first )?(?:updated?|modified"
    r"|edited|revised)\b"
    r"(?: time)?.*(?:\d{4}|\d[:.]\d\d|\bago$)"
    r"|(?:изменено|обновлено|aktualisiert|mis à jour|actualizado|atualizado|aggiornato)\b.*\d",
    _I,
)
_AGO = re.compile(
    r"(?:about |posted |published )?(?:an?|\d+) (?:min(?:ute)?|hour|hr|day|week|month)s? ago", _I
)
_COUNTER = re.compile(
    r"(?:\d[\d.,]*(?:\s\d{3})*\s?[km]?\+?\s(?:views?|comments?|shares?|likes?|reads?|retweets?|replies|votes?"
    r"|reactions?|followers|photos|tweets|просмотр\w*|комментари\w*|vues|visitas|kommentare)\b"
    r"|(?:views?|comments?|shares?|likes?|retweets?|hits"
    r"|просмотр\w*)\s?[:(]?\s?\d[\d.,]*[km]?\)?$)",
    _I,
)
_SEPARATORS = re.compile(r"\s(?:[|•·»›>/])(?:\s|$)|\s?[|»›](?:\s|$)")
_SOCIAL = re.compile(
    r"(?:https?://|www\.)\S+|@\w+|(?:#\w+\s?)+|.*\bpic\.twitter\.com/\w+.*"
    r"|[—–-]+ ?.{1,60}\(@\w+\) .{0,30}\d{4}|.{1,40}\(@\w+\)|[\w.+-]+@[\w-]+\.[\w.]+"
)
_WIRE_CODE = re.compile(
    r"[A-Z]{2}-[A-Z]{2}-\d\d-\d\d-\d\d\b.*|[A-Z]{2,3}/[A-Z]{2,3}(?:/[A-Z]{2,3})?|-0-|___+.*|###.*"
    r"|\(?END\)?\.?|-30-"
)
_SLUGS = (
    r"(?:UPDATE|WRAPUP|WRAP|CORRECTED|CORRECTION|REFILE|RPT|REPEAT|FACTBOX|EXCLUSIVE|ANALYSIS"
    r"|INSIGHT"
    r"|TIMELINE|NEWSMAKER|PREVIEW|SNAP ANALYSIS|POLL|GRAPHIC|CLARIFICATION|RECASTS?|FEATURE|SPECIAL"
    r" REPORT|INTERVIEW|EXPLAINER|BREAKINGVIEWS|LEAD|URGENT|OFFICIAL|TABLE|TEXT|BRIEF)"
)
_SLUG = re.compile(
    rf"(?:{_SLUGS}(?: ?\d{{1,2}})?[-–](?=[A-Z\d\"'“‘]|$))+|\((?:\d\w\w )?LE?A?D(?: \d)?\)(?=\s|$)"
)
_SLUG_LINE = re.compile(
    r"\((?:adds?|updat(?:es?|ed|ing)|corrects?|recasts?|rewrites?|refiles?|repeats?|rpts|removes?"
    r"|clarif(?:ies|y)|changes?|fixes|deletes?|drops?|writes? through|new throughout|embargoed"
    r"|releads|trims|incorporates|edits?|restores?)\b[^()]{0,240}(?:\([^()]*\)[^()]*)*\)\.?",
    _I,
)
_BARE = " \t.:…>»›→▶►-–—|[]()*#"


def opening_end(text: str) -> int:
    """Return the offset behind a date that was glued in front of a whole text, or 0."""
    start = len(text) - len(text.lstrip())
    found = _OPENING_DATE.match(text, start)
    return found.end() if found else 0


def slug_end(line: str) -> int:
    """Return the length of an agency's slug in front of a headline ("UPDATE 2-"), or 0."""
    found = _SLUG.match(line)
    return found.end() if found else 0


def is_links_heading(line: str) -> bool:
    """Say whether a line stands over a list of links."""
    return LINKS.fullmatch(line.strip(_BARE)) is not None


def is_sources_heading(line: str) -> bool:
    """Say whether a line stands over a list of works that the article names."""
    return SOURCES.fullmatch(line.strip(_BARE)) is not None


def clutter(line: str) -> Verdict | None:
    """Say why a short line is boilerplate; None where it need not be."""
    bare = line.strip(_BARE)
    words = len(line.split())
    if _SCRAPED.fullmatch(bare):
        return Kind.BOILERPLATE, "A date that the scraper left."
    if _SLUG.fullmatch(line) or _SLUG_LINE.fullmatch(line):
        return Kind.BOILERPLATE, "An agency's note on what changed in this version."
    if _AGO.fullmatch(bare) or (_UPDATED.match(line) and not line.endswith(".") and words <= 14):
        return Kind.BOILERPLATE, "When the page was last changed."
    if _COUNTER.match(line) and not line.endswith("."):
        return Kind.BOILERPLATE, "A counter: part of the page, not of the article."
    if MENU.fullmatch(bare) or ABROAD.fullmatch(bare) or is_links_heading(line) or _is_trail(line):
        return Kind.BOILERPLATE, "A menu or a link: part of the page, not of the article."
    if _SOCIAL.fullmatch(line) or _WIRE_CODE.fullmatch(line):
        return Kind.BOILERPLATE, "An address, a post's signature or an agency's code."
    if are_buttons(bare):
        return Kind.BOILERPLATE, "Buttons to share the article: part of the page."
    if words <= _APPEAL_WORDS and APPEAL.match(line):
        return Kind.BOILERPLATE, "An appeal, a link or a legal notice: not part of the article."
    return None


def _is_trail(line: str) -> bool:
    """Menus and breadcrumbs: short words between bars or arrows, and no sentence."""
    if line.endswith((".", "!", "?")):
        return False
    parts = [part.split() for part in _SEPARATORS.split(line)]
    return (
        len(parts) > 1
        and all(len(part) <= 3 for part in parts)
        # One bar may part a title from its outlet.
        and (len(parts) > 2 or not parts[-1] or "|" not in line)
        and not read_byline(line)[1]
    )
