"""The sentence engine: Punkt, told where it may look.

Punkt decides from abbreviations, collocations and sentence starters counted in a corpus
(T. Kiss, J. Strunk: Unsupervised Multilingual Sentence Boundary Detection, Computational
Linguistics 32(4), 2006). Its models for 19 languages are part of the package.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

ENGINE = "punkt 2.2.1 + rules 4"
"""Stored with every segmentation: the engine, its version, and the version of the rules on top."""

_MODELS = {
    "be": "russian",
    "bg": "russian",
    "bs": "slovene",
    "ca": "spanish",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "gl": "portuguese",
    "hr": "slovene",
    "it": "italian",
    "mk": "russian",
    "ml": "malayalam",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sk": "czech",
    "sl": "slovene",
    "sr": "russian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "russian",
}
"""The model of a language, or of the nearest one that has a model."""

_LISTS = {
    "ca": "catalan",
    "ga": "irish",
    "hu": "hungarian",
    "is": "icelandic",
    "lv": "latvian",
    "lt": "latvian",
    "ro": "romanian",
    "sk": "slovak",
    "ta": "tamil",
}
"""Languages for which there is a list of abbreviations and no model of their own."""

_LATER = "一-龥ぁ-んァ-ン\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
# Stops that end a sentence and nothing else, so no model is needed; a quotation that is spoken on
# ("...」と言った", "...。”市长说") is no end. Scripts without spaces take "?" and "!" so, too.
_CLOSED = r"(?:(?<=[。！？｡])[ \u3000](?=[」』”]))?[」』）”’»)]+"
_SAID = (
    r"(?![とっ、，]|など|なんて)"
    r"(?![^，。！？“]{0,6}(?:说|說|表示|称|稱|问|問|喊|指出|告诉)道?(?:[，。：:,]|\s|$))"
)
_STOPS = re.compile(
    r"(?:[。！？｡।॥۔؟\u037e።፧፨։။។៕]+|(?<=[^\W\da-zA-Z])[?!]+(?=[" + _LATER + r"」』”）]))"
    rf"(?:{_CLOSED}{_SAID}| [”»](?=\s)"
    r"|[\"'](?=\s)|(?![。！？｡।॥۔؟」』）”’»)]))"
)
_REMEMBERED = 80  # code points; a longer context is no abbreviation that comes again

Ends = Callable[[str], list[int]]


def sentence_ends(block: str, language: str) -> list[int]:
    """Find where Punkt ends a sentence inside a block.

    Args:
        block: one paragraph; line breaks in it count as spaces.
        language: an ISO 639-1 code, with or without a region. Where there is no model for it
            nor for a neighbour, English lends its own.

    Returns:
        Offsets in code points just behind the sign that ends a sentence, ascending. The end of
        the block is not among them.
    """
    code = language.lower().partition("-")[0]
    return _engine(_MODELS.get(code, "english"), _LISTS.get(code, ""))(block)


def script_ends(block: str) -> list[int]:
    """Find the full stops that only some scripts have: 。 । ۔ and their kin.

    Returns:
        Offsets in code points behind each, closing quotation marks included.
    """
    return [match.end() for match in _STOPS.finditer(block)]


@cache
def _engine(language: str, abbreviations: str) -> Ends:
    # The models take a moment to import; pages that segment nothing need not wait for them.
    import punkt

    # For English the measured rules in `boundaries` stand in for the list of prefixes.
    tokenizer = punkt.tokenizer_for(language, prefixes=language != "english")
    params = tokenizer.params
    if abbreviations:
        params = punkt.with_nonbreaking_prefixes(params, abbreviations)
    detector = punkt.PunktBoundaryDetector(tokenizer.rules)
    words = punkt.PunktWordTokenizer(tokenizer.rules)

    def is_end(context: str) -> bool:
        tokens = punkt.annotate_tokens(words.tokenize_annotated(context), params, tokenizer.rules)
        # The last token is there to be looked at by the one before it; it decides nothing.
        return any([bool(token.sentbreak) for token in tokens][:-1])

    remembered = lru_cache(maxsize=4096)(is_end)

    def ends(block: str) -> list[int]:
        return [
            candidate.end
            for candidate in detector.detect(block)
            if (remembered if len(candidate.context) <= _REMEMBERED else is_end)(candidate.context)
        ]

    return ends
