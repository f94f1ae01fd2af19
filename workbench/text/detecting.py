"""The language of a text, guessed without a network."""

import re

FEWEST_LETTERS = 40
"""From fewer letters no language is guessed."""

_READ = 5_000  # code points; more would only cost time
_LETTERS = re.compile(r"[^\W\d_]")
# Varieties that the model knows apart and the splitter does not.
_ONE_OF = {"wuu": "zh", "yue": "zh", "nb": "no", "nn": "no", "dz": "bo"}


def detect_language(text: str, default: str = "en") -> str:
    """Guess the language that most of a text is in.

    Args:
        text: an article; its first pages decide.
        default: what to answer for a text with too few letters to tell.

    Returns:
        An ISO 639-1 code where there is one.
    """
    piece = text[:_READ]
    if len(_LETTERS.findall(piece)) < FEWEST_LETTERS and piece.isascii():
        return default
    if not _LETTERS.search(piece):
        return default
    # The model takes a moment and some memory; who never imports an article needs neither.
    import py3langid

    found, _ = py3langid.classify(piece)
    return _ONE_OF.get(found, str(found))
