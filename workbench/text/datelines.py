"""Datelines: where and when a report was filed, glued in front of its first sentence."""

import re
from functools import lru_cache

from workbench.text.agencies import AGENCY, ONLY_AGENCY

MAX_DATELINE = 140
"""The longest dateline that is looked for, in code points."""

_WORDS = (
    "ADVERTISEMENT ADVISORY ALERT ALSO ANALYSIS AND ANSWER ATTENTION BACKGROUND BLOG BREAKING "
    "BUSINESS BUT BY CAUTION CC CHAPTER CLAIM CLARIFICATION COMMENT CONTACT CONTEXT CORRECTED "
    "CORRECTION CREATED CREDIT DATE DETAILS DEVELOPING DISCLAIMER EDIT EDITED EDITION EDITOR "
    "EDITORIAL EDITORS EXCLUSIVE EXPLAINED EXPLAINER FACT FACTBOX FACTS FALSE FAQ FEATURE "
    "FILE FOR FROM FULL FW FWD GALLERY GRAPHIC HEADLINES HOW IMAGE IMPORTANT IN INTERVIEW "
    "ISIL ISIS IT JUST KEY LATEST LETTER LETTERS LISTEN LIVE MAP MEANWHILE MISLEADING "
    "MODIFIED MORE MYTH NATO NEWS NO NOTE NOTES OK ON OPEC OPINION PART PHOTO PHOTOS PICTURES "
    "PLUS PODCAST POLITICS POLL POSTED PREVIEW PROFILE PS PUBLISHED QUESTION QUIZ QUOTE RE "
    "READ RECAP REFILE RELATED REPORT REVIEW RPT SCROLL SEE SHARE SOURCE SOURCES SPOILER "
    "SPORT SPORTS STATEMENT STEP STORY SUBJECT SUMMARY TAGS THE THIS TIMELINE TIP TLDR TO "
    "TODAY TOP TRUE UNESCO UNICEF UPDATE UPDATED UPDATES URGENT VERDICT VIDEO VIDEOS VIEW "
    "WARNING WATCH WHAT WHEN WHERE WHO WHY WITH WORLD WRAPUP YES "
)
# A label in capitals before a colon or a dash is no city.
_NO_PLACES = frozenset(_WORDS.split())
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_CAPS = r"[A-ZÀ-ÖØ-Þ'’.-]"
_CITY = rf"(?P<city>{_UPPER}{_CAPS}{{2,24}}(?: {_UPPER}{_CAPS}{{1,24}}){{0,4}})"
_SHORT = rf"(?P<city>{_UPPER}{_CAPS}{{2,24}}(?: {_UPPER}{_CAPS}{{1,24}})?)"
_NAME = rf"{_UPPER}[\w'’.-]{{1,24}}"
_LINK = r"(?: (?:al|as|ash|el|de|del|di|do|du|la|le|on|upon|of|the|am|an)[ -]| )"
_MIXED = rf"(?P<city>{_NAME}(?:{_LINK}{_NAME}){{0,3}})"
_MONTH = (
    r"(?i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mär|Mai|Okt|Dez|janv|févr|avr|juil|août"
    r"|déc)"
    r"[^\W\d_]{0,7}\.?"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTH})"
_DATE = rf"(?:[.,]? ?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},? )?{_DAY}(?:,? \d{{4}})?,?)"
_PLACES = (
    rf"(?:(?:, ?|/| / )(?!{_MONTH} \d|(?:{ONLY_AGENCY})\b){_NAME}(?:[ -]{_NAME}){{0,3}}){{0,3}},?"
)
_CALLED = r"(?=[^\W\d_a-z])[\w .,’'/&|-]{1,38}"
_ROUND = rf"\s?[(\[](?P<round>{_CALLED})[)\]]"
_SLASHED = r"\.?,? ?/(?P<slashed>[\w .’'-]{1,30})/"
_BARE = rf"(?:[.,]| [|–—/-]) ?(?P<bare>{AGENCY})"
_KNOWN = rf"\s?[(\[](?P<round>{AGENCY})(?:[/ ,|][^()\[\]]{{1,30}})?[)\]]"
_AGENCY = rf"(?:{_ROUND}|{_SLASHED}|{_BARE})"
# Before a colon or a full stop a name in brackets must be known, or anything would do.
_SENDER = rf"(?:{_KNOWN}|{_SLASHED}|{_BARE})"
_DASH = r"(?:\s?--+|\s?[–—]|\s?-(?=\s)|\s?_(?=\s|$)|\s-)(?=\s|$|[\"“‘«A-Z])"
_COLON = r"\s?:(?=\s|$)"
# What follows opens a sentence: a capital, a figure, a quotation mark, or nothing.
_START = r"(?=\s*(?:[\"'“‘«„(\[`]*(?:[^\W\d_a-zß-öø-ÿ]|\d)|[@#$£€]|$))"

