"""Bylines: who wrote a report, for whom."""

import re
from functools import lru_cache

from workbench.text.agencies import AGENCY, MEDIA
from workbench.text.dates import date_tail

_WORD = r"[^\W\d_][\w'’.-]*"
_BIG = r"(?:(?:al|el|as|ad|ash|d|O)[-'’])?(?=[^\W\d_a-zà-öø-ÿ])" + _WORD
_JOINT = (
    r"(?:,? (?:and|und|et|y|e|&|of|in|for|de|del|della|van|von|der|den|di|da|du|la|le|al|el|bin"
    r"|ibn|ben|the)"
)
_NAMES = rf"{_BIG}(?:{_JOINT}(?: (?:de|van|von|der|den|la))? |, | ){_BIG}){{0,9}}"
_NO_NAMES = (
    r"(?!(?:The|A|An|Its?|Her|His|Our|This|That|All|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|January"
    r"|February"
    r"|March|April|May|June|July|August|September|October|November|December|Contrast|Far|Now|Then"
    r"|Comparison|Law)(?:days?)?\b)"
)
_ROLE = (
    r"(?:[\w&'’-]+ ){0,5}(?:editor|correspondent|reporter|writer|staff|analyst|chief|contributor"
    r"|columnist|producer|bureau|desk|journalist|editors|reporters|writers|fellow|professor)"
    r"(?: (?:in|at|for|of) [\w '’-]{1,30})?"
)
_PLACED = (
    rf"(?:,? (?:in|at|on|from) (?:the )?{_NAMES}"
    rf"|,? (?:FOR|[Ff]or) (?:the )?(?P<employer>{_NAMES}))"
)
_BY = (
    r"(?i:(?:story |written |reported |words |text |interview |posted |report |analysis |photos?"
    r" and text |compiled |opinion )?by|author|reporter|writer|von|par|por|di|door|av|af|autor"
    r"|text)"
)
_SIGNED = re.compile(
    rf"{_BY}\s?:?\s{_NO_NAMES}(?P<author>{_NAMES})"
    rf"(?:{_PLACED})?"
    rf"(?:(?:,\s?|\s?[|/•·–—-]\s?)(?:(?P<role>(?i:{_ROLE}))|(?P<outlet>{AGENCY}"
    rf"|(?:[Tt]he )?{_NAMES})))?"
    rf"(?:(?:,\s?|\s?[|/•·–—-]\s?)(?:(?i:{_ROLE})|(?P<second>{AGENCY}|(?:[Tt]he )?{_NAMES})))?"
)
_HOUSED = re.compile(
    rf"(?P<agency>{AGENCY})(?:(?:,\s?| in |\s[|/–—-]\s){_NAMES})?"
    rf"|(?:(?P<writer>{_BIG} {_NAMES})|{_BIG})(?:,\s?|\s?[|/–—-]\s?)(?P<house>{AGENCY})"
    rf"|(?P<reporter>{_BIG} {_NAMES}) in {_BIG}(?: {_BIG}){{0,2}}"
    r"|[A-Z][\w-]+\.(?:com|org|net|info|news|tv|co\.uk|de|fr|es|it|ru)"
    r"|(?i:staff(?: writers?| reporters?| and agencies)?|(?:and )?agencies|news (?:desk|agencies)"
    r"|our (?:staff )?correspondents?|(?:staff|web|agency) reports?|(?:web|our foreign) desk"
    r"|by (?:staff.{0,20}|our .{0,20})|[\w .]{1,30}correspondent"
    rf")|(?:{_BIG} ){{1,4}}(?:Staff(?: Report)?|Web Desk|Foreign Desk|News Desk|News Service"
    rf"|Monitoring Desk|Newsroom)"
)
_DATED = re.compile(
    rf"{_BIG}(?: {_BIG}| ?[/,|] ?{_BIG}| (?:and|y|et|und|e|de|von|van) {_BIG}){{1,8}}"
)
_CLOCK = re.compile(r"\d[:.h]\d\d")
_FOR = re.compile(r"\s(?:[Ff]or|FOR)\s(?:the\s)?")
_ROLED = re.compile(rf",\s?(?i:{_ROLE.replace('|staff', '')})$")
_MEDIA = re.compile(MEDIA, re.IGNORECASE)
_LAST = re.compile(
    rf"(?P<names>.+?)(?:,\s?|\s?[|/–—-]\s?)(?P<house>{AGENCY}|{_BIG}(?: {_BIG}){{0,4}})"
)
_AGENCY = re.compile(rf"(?:{AGENCY})")
_PUBLISHED = re.compile(
    r"(?i:source|published (?:by|in)|publisher|publication|outlet|quelle|источник|fuente|fonte)"
    rf"\s?[:：]?\s(?P<outlet>(?:[Tt]he )?{_NAMES}(?: \d{{1,3}}"
    rf"|\.[a-z]{{2,4}})?)(?:,? and (?:news )?agencies"
    r"|\s?[|/,–—-].{0,60})?"
)
_REPORTING = re.compile(
    r"[(\[]?(?:(?i:(?:(?:additional|further) )?(?:reporting|writing|editing|translation|compiled"
    r"|edited"
    r"|translated|reported|written)(?: for .{1,30})? by\b"
    r"|with (?:agenc(?:y|ies)|files from|reporting by|additional reporting|inputs? from)\b"
    r"|editors?:\s)"
    r"|.{1,120}\bcontributed (?:reporting |to this (?:report|story|article)))"
)
_STAFF = re.compile(r"\s(?i:staff(?: (?:writer|reporter)s?)?|(?:web|news) ?desk|newsroom)$")
_LOOSE = " .,|-"
_NOTES = ("this report.", "this story.", "this article.", "to this report", "to this story")
_WORDS = 16


