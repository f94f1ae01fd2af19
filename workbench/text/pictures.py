"""Captions and credits: lines about a picture, and who made it."""

import re

from workbench.text.agencies import AGENCY
from workbench.text.kinds import Kind, Verdict

CAPTION: Verdict = (Kind.CAPTION, "The text of a picture.")
CREDIT: Verdict = (Kind.CREDIT, "Who made a picture, or where it comes from.")

_I = re.IGNORECASE
_NAME = r"[^\W\d_][\w'’.&-]*"
_LIBRARY = (
    r"Getty(?: Images)?|AP Photo|AP Images|EPA|EPA-EFE|REUTERS|Shutterstock|Handout|iStock|Alamy"
    r"|Press Association|PA Wire|PA Media|Rex Features|Unsplash|Wikimedia(?: Commons)?|Flickr"
    r"|Pool|Xinhua|Contributed|Supplied|Courtesy photo|Ritzau Scanpix|TT|NTB|Imago|picture alliance"
)
_SOURCE = rf"(?:{AGENCY}|{_LIBRARY})"
_AGENCY_ONLY = rf"[(\[]?{_SOURCE}(?:(?: ?[/|,:-] ?| ){_NAME}(?: {_NAME}){{0,4}}){{0,2}}[)\]]?\.?"
_MADE = (
    r"(?i:(?:file |stock |handout |aerial |satellite )?(?:photo(?:s|graphs?|graphy|grapher)?"
    r"|pictures?"
    r"|pic|images?|drawings?|illustrations?|graphics?|maps?|artwork|video|credits?|courtesy|foto\w*"
    r"|bild\w*|crédits?|imagen|imagem|zdjęcie|fot|фото|снимок|графика)"
    r"(?: (?:credits?|courtesy(?: of)?|copyright|source|provided|supplied|via))?)"
)
# A credit names its maker behind a sign or a "by"; "image" alone is a word like any other.
_NAMED = (
    rf"{_MADE}(?:\s?[:：©]|\.\.\.|,? by|\s?/|(?<=courtesy of)|(?<=copyright)|(?<=source),"
    rf"|\.(?= [A-Z]))\s?"
)
_WHO = r"[^.!?()\[\]]{1,80}(?:\.[^.!?()\[\]]{1,60}){0,4}"
_EXPLICIT = re.compile(
    rf"(?:[(\[]\s?{_NAMED}.{{1,100}}[)\]]|{_NAMED}{_WHO}|©\s?{_WHO}"
    rf"|[(\[](?:{_SOURCE}|{_NAME}(?: {_NAME}){{0,3}})\s?/\s?{_NAME}(?:[ /]{_NAME}){{0,5}}[)\]]"
    rf"|[(\[]?{_NAME}(?: {_NAME}){{0,3}}\s?/\s?{_SOURCE}(?:/{_NAME})?[)\]]?"
    rf"|[(\[]?(?:{_LIBRARY})(?:\s?[/|,-]\s?{_NAME}(?: {_NAME}){{0,4}})*[)\]]?"
    rf"|[(\[](?:Photos?|Fotos?|Bild|Crédit) {_NAME}(?:[ .,/]+{_NAME}){{0,6}}[)\]]"
    rf"|/ (?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+)(?: [A-ZÀ-Þ][A-ZÀ-Þ.'’-]*){{0,3}}(?: \([A-Z]{{2,8}}\))?"
    r"|[(\[](?i:file|handout|archive|library)(?: (?i:photo|picture|image|pic))?[)\]]"
    r"|(?i:file (?:photo|picture|image)))\.?"
)
_BEFORE = re.compile(
    r"(?<=[.!?…\"”’)\]])\s+(?=[(\[©A-ZÀ-ÞА-Я])|\s+(?=[(\[©]|/ )|(?<=\w)\s+(?=Photograph"
    r"|Photo(?: by|:)|Image:|Picture:|Crédits? photo|Photo :|Foto ?:|Bild ?:|Фото ?:)"
)
_CREDIT = re.compile(
    rf"(?:{_NAMED}.{{1,90}}|{_AGENCY_ONLY}|(?i:image (?:copyright|source),? ).{{1,60}})",
)
_ONE_CREDIT = re.compile(rf"{_AGENCY_ONLY}|{_EXPLICIT.pattern}")
_PICTURED = re.compile(
    r"(?-i:FILE(?: PHOTO)?\s?[-–—:])|(?:frame ?grab|video ?grab|screen ?(?:grab|shot)|(?:image "
    r"|media |video "
    r"|photo )?caption\b\s?:?"
    r"|pictured\b|photo shows|(?:a |an )?(?:file|undated|handout|satellite|combination) "
    r"(?:\w+ )?(?:photo(?:graph)?|picture|image)\b"
    r"|(?:in )?(?:this|an?) (?:[\w,-]+ ){0,5}(?:photo(?:graph)?|image|picture|handout|frame grab"
    r"|video grab|still|screen ?shot|illustration)\b(?=[ ,]+(?:taken|made|provided|released|from"
    r"|on|by"
    r"|shows?|dated|posted|,)|,))",
    _I,
)
_SHOWN = re.compile(
    r"\b(?:photo|photograph|picture|pictured|image|footage|handout|grab|shows?|seen|poses?|file"
    r"|stands?|walks?|looks?|speaks?|gestures?|attends?|sits?|rises?|holds?|waves?|stacks?|takes?"
    r"|carr(?:y|ies)|inspects?|gathers?|arrives?|leaves?|reacts?|shakes?|burns?|prays?"
    r"|delivers?)\b",
    _I,
)
_POINTED = re.compile(
    r"\b(?:pictured|file (?:photo|picture|image)|stock (?:photo|image))\b"
    r"|\((?:left|right|above|below|centre|center|file|l|r|c|pictured.{0,30})\)",
    _I,
)
_BRACKET = re.compile(rf"[(\[]{_SOURCE}[^()\[\]]{{0,40}}[)\]]\W*$")
_TAIL = 160
_CAPTION_WORDS = 60
_CAPTION_SENTENCES = 3  # and a credit; a paragraph may end in a name in brackets, too
_INNER_END = re.compile(r"[^\W\d_A-Z]{2}[.!?]+[\"'”’]*\s+(?=[\"'“‘(]*[^\W\d_a-zß-öø-ÿ])")