_FORMS = (
    re.compile(rf"[(\[](?P<round>{AGENCY}|[A-Z]{{2,8}})[)\]](?:{_DASH}|{_COLON}){_START}"),
    re.compile(rf"\((?P<round>{AGENCY})\)(?=[A-Z][a-z])"),
    re.compile(rf"(?P<round>{AGENCY})\s?(?:--|[–—-])(?=\s|$){_START}"),
    re.compile(rf"{_CITY}{_PLACES}{_DATE}?{_AGENCY}?{_DATE}?,?{_DASH}{_START}"),
    re.compile(rf"{_CITY}{_PLACES}(?:{_DATE}?{_AGENCY}|{_DATE}){_COLON}{_START}"),
    # Three words in capitals and a colon are a shout, not a city.
    re.compile(rf"(?P<bare_city>){_SHORT}{_PLACES}{_COLON}{_START}"),
    # A full stop ends a dateline only where a date or an agency has shown that it is one.
    re.compile(rf"{_CITY}{_PLACES}(?:{_DATE}?{_SENDER}|{_DATE})\.{_START}"),
    re.compile(rf"{_MIXED}{_PLACES}{_DATE}(?:{_AGENCY})?(?:{_DASH}|{_COLON}){_START}"),
    re.compile(rf"{_MIXED}{_PLACES}(?:{_ROUND}|{_SLASHED}){_DASH}{_START}"),
    re.compile(rf"{_MIXED}{_PLACES}{_DATE}?{_SENDER}(?:{_COLON}|\.){_START}"),
    re.compile(rf"{_MIXED}{_PLACES}{_DATE}?(?:{_BARE}){_DASH}{_START}"),
)
_ALONE = re.compile(
    rf"(?:{_CITY}|{_MIXED.replace('city', 'town')}){_PLACES}(?:{_DATE}(?:{_AGENCY})?"
    rf"|{_KNOWN.replace('round', 'known')})"
)
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")


@lru_cache(maxsize=1024)
def dateline_end(block: str, *, may_be_speaker: bool = False) -> int:
    """Say where the dateline at the start of a block ends.

    Args:
        block: a paragraph, line breaks as spaces.
        may_be_speaker: whether the article names its speakers in the same way ("MARSH: ..."),
            so that a name and a colon alone are no dateline.

    Returns:
        The offset in code points behind the dateline's last sign, 0 where there is none.
    """
    found = _match(block)
    if found and may_be_speaker and "bare_city" in found.groupdict():
        return 0
    return found.end() if found else 0


def dateline_agency(dateline: str) -> str | None:
    """Return the agency that a dateline names, as it is written there."""
    found = _match(dateline) or _ALONE.fullmatch(dateline)
    parts = found.groupdict() if found else {}
    named = (parts.get(name) for name in ("round", "slashed", "bare", "known"))
    return next((name for name in named if name), None)


def is_dateline(line: str) -> bool:
    """Say whether a line is nothing but a place with a date or an agency."""
    if len(line) > MAX_DATELINE:
        return False
    found = _ALONE.fullmatch(line)
    city = (found["city"] or found["town"]) if found else ""
    return found is not None and not _WEEKDAY.match(city) and not _is_no_place(city)


def _match(block: str) -> re.Match[str] | None:
    for form in _FORMS:
        found = form.match(block, 0, MAX_DATELINE)
        if found and not _is_no_place(found.groupdict().get("city") or ""):
            return found
    return None


def _is_no_place(city: str) -> bool:
    first = city.partition(" ")[0].rstrip("'’S.").rstrip("'’")
    return city.partition(" ")[0].upper() in _NO_PLACES or first.upper() in _NO_PLACES
