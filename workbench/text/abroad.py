"""Rules on top of the engine for languages other than English.

What is an abbreviation comes from the engine's models and lists; these rules say where even a
known one, or one of a neighbouring language, cannot end a sentence.
"""

import re

from workbench.text.places import Place

# Before a figure: article, page, number, about, paragraph, street, telephone, version.
_NUMBERED = re.compile(
    r"(?:^|[\W_])(?:[^\W\d_]|abb|abs|al|approx|aprox|art|bd|bl|bul|cca|ca|cap|ch|chap|čl|circa|env"
    r"|fig|fl|fol|godz|ok|kap|kb|kl|lib|lp|max|min|nos?|nr|núm|num|obr|ok|op|pág|pag|par|pct|pkt"
    r"|poz"
    r"|pp|pribl|přibl|rozdz|sek|str|tab|tel|tlf|tom|ust|vol|zák|č\.\s?j|гл|им|ок|пл|пр|рис|руб|см"
    r"|ст"
    r"|стр|табл|тел|ул|чл|вул|див|стор|тис|тыс|млн|млрд|кін|поч|кон|нач|буд|кв|розд|κεφ|σελ|αρ|άρ|τηλ|бл)\.$",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    r"(?:^|[\W_])(?:mil|mill|mio|mld|mlrd|mn|mrd|Mio|Mrd|млн|млрд|хил|тыс|тис|εκατ)\.$"
)
_CURRENCY = re.compile(r"(?:[A-Z]{3}|[€$£¥₴₽])(?!\w)")
_ROMAN = re.compile(r"[IVXLC]{2,6}\b")
# In front of a name: titles, forms of address, streets, saints.
_TITLED = re.compile(
    r"(?:^|[\W_])(?:Abg|Akad|akad|Arch|arch|Av|Bc|Bpk|Cap|Cdo|D|dipl|Dipl|Dhr|dhr|Dl|dl|Dna|dna"
    r"|dna|Doc"
    r"|doc|Doç|Dott|dott|Dr|dr|Dra|dra|Drs|drs|Gen|gen|Gral|GS|Hj|Hl|hl|Ing|ing|Ir|ir|Jl|Kol|Lic"
    r"|M|Mag"
    r"|mag|Mej|Mevr|mevr|Mgr|mgr|MM|Mme|Mlle|Mons|Mr|mr|MUDr|JUDr|RNDr|PhDr|Ny|Ord|Ph|PGS|plk"
    r"|Prof|prof"
    r"|prim|Rep|Sdr|Sen|Sig|sig|sig\.ra|sc|Sr|sr|Sra|sra|Sta|Ste|St|str|Sv|sv|św|Św|ThS|Tn|TP|TS"
    r"|Tri"
    r"|Uz|Univ|Yrd|Zn|κ|κα|κκ|Δρ|Проф|проф|Др|др|акад|Акад|доц|Доц|им|инж|ген|Ген|полк|св|Св|ул|Ул"
    r"|пл|пр|вул|ім|просп|бул|бульв|обл|смт|Ів|нар|засл|ред|г-жа|д-р|Д-р|проф|м-р|р|с|о)\.$"
)
# People who write without capitals write long words, too: those still end a sentence.
_CLIPPED = re.compile(r"(?:(?:^|[\W_])[^\W_]{1,4}|\.\s?[^\W_]+)\.$")
_DASHED = re.compile(r"[—–]\s?[^\W\d_A-ZА-Я]")
_NUMBER = re.compile(r"(?:^|\s)\d{1,2}\.$")
_AND_SO_ON = re.compile(r"\b[тТ]\. ?[дпе]\.$|\bдр\.$")
_DOUBLED = re.compile(r"\b([A-Z])\1\.$")
_DOUBLED_NEXT = re.compile(r"([A-Z])\1\b")
_FIRM = re.compile(r"& ?Co\.$")
_SHORT = re.compile(
    r"(?:^|[\s\"“‘(])\w{1,2}[^\w\s]?\w?\.$|\w\.\w{1,3}[^\w\s.]?\.$"
    # Vowel signs are no letters to a pattern, so dotted syllables are any few signs.
    r"|(?:^|[\s\"“‘(])[^\s.]{1,4}\.[^\s.]{1,4}\.$"
)
_HINDI_VERB = re.compile(r"\s(?:ह[ैो]ं?|थ[ाेी]ं?|ग[ाेी])\.$")
_TRAILING = re.compile(r"[^\W\d_](?:\.\.\.|…)$")
_MONTHS = re.compile(
    r"(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Oct|Nov|Dez|Dec)\w*|Weltkrieg\w*"
    r"|Jahrhundert\w*"
    r"|Platz\w*|Runde|Liga|Minute|Klasse|Stock|Etage|Bundesliga|Tag\w*|Mal|Auflage|Geburtstag\w*"
)
_OPEN = r"[\"'“‘«„‚»(\[–—-]*\s?"
_INFLECTED = re.compile(r"[A-ZÀ-ÞА-ЯЁ]{2,}['’-][a-zß-ÿа-яё]{1,4}\.$")
_CASED = re.compile(rf"{_OPEN}[^\W\d_a-z]")


def is_lower(place: Place) -> bool:
    """A short word and its stop before a small letter: an abbreviation, whichever it is."""
    goes_on = place.right[:1].islower() or _DASHED.match(place.right) is not None
    return goes_on and _CLIPPED.search(place.left) is not None


def is_asked_on(place: Place) -> bool:
    """A question or a call that goes on in a small letter, as one with a speaker behind it does."""
    return place.right[:1].islower() and place.left.endswith(("?", "!"))


def is_numbered(place: Place) -> bool:
    """An abbreviation that a figure belongs to, or a currency: "Art. 5", "2 mlrd. EUR"."""
    if _CURRENCY.match(place.right):
        return _MILLIONS.search(place.left) is not None
    is_number = place.right[:1].isdigit() or _ROMAN.match(place.right) is not None
    return is_number and _NUMBERED.search(place.left) is not None


def is_titled(place: Place) -> bool:
    """A title, a street or a saint before a name: "prof. Kowalska", "Jl. Merdeka"."""
    return _TITLED.search(place.left) is not None and _CASED.match(place.right) is not None


def is_ordinal(place: Place) -> bool:
    """An ordinal number before what it counts: "3. März"."""
    return _NUMBER.search(place.left) is not None and _MONTHS.match(place.right) is not None


def is_plural(place: Place) -> bool:
    """Doubled letters for a plural: "EE. UU."; a firm's form behind "& Co."."""
    doubled = _DOUBLED.search(place.left) and _DOUBLED_NEXT.match(place.right)
    return bool(doubled) or _FIRM.search(place.left) is not None


def is_short(place: Place) -> bool:
    """A piece of a word or dotted letters before the stop, in a script without capitals."""
    return (
        not place.right[:1].isupper()
        and _SHORT.search(place.left) is not None
        and not _HINDI_VERB.search(place.left)
    )


def ends_dots(place: Place) -> bool:
    """Dots at the end of a word before a capital."""
    return _TRAILING.search(place.left) is not None and _CASED.match(place.right) is not None


def ends_and_so_on(place: Place) -> bool:
    """The Russian "and so on" before a capital."""
    return _AND_SO_ON.search(place.left) is not None and place.right[:1].isupper()


def ends_inflected(place: Place) -> bool:
    """Capitals with the ending of a case before a capital: "NATO-u. Zatim"."""
    return _INFLECTED.search(place.left) is not None and _CASED.match(place.right) is not None
