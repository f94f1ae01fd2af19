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
# A script with its own full stop says which rules it needs, whatever language was given.
_SCRIPTS = (
    (re.compile(r"[。！？｡]"), "zh"),
    (re.compile(r"[।॥]"), "hi"),
    (re.compile(r"[۔؟]"), "ur"),
)
_REMEMBERED = 80  # code points; a longer context is no abbreviation that comes again

Ends = Callable[[str], list[int]]


def sentence_ends(block: str, language: str) -> list[int]:
    """Find where Punkt ends a sentence inside a block.

    Args:
        block: one paragraph; line breaks in it count as spaces.
        language: an ISO 639-1 code, with or without a region. An unknown one is treated as
            English, unless the script has its own full stop.

    Returns:
        Offsets in code points just behind the sign that ends a sentence, ascending. The end of
        the block is not among them.
    """
    for sign, script in _SCRIPTS:
        if sign.search(block):
            return _engine(script)(block)
    return _engine(language.lower().partition("-")[0])(block)


@cache
def _engine(language: str) -> Ends:
    # The models take a moment to import; pages that segment nothing need not wait for them.
    import punkt

    tokenizer = punkt.tokenizer_for(
        _MODELS.get(language, "english" if language not in {"zh", "hi", "ur"} else language),
        prefixes=language != "en",  # for English the measured rules in `boundaries` do this
    )
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
