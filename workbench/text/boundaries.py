"""Rules on top of the engine, of English and of every language.

Each says of one place whether sentences part there.
"""

import re

from workbench.text.abroad import ends_and_so_on
from workbench.text.places import Place

_RANKS = (
    "Adm|Ald|Amb|Asst|Atty|Brig|Capt|Cdr|Cllr|Cmdr|Col|Comdr|Cpl|Cpt|Dep|Det|Dr|Drs|Fr|Ft|Gen|Gov"
    "|Hon|Insp|Jr|Lt|Maj|Messrs|Mme|Mlle|Mr|Mrs|Ms|Mt|Msgr|Mx|Pfc|Pres|Prof|Pte|Pvt|Rep|Reps|Rev"
    "|Sen"
    "|Sens|Sgt|Spc|Spec|Supt|St|Ste|Sts"
)
# In front of a small letter these never end a sentence; "Inc. The" and "p.m. The" may.
_SHORTENED = (
    "a.m|approx|b|bn|ca|cf|Co|Corp|e.g|est|etc|et al|i.e|Inc|incl|Jr|Ltd|m|max|min|mln|mn|p.m|pct"
    "|plc|Sr"
    "|tn|viz|vs|v"
).replace(".", r"\.")
CLOSING = (
    "Ala|Ariz|Ark|Aug|Ave|Blvd|Bros|Calif|Co|Colo|Conn|Corp|Dec|Del|Feb|Fla|Ga|Ill|Inc|Ind|Jan|Jr"
    "|Kan"
    "|Ky|Ltd|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Nov|Oct|Okla|Ore|Pa|Rd|Sept?|Sr|Tenn|Tex|Va|Vt"
    r"|Wash|Wis|Wyo|bn|etc|pct|[ap]\.m"
)
"""Abbreviations at which sentences do end, where a word that starts sentences follows."""

NOTE = r"\[(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed)\]"
"""The mark of a note, as an encyclopedia writes it: a pattern."""

SMILEY = r"(?:[:;=]['-]?[)(DPO]+|\^_\^)"
"""A face of punctuation: a pattern."""

RULE = r"(?:\*{3,9}|={3,9}|_{3,9}|-{3,9}|#{3,9}|~{3,9})"
"""A line drawn between two sentences: a pattern."""

ANSWER = "No|Hmm?|Mmm?"
"""An answer that looks like an abbreviation: a pattern."""

_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
_VERBS = (
    "said|says|asked|asks|told|added|adds|wrote|writes|shouted|cried|replied|answered|tweeted"
    "|warned|wondered|demanded|insisted|continued|declared|exclaimed|quipped|joked|recalled"
)
_STARTERS = (
    "I(?=['’]| [a-z])|According|After|All|Although|And|As|At|Because|Before|But|By|During|Earlier"
    "|For|From|He|Her|His|However|If|In|It|Its|Last|Later|Many|Meanwhile|Most|No|Now|On|One|Our|She|Since|So"
    "|Some|Such|That|The|Their|Then|There|These|They|This|Those|Though|Three|Thus|To|Today|Two"
    "|Under|We|What|When|Where|Which|While|Who|Why|With|Yet|You"
)
_OPEN = r"[\"'“‘«(\[]*"
_CLOSE = r"[\"'”’“»«)\]]"