def credit_start(line: str) -> int:
    """Return where the credit at the end of a line begins, 0 where there is none before it.

    Only what names a maker or a library counts; an agency in brackets behind a sentence may
    close a report as well.
    """
    start = max(0, len(line) - _TAIL)
    for found in _BEFORE.finditer(line, start):
        if _EXPLICIT.fullmatch(line, found.end()):
            return found.end()
    return 0


def is_credit(piece: str) -> bool:
    """Say whether a piece names an agency or a maker of pictures, and nothing else."""
    return len(piece) <= _TAIL and _ONE_CREDIT.fullmatch(piece) is not None


def is_caption(line: str) -> bool:
    """Say whether the words of a line belong under a picture."""
    pointed = not line.endswith((".", "!", "?", "”", '"')) and _POINTED.search(line)
    return bool(pointed or _PICTURED.match(line))


def picture(line: str) -> Verdict | None:
    """Say whether a line is a credit or a caption, with or without its credit."""
    words = len(line.split())
    if words <= 14 and (_CREDIT.fullmatch(line) or is_credit(line)):
        return CREDIT
    if len(_INNER_END.findall(line)) >= _CAPTION_SENTENCES and not _PICTURED.match(line):
        return None
    start = credit_start(line)
    if words <= _CAPTION_WORDS and (start or is_caption(line)):
        return CAPTION
    bracket = words <= _CAPTION_WORDS and _BRACKET.search(line)
    return CAPTION if bracket and _SHOWN.search(line) else None
