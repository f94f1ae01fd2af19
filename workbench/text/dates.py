"""Dates as they stand in articles: found by pattern, read strictly, never guessed.

A date parser let loose on prose reads words and aircraft types as dates, so only whole lines
and datelines are looked at.
"""

import re
from collections.abc import Mapping
from datetime import date

from workbench.text.months import month_number

_NAMES = "january february march april may june july august september october november december"
_MONTHS = {name[:size]: n for n, name in enumerate(_NAMES.split(), 1) for size in (3, 4, len(name))}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w.-]){form}(?=T\d|[^\w-]|$)")
    for form in (
        rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)",
        rf"{_DAY} {_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"(?P<day>\d{{1,2}})(?P<sign>[./])(?P<month>\d{{1,2}})(?P=sign){_YEAR}",
        rf"{_MONTH},? {_YEAR}",
    )
)
_WEEKDAY = re.compile(
    r"(?:on )?(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b[.,]? ?", re.IGNORECASE
)
_WEEKDAY_BEFORE = re.compile(_WEEKDAY.pattern + "$", re.IGNORECASE)
_UPDATED = re.compile(
    r"\b(?:updated?|modified|edited|revised|corrected)\b"
    r"|изменено|обновлено|aktualisiert|mis à jour|actualizado|atualizado|aggiornato",
    re.IGNORECASE,
)
_SCRAPED = re.compile(r"(?:date:?\s+)?(?:19|20)\d\d-\d\d-\d\d(?:[T ][\d:.]+Z?)?", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|created|issued|released)(?: time| date)?"
    r"(?: on| at)?\s?:?|(?:publication )?date\s?:|on)\s+",
    re.IGNORECASE,
)
_CLOCK = (
    r"(?:T|[,|@/()·•–—-]|at|as of|um|à|alle|klo|kl\.?|o godz\.|в|о"
    r"|\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:[ap]\.?m\.?)?|\d{1,2}[ap]m"
    r"|[ap]\.?m\.?"
    r"|[A-Z]{1,3}T\b|GMT|UTC|KSA|MSK|Uhr|Z|[+-]\d\d:?\d\d|(?:local )?time|\s)"
)
# Possessive: the parts overlap, and no other way to read them is worth a second try.
_TIME = re.compile(rf"{_CLOCK}*+", re.IGNORECASE)
_TIME_FIRST = re.compile(rf"(?=\d{{1,2}}[:.]\d\d){_CLOCK}*+", re.IGNORECASE)
# The page's other date may stand behind the article's own.
_MORE = re.compile(
    r"\s*(?:[|/;·•-]\s*)?(?:last )?(?:updated?|modified|edited)\b.{0,60}", re.IGNORECASE
)
_FOREIGN_MONTHS = (
    "jan|fev|fév|mär|mar|avr|abr|mai|mag|maj|kvě|jui|jún|ago|aoû|okt|out|ott|dez|déc|dic|gen|giu"
    "|lug|set"
    "|ene|sty|lut|kwi|cze|lip|sie|wrz|paź|lis|gru|led|úno|bře|dub|čer|srp|zář|říj|pro|oca|şub|nis"
    "|haz"
    "|tem|ağu|eyl|eki|kas|ara|ian|янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер"
    "|кві"
    "|тра|чер|лип|сер|вер|жов|гру|яну|юни|юли|сеп|ное|feb|apr|jun|jul|aug|sep|nov|dec"
)
_FOREIGN = re.compile(
    r"(?:[^\W\d_]{2,14},? )?(?:(?:publié|veröffentlicht|publicado|pubblicato|опубликовано"
    r"|stand)\w{0,3}:?"
    r" (?:le |am |el |em |il )?)?"
    rf"(?:\d{{1,2}}\.?º? (?:de )?(?:{_FOREIGN_MONTHS})[^\W\d_]{{0,9}}\.? (?:de |del )?(?:19|20)\d\d"
    r"(?: г\.| года| р\.| року)?|\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d\d"
    r"|\d{1,2}(?P<sign>[./-])\d{1,2}(?P=sign)(?:(?:19|20)\d\d|\d\d\b)"
    r"|(?:19|20)\d\d ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일])",
    re.IGNORECASE,
)
_LONGEST = 120  # code points
_HOUR = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)")
_WHOLE_DAY = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)\d\d"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{2,12}[.,]?(?:/[^\W\d_]{3,12})?,? (?:de )?(?:19|20)\d\d"
    r"|(?:19|20)\d\d ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일])(?!\d)"
)
_NAMED_DAY = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})\.?º? (?:de )?(?P<month>[^\W\d_]{3,12})\.?(?:/[^\W\d_]{3,12})?,?"
    r" (?:de |del )?(?P<year>(?:19|20)\d\d)(?!\d)"
)
_EASTERN_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일]"
)
_STAMP_WORD = re.compile(r"[^\W\d_]{2,}")
_STAMP_WORDS = 3  # a month, a weekday, a zone; a headline says more
_TAIL_STARTS = re.compile(
    r"(?<=\S)(?:\s*[|•·–—/,]\s*|\s-\s|\s+)"
    r"(?=\d|(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|publi|post"
    r"|on )[a-z]*)",
    re.IGNORECASE,
)


