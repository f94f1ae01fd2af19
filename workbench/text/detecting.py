"""The language of a text, guessed without a network."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from workbench.text.scripts import language_of_scripts, script

FEWEST_LETTERS = 40
"""From fewer letters of an alphabet that many languages share none is guessed."""

SURE = 0.9
"""The confidence from which a guess is worth more than what is known of the project."""

_READ = 1_000  # code points; more would only cost time
_SKIMMED = 20_000  # code points that are searched for prose
_FEWEST_SIGNS = 4  # of a script that only one language is written in
_PROSE = 60  # code points of a line; menus are shorter
_PROSE_ELSEWHERE = 12  # menus are English more often than not, and some scripts need few signs
_LETTER = re.compile(r"[^\W\d_]")
_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|[@#]\w+")
# Varieties that the model knows apart and the splitter does not.
_ONE_OF = {"wuu": "zh", "yue": "zh", "nb": "no", "nn": "no", "dz": "bo"}
# Languages that a guesser takes for each other and the splitter cuts alike.
_SISTERS = ({"da", "no"}, {"bs", "hr", "sr"}, {"id", "ms"}, {"cs", "sk"}, {"gl", "pt"})


@dataclass(frozen=True, slots=True)
class Detected:
    """A language and how sure it is.

    Attributes:
        language: an ISO 639-1 code where there is one; the default where nothing is sure.
        confidence: from 0, nothing is known, to 1.
    """

    language: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """Whether the language was found; if not, it is the default."""
        return self.confidence >= SURE


class _Model(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


def detect_language(text: str, default: str = "en") -> Detected:
    """Guess the language that the prose of a text is in.

    Only lines long enough for prose are read, so that an English menu around a Greek report does
    not count. A script that one language alone is written in decides by itself, from a few
    letters; for the others a model looks at a thousand code points and must be sure.

    Args:
        text: an article; its first pages decide.
        default: the project's language, to answer where the text is too short or too mixed.

    Returns:
        The language and the confidence in it. The default comes with what confidence there was
        in another language, which is below `SURE`.
    """
    piece = _prose(text)
    letters = {sign: n for sign, n in Counter(piece).items() if sign.isalpha()}
    n_letters = sum(letters.values())
    scripts = Counter[str]()
    for letter, n in letters.items():  # each is looked up once, of a thousand
        scripts[script(letter)] += n
    language, count = language_of_scripts(scripts)
    share = count / n_letters if letters else 0.0
    if language and count >= _FEWEST_SIGNS and share > 0.5:
        return Detected(language, max(share, SURE))
    if n_letters < FEWEST_LETTERS:
        return Detected(default, 0.0)
    found, probability = _classified(piece)
    confidence = round(probability * share, 3)
    return Detected(found if confidence >= SURE else default, confidence)


def _classified(piece: str) -> tuple[str, float]:
    """Return the likeliest language and the probability that it or a sister of it is right."""
    chances: defaultdict[str, float] = defaultdict(float)
    for label, chance in _model().rank(piece):
        chances[_ONE_OF.get(label, str(label))] += float(chance)
    best = max(chances, key=lambda language: chances[language])
    sisters = next((group for group in _SISTERS if best in group), {best})
    return best, min(1.0, sum(chances[language] for language in sisters))


def _prose(text: str) -> str:
    """Return the first lines that are long enough for prose, or else all of the beginning."""
    beginning = text[:_SKIMMED]
    taken: list[str] = []
    length = 0
    for line in _LINE.finditer(beginning):
        if length < _READ and _is_prose(line[0]):
            taken.append(line[0][: _READ - length])
            length += len(taken[-1])
    return _ADDRESS.sub(" ", "\n".join(taken) or beginning[:_READ])


def _is_prose(line: str) -> bool:
    first = _LETTER.search(line)
    is_plain = first is None or script(first[0]) == "Latin"
    return len(line) >= (_PROSE if is_plain else _PROSE_ELSEWHERE)


@cache
def _model() -> _Model:
    # It takes a moment and some memory; who never imports an article needs neither.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model: _Model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    return model