_RANK = re.compile(rf"(?:^|[\W_])(?:{_RANKS})\.$")
_MONTH = re.compile(rf"\b(?:{_MONTHS})\.$")
_WEEKDAY = re.compile(r"\b(?:Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\.$")
_DAY = re.compile(rf"(?:\d{{1,2}} )?(?:{_MONTHS}|May)[a-z]*\b")
_NUMBERED = re.compile(
    r"\b(?:[Nn]os?|lbs?|Art|Arts|[Ff]ig|[Ff]igs|Vol|Sec|Ch|Ext|ext|par|[Pp]ara|Ph|Pt|Tel|tel|approx|ca|pp?)\.$"
)
# A small letter behind a hyphen is the ending of a word: "NATO-u."
_INITIAL = re.compile(r"(?:^|[\s.(\[\"“«]|-(?![a-zà-ÿа-яё])|(?<![^\W\d_])['‘])[^\W\d_]\.$")
_LETTERS = re.compile(r"(?:^|[\W_])(?:[A-Z]\.){2,}[)\]]?$")
# Mid-block a label stands behind a whole word and its stop, "army. 2. The", not behind "Art. 2."; a
# short one also behind another mark, the first one of all behind a colon, "as follows: 1. The".
_LABEL = re.compile(
    rf"(?:^|(?<=[^\W\d_]{{4}}[.?!])(?<!Sept\.){_CLOSE}{{0,3}}\s{{1,9}})\W{{0,3}}(?:\d{{1,3}}"
    rf"|[A-Za-z])[.)]$"
    rf"|(?:(?<=[?!])|(?<=[.?!]{_CLOSE}))\s{{1,9}}(?:\d|[A-Za-z])[.)]$|:\s{{1,9}}[1aA][.)]$"
)
_ASKED = re.compile(rf"[?!…]{_CLOSE}+$")
_QUOTED = re.compile(rf"[.?!…](?:{_CLOSE}|[ \u00a0\u202f]»)+$")
_CALLED = re.compile(rf"[.?!…](?:{_CLOSE}|[ \u00a0\u202f]»)*$")
_COMMA = re.compile(r"[\"'”’»)\]]{0,3}\s?,")
_DASHED = re.compile(r"[—–-]{1,2}\s?[^\W\d_A-Z]")
_SHORT = re.compile(rf"(?:^|[\s(\"'“‘])(?:{_SHORTENED})\.$")
_CLOSING = re.compile(rf"\b(?:{CLOSING})\.$")
_VERSUS = re.compile(r"\b(?:vs|e\.?g|i\.?e|cf|esp|et|viz)\.$|(?:^|[\s(\"“])P\.S\.$")
_FIRM = re.compile(r"\b(?:Co|Corp|Pty|PTY|Pvt|PVT)\.$")
_FIRMS = re.compile(r"(?:Inc|INC|LLC|Ltd|LTD|PLC|plc)\b")
_ANSWER = re.compile(rf"(?:^|[.?!…]{_CLOSE}{{0,2}}\s|{_CLOSE})(?:{ANSWER})\.$")
_ASIDE = re.compile(r"(?:^|[^.?!…])\s?(?:\([!?]+\)|[(\[](?:\.\.\.|…)[)\]])$")
_NOTE = re.compile(rf"[.?!…]{_CLOSE}{{0,3}}(?:\s?{NOTE}|[¹²³⁰⁴-⁹])+$")
_SMILEY = re.compile(rf"(?:^|\s){SMILEY}$")
_TRAILING = re.compile(r"[^\W\d_A-Z](?:\.{3,9}|…)$")
_DOTS = re.compile(r"(?:\.\.\.|…)$")
_DOUBLE = re.compile(rf"(?:^|[^.])\.\.{_CLOSE}*$")
_STARTS = re.compile(rf"{_OPEN}(?:{_STARTERS})(?:['’](?:s|re|ll|d|ve|m))?\b(?!['’.-])")
_STARTS_ON = re.compile(rf"{_STARTS.pattern}(?:,|\s+[a-z\d])")
_TITLED = re.compile(rf"{_OPEN}(?!I\b)[^\W\d_a-z]")
_CAPITAL = re.compile(rf"{_OPEN}[^\W\d_]")
_SPEAKS = re.compile(
    rf"(?:(?:[A-Z][\w'’.-]*\s+){{1,4}}(?:{_VERBS})|I\s+(?:ask|reply|say|shout|{_VERBS}))\b"
)


def _is_capital(right: str) -> bool:
    found = _CAPITAL.match(right)
    return found is not None and not found[0][-1].islower()


def is_rank(place: Place) -> bool:
    """A rank or title before a capital: "Col. Gen. Irina Sol"."""
    return _is_capital(place.right) and _RANK.search(place.left) is not None


def is_initial(place: Place) -> bool:
    """An initial before a name: "J. K. Marlow", but not "Plan B. The"."""
    return (
        _is_capital(place.right)
        and _INITIAL.search(place.left) is not None
        and not _STARTS.match(place.right)
        and not ends_and_so_on(place)
    )