def is_byline(line: str) -> bool:
    """Say whether a line names who wrote or sent the article, and does nothing else."""
    line = " ".join(line.split())
    tail = date_tail(line)
    if tail and _is_signed(_undated(line), tail):
        return True
    words = len(line.split())
    if _REPORTING.match(line):
        return line[0] in "([" or ";" in line or words <= 12 or line.endswith(_NOTES)
    if read_source(line):
        return True
    return words <= _WORDS and not line.endswith(("?", "!")) and _find(line) is not None


def is_reporting(piece: str) -> bool:
    """Say whether a piece is the closing note on who reported."""
    return _REPORTING.match(piece) is not None


def read_byline(line: str) -> tuple[str | None, str | None]:
    """Return the author and the outlet or agency that a byline names."""
    whole = " ".join(line.split())
    names = _undated(whole)
    found = _find(names)
    if not found:
        return _parted(names) if names != whole else (None, None)
    parts = found.groupdict()
    author = parts.get("author") or parts.get("writer") or parts.get("reporter")
    outlets = [parts.get(name) for name in ("employer", "outlet", "second", "agency", "house")]
    house = next((outlet for outlet in outlets if outlet), None)
    author = _ROLED.sub("", author) if author else None
    if author and not house:
        author, _, house = _FOR.sub("\0", author, count=1).partition("\0")
        if not house:
            author, house = _parted(author)
    return author, _STAFF.sub("", house) if house else None


def read_source(line: str) -> str | None:
    """Return the outlet of a line such as "Source: Orlen Post" or "Published by Orlen Post"."""
    found = _PUBLISHED.fullmatch(line.strip(_LOOSE))
    return found["outlet"] if found else None


def is_agency(name: str) -> bool:
    """Say whether a name is that of a news agency."""
    return _AGENCY.fullmatch(name) is not None


def _undated(line: str) -> str:
    tail = date_tail(line)
    return line.removesuffix(tail).rstrip(" ,|•·–—/-") if tail else line


def _is_signed(names: str, date: str) -> bool:
    """Say whether what stands before a date is who wrote at that hour, or who wrote for whom."""
    if _find(names):
        return True
    are_names = _DATED.fullmatch(names) is not None and not _has_small(names)
    return are_names and (_CLOCK.search(date) is not None or _parted(names)[1] is not None)


def _parted(author: str) -> tuple[str, str | None]:
    # "By Ana Roth, Orlen Post" is read as one list of names: the last may be the house.
    found = _LAST.fullmatch(author)
    if found and (
        " and " in found["names"] or _MEDIA.search(found["house"]) or is_agency(found["house"])
    ):
        return found["names"], found["house"]
    return author, None


def _has_small(names: str) -> bool:
    """Say whether a word begins small in an alphabet whose capitals the patterns do not know."""
    return any(word[0] > "ÿ" and word[0].islower() for word in names.split())


@lru_cache(maxsize=1024)
def _find(line: str) -> re.Match[str] | None:
    loose = line.strip(_LOOSE)
    if len(loose.split()) > _WORDS:
        return None
    # The patterns know capitals of Western Europe only.
    if any(word[0] > "ÿ" and word[0].islower() for word in loose.split()):
        return None
    return _SIGNED.fullmatch(loose) or _HOUSED.fullmatch(loose)
