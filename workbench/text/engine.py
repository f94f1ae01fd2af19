"""The sentence engine: Punkt, told where it may look.

Punkt decides from abbreviations, collocations and sentence starters counted in a corpus
(T. Kiss, J. Strunk: Unsupervised Multilingual Sentence Boundary Detection, Computational
Linguistics 32(4), 2006). Its models for 19 languages are part of the package.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

ENGINE = "punkt 2.2.1 + rules 1"
"""Stored with every segmentation: the engine, its version, and the version of the rules on top."""

_MODELS = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "ml": "malayalam",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sl": "slovene",
    "sv": "swedish",
    "tr": "turkish",
}
# Stops that end a sentence and nothing else, so no model is needed; a Japanese quotation that is
# spoken on ("...」と言った") is no end.
_STOPS = re.compile(
    r"[。！？｡।॥۔؟]+(?:[」』）”’»)]+(?![とっ、，])|[\"'](?=\s)|(?![。！？｡।॥۔؟」』）”’»)]))"
)
_REMEMBERED = 80  # code points; a longer context is no abbreviation that comes again

Ends = Callable[[str], list[int]]


def sentence_ends(block: str, language: str) -> list[int]:
    """Find where Punkt ends a sentence inside a block.

    Args:
        block: one paragraph; line breaks in it count as spaces.
        language: an ISO 639-1 code, with or without a region. Where there is no model for it,
            English lends its own.

    Returns:
        Offsets in code points just behind the sign that ends a sentence, ascending. The end of
        the block is not among them.
    """
    return _engine(_MODELS.get(language.lower().partition("-")[0], "english"))(block)


def script_ends(block: str) -> list[int]:
    """Find the full stops that only some scripts have: 。 । ۔ and their kin.

    Returns:
        Offsets in code points behind each, closing quotation marks included.
    """
    return [match.end() for match in _STOPS.finditer(block)]


@cache
def _engine(language: str) -> Ends:
    # The models take a moment to import; pages that segment nothing need not wait for them.
    import punkt

    # For English the measured rules in `boundaries` stand in for the list of prefixes.
    tokenizer = punkt.tokenizer_for(language, prefixes=language != "english")
    detector = punkt.PunktBoundaryDetector(tokenizer.rules)
    words = punkt.PunktWordTokenizer(tokenizer.rules)

    def is_end(context: str) -> bool:
        tokens = punkt.annotate_tokens(
            words.tokenize_annotated(context), tokenizer.params, tokenizer.rules
        )
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