def is_lettered(place: Place) -> bool:
    """An abbreviation of single letters before a name: "the U.S. Navy"."""
    return _LETTERS.search(place.left) is not None and not _STARTS.match(place.right)


def is_shortened(place: Place) -> bool:
    """An abbreviation that a sentence goes on behind, most in lower case: "$1.2 bn. a year"."""
    if _VERSUS.search(place.left):
        return True
    if _FIRMS.match(place.right):
        return _FIRM.search(place.left) is not None
    if place.right[:1] in "-–—":
        return _CLOSING.search(place.left) is not None
    return place.right[:1].islower() and _SHORT.search(place.left) is not None


def is_numbered(place: Place) -> bool:
    """A number that its abbreviation needs: "No. 7", "Oct. 4", "Sat. Oct. 4"."""
    if _WEEKDAY.search(place.left):
        return _DAY.match(place.right) is not None
    return place.right[:1].isdigit() and (
        _NUMBERED.search(place.left) is not None or _MONTH.search(place.left) is not None
    )


def is_spoken_on(place: Place) -> bool:
    """A quotation goes on to its speaker: "Why?" he asked; « Why! » — he cried; « Why! », he cried.

    The speaker begins with a small letter or stands behind a dash or a comma.
    """
    if _DASHED.match(place.right) or _COMMA.match(place.right):
        return _CALLED.search(place.left) is not None
    return _QUOTED.search(place.left) is not None and place.right[:1].islower()


def is_attributed(place: Place) -> bool:
    """A quoted question goes on to its speaker by name: "Why?" Ana Roth asked."""
    return _ASKED.search(place.left) is not None and _SPEAKS.match(place.right) is not None


def is_aside(place: Place) -> bool:
    """A mark in brackets inside a sentence: "in one (!) Night", "we [...] Left"."""
    return _ASIDE.search(place.left) is not None


def ends_noted(place: Place) -> bool:
    """The number of a note behind the stop, before a capital."""
    return _NOTE.search(place.left) is not None and _is_capital(place.right)


def is_label(place: Place) -> bool:
    """A bare list label: it belongs to what follows."""
    return _LABEL.search(place.left) is not None


def ends_initial(place: Place) -> bool:
    """A single letter before a word that starts sentences: "Charles V. This was"."""
    return _INITIAL.search(place.left) is not None and _STARTS_ON.match(place.right) is not None


def ends_answer(place: Place) -> bool:
    """An answer of one short word before a capital: "No. Nobody"."""
    return _ANSWER.search(place.left) is not None and _is_capital(place.right)


def ends_letters(place: Place) -> bool:
    """An abbreviation of single letters before a word that starts sentences: "U.S. The"."""
    return _LETTERS.search(place.left) is not None and _STARTS.match(place.right) is not None


def ends_shortened(place: Place) -> bool:
    """A state, a firm's form or a month before a word that starts sentences: "Minn. His"."""
    return _CLOSING.search(place.left) is not None and _STARTS.match(place.right) is not None


def ends_dots(place: Place) -> bool:
    """Dots before a word that starts sentences, or at the end of a word before any capital.

    Two dots are a full stop that was typed twice.
    """
    if _DOUBLE.search(place.left):
        return _is_capital(place.right)
    if _STARTS.match(place.right):
        return _DOTS.search(place.left) is not None
    return _TRAILING.search(place.left) is not None and _TITLED.match(place.right) is not None


def ends_smiling(place: Place) -> bool:
    """A smiley before a capital."""
    return _SMILEY.search(place.left) is not None and _is_capital(place.right)


def ends_quoted(place: Place) -> bool:
    """A full stop inside a closing quotation mark or bracket, before a capital."""
    return (
        _QUOTED.search(place.left) is not None
        and _is_capital(place.right)
        and not _LETTERS.search(place.left.rstrip("\"'”’“»«)]"))
    )


def is_cased_on(place: Place) -> bool:
    """Dots inside a sentence that goes on in lower case."""
    return _DOTS.search(place.left) is not None and place.right[:1].islower()
