"""Datelines: where and when a report was filed, glued in front of its first sentence."""

import re

from workbench.text.agencies import AGENCY

MAX_DATELINE = 140
"""The longest dateline that is looked for, in code points."""

_NO_PLACES = frozenset(
    [
        "UPDATE",
        "UPDATED",
        "EDITORIAL",
        "OPINION",
        "COMMENT",
        "ANALYSIS",
        "EXCLUSIVE",
        "BREAKING",
        "WATCH",
        "VIDEO",
        "VIDEOS",
        "PHOTO",
        "PHOTOS",
        "LIVE",
        "FACTBOX",
        "TIMELINE",
        "CORRECTED",
        "CORRECTION",
        "REFILE",
        "RPT",
        "FEATURE",
        "INTERVIEW",
        "PROFILE",
        "EXPLAINER",
        "FACT",
        "KEY",
        "TOP",
        "READ",
        "NOTE",
        "WARNING",
        "ADVERTISEMENT",
        "SPORT",
        "BUSINESS",
        "WORLD",
        "POLITICS",
        "QUESTION",
        "ANSWER",
        "NATO",
        "ISIS",
        "ISIL",
        "OPEC",
        "UNICEF",
        "UNESCO",
    ]
)
_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_NAME = rf"{_UPPER}[\w'’.-]{{1,24}}"
_MORE = rf" {_UPPER}[A-ZÀ-ÖØ-Þ'’.-]{{1,24}}"
_FIRST = rf"{_UPPER}[A-ZÀ-ÖØ-Þ'’.-]{{2,24}}"
_CITY = rf"(?P<city>{_FIRST}(?:{_MORE}){{0,3}})"
_LINK = r"(?: (?:al|as|ash|el|de|del|di|du|la|le|on|upon)[ -]| )"
_MIXED = rf"{_NAME}(?:{_LINK}{_NAME}){{0,3}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:,? (?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?)"
_PLACES = rf"(?:(?:,|/) ?(?!{_MONTH} \d){_NAME}(?: {_NAME}){{0,3}}){{0,2}}"
_AGENCY = rf"(?:\s?\((?P<round>{AGENCY})(?:/[^()]{{1,30}})?\)|\.? ?/(?P<slashed>{AGENCY})/)"
# A full stop ends a dateline only where a date or an agency has shown that it is one.
_DASH = r"(?:\s?--|\s?[–—]|\s-)(?=\s|$|[\"“‘A-Z])"
_COLON = r":(?=\s|$)"
_END = rf"(?:{_DASH}|{_COLON})"
_START = r"(?=\s*(?:[\"'“‘«(\[]*(?:[^\W\d_a-zß-öø-ÿ]|\d)|$))"

_FORMS = (
    re.compile(rf"\(?(?P<round>{AGENCY})\)?{_DASH}{_START}"),
    re.compile(rf"{_CITY}{_PLACES}{_DATE}?{_AGENCY}?{_DASH}{_START}"),
    re.compile(rf"{_CITY}{_PLACES}(?:{_DATE}?{_AGENCY}|{_DATE}){_COLON}{_START}"),
    # Three words in capitals and a colon are a shout, not a city.
    re.compile(rf"(?P<city>{_FIRST}(?:{_MORE})?){_PLACES}{_COLON}{_START}"),
    re.compile(rf"{_CITY}{_PLACES}(?:{_DATE}?{_AGENCY}|{_DATE})\.{_START}"),
    re.compile(rf"(?P<city>{_MIXED}){_PLACES}{_DATE}?{_AGENCY}(?:{_END}|\.){_START}"),
    re.compile(rf"(?P<city>{_MIXED}){_PLACES}{_DATE}{_DASH}{_START}"),
)


def dateline_end(block: str) -> int:
    """Say where the dateline at the start of a block ends.

    Args:
        block: a paragraph, line breaks as spaces.

    Returns:
        The offset in code points behind the dateline's last sign, 0 where there is none.
    """
    found = _match(block)
    return found.end() if found else 0


def dateline_agency(dateline: str) -> str | None:
    """Return the agency that a dateline names, as it is written there."""
    found = _match(dateline)
    parts = found.groupdict() if found else {}
    return parts.get("round") or parts.get("slashed")


def _match(block: str) -> re.Match[str] | None:
    for form in _FORMS:
        found = form.match(block, 0, MAX_DATELINE)
        if found and found.groupdict().get("city", "").partition(" ")[0] not in _NO_PLACES:
            return found
    return None
