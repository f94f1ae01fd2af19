"""Names of months in the languages that articles come in, by how they begin."""

_BEGINNINGS = {
    1: "jan jän ene gen sty led oca ian янв січ яну јан ιαν tammi",
    2: "feb fev fév lut úno şub фев лют φεβ helmi velj",
    3: "mar mär bře мар бер μαρ μάρ maalis ožuj",
    4: "apr avr abr kwi dub nis апр кві απρ huhti travn",
    5: "mai mag maj may kvě май мая мај тра μαΐ μαι touko svib",
    6: "jun jui jún giu cze červn haz июн юни червн јун ιουν ιούν kesä lipn",
    7: "jul juil júl lug lipc lipi červe tem июл юли лип јул ιουλ ιούλ heinä srpnj",
    8: "aug ago aoû sie srpe srpna ağu авг сер αυγ αύγ elok kolov",
    9: "sep set wrz zář eyl сен сеп вер σεπ syys rujn",
    10: "oct okt out ott paź říj eki окт жов οκτ loka",
    11: "nov listopadu lis kas ноя ное лис νοε νοέ marras stude",
    12: "dec dez déc dic gru pro ara дек гру δεκ joulu prosi",
}
_NUMBERS = {
    beginning: number for number, words in _BEGINNINGS.items() for beginning in words.split()
}
# The Polish November is the Croatian October, and some beginnings mean different months.
_UNCLEAR = frozenset({"listopada", "listopad"})
_LONGEST = max(map(len, _NUMBERS))


def month_number(name: str) -> int:
    """Return the number of a month by its name or a usual short form, 0 for no clear month."""
    plain = name.lower().rstrip(".")
    if plain in _UNCLEAR:
        return 0
    for size in range(min(_LONGEST, len(plain)), 1, -1):
        if plain[:size] in _NUMBERS:
            return _NUMBERS[plain[:size]]
    return 0