def read_date(line: str) -> str | None:
    """Read a line that is a date and nothing else.

    Args:
        line: one line; "Published:" before and a time of day behind the date are fine.

    Returns:
        "2016-10-14", or "2016-10" where there is no day. None when the line is something else,
        when day and month could change places, or when a weekday does not fit.
    """
    found, weekday = _dated(line)
    if found and _is_english(found["month"]):
        return _iso(found.groupdict(), weekday)
    if not is_date_line(line):
        return None
    # What stands behind the word for an update is another day.
    own = _UPDATED.split(line, maxsplit=1)[0]
    return _abroad(own) or find_date(own)


def is_date_line(line: str) -> bool:
    """Say whether a line is a date and nothing else, be it one that cannot be read safely."""
    if len(line) > _LONGEST:
        return False
    found, _ = _dated(line)
    if found and _is_english(found["month"]):
        return True
    if _is_stamp(line):
        return True
    foreign = _FOREIGN.match(line)
    return foreign is not None and _TIME.fullmatch(line, foreign.end()) is not None


def _is_english(month: str) -> bool:
    return month.isdigit() or month.lower() in _MONTHS


def _abroad(line: str) -> str | None:
    """Read a date in the words or the order of another language."""
    found = _NAMED_DAY.search(line) or _EASTERN_DAY.search(line)
    if not found:
        return None
    month = found["month"]
    number = int(month) if month.isdigit() else month_number(month)
    return _iso({**found.groupdict(), "month": str(number)}, None) if number else None


def _is_stamp(line: str) -> bool:
    """Say whether a line is a day and an hour with hardly a word, in whatever language."""
    if len(line) > _LONGEST or not (_HOUR.search(line) and _WHOLE_DAY.search(line)):
        return False
    words = _STAMP_WORD.findall(line)
    is_cased = any(word[0].lower() != word[0].upper() for word in words[:1])
    # Where no capital tells a name from a word, both are few only together.
    most = _STAMP_WORDS if is_cased else 2 * _STAMP_WORDS
    return len(words) <= most and not _UPDATED.match(line)


def _dated(line: str) -> tuple[re.Match[str] | None, str | None]:
    """Find the date that a line consists of, and the weekday in front of it."""
    role = _ROLE.match(line)
    rest = line[role.end() :] if role else line
    clock = _TIME_FIRST.match(rest)
    rest = rest[clock.end() :] if clock else rest
    weekday = _WEEKDAY.match(rest)
    start = weekday.end() if weekday else 0
    for form in _FORMS:
        found = form.match(rest, start)
        behind = _TIME.match(rest, found.end()) if found else None
        if behind and (behind.end() == len(rest) or (role and _MORE.fullmatch(rest, behind.end()))):
            return found, weekday["weekday"] if weekday else None
    return None, None


def find_date(piece: str) -> str | None:
    """Find the first date with a year inside a short piece, such as a dateline.

    A weekday right in front of it must fit.
    """
    for form in _FORMS:
        found = form.search(piece)
        if found:
            before = _WEEKDAY_BEFORE.search(piece[: found.start()])
            return _iso(found.groupdict(), before and before["weekday"])
    return None


def date_tail(line: str) -> str:
    """Return the date that a short line ends in, behind other words; "" where there is none."""
    if len(line) <= _LONGEST:
        for found in _TAIL_STARTS.finditer(line):
            if is_date_line(line[found.end() :]):
                return line[found.end() :]
    return ""


def read_update(line: str) -> str | None:
    """Read the date of a line, or of the part of it, that says when the page was changed."""
    role = _UPDATED.search(line[:_LONGEST])
    return find_date(line[role.end() : _LONGEST]) if role else None


def read_scraped(line: str) -> str | None:
    """Read the date that a scraper left in front of a text: "date 2022-04-20"."""
    return find_date(line) if _SCRAPED.fullmatch(line) else None


def _iso(parts: Mapping[str, str | None], weekday: str | None) -> str | None:
    year, day = int(parts["year"] or 0), int(parts.get("day") or 0)
    name = (parts["month"] or "").lower()
    month = int(name) if name.isdigit() else _MONTHS.get(name, 0)
    if parts.get("sign") and day <= 12 and month <= 12 and day != month:
        return None  # 3/4/2015 is in March for some and in April for others
    if parts.get("sign") == "/" and month > 12:
        day, month = month, day
    if not day:
        return f"{year}-{month:02}" if month and not weekday else None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    if weekday and _WEEKDAYS[found.weekday()] != weekday.lower():
        return None
    return found.isoformat()
