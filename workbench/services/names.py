"""People's names: what may be one, and when two are the same to the eye."""

import hashlib
import unicodedata
from functools import cache

from workbench.errors import InputError

LONGEST = 60
LONGEST_KEY = 200

INVISIBLE_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Letters, marks and symbols that take no ink; Unicode calls most of them "default ignorable".
INVISIBLE = {
    *map(chr, (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2800, 0x3164, 0xFFA0)),
    *map(chr, range(0x180B, 0x180E)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0100, 0xE01F0)),
}
# Alphabets with letters in common to the eye; a word in two of them is a disguise.
LOOK_ALIKE_ALPHABETS = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE"}
DISPLAY_MARK = "\u200e"  # the table of look-alikes puts it around right-to-left characters


def cleaned(name: str) -> str:
    """The name as it is stored.

    Raises:
        InputError: It is empty, too long, or holds what cannot be seen.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    if any(_is_invisible(character) for character in text):
        message = "The name holds a character that cannot be seen. Type it again, without copying."
        raise InputError(message)
    text = " ".join(text.split())
    if not any(character.isalnum() for character in text):
        message = "The name is empty. Give at least one letter or digit."
        raise InputError(message)
    if len(text) > LONGEST:
        message = f"The name has {len(text)} characters. Give {LONGEST} at the most."
        raise InputError(message)
    if any(len(_alphabets(word)) > 1 for word in text.split()):
        message = "A word of the name mixes two alphabets. Write each word in one."
        raise InputError(message)
    return text


def key(name: str) -> str:
    """What is equal for names that a reader would take for the same."""
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    skeleton = "".join(_look(character) for character in folded)
    for letter in "io":  # case makes no difference here, and I is an l to the eye, O a zero
        skeleton = skeleton.replace(_look(letter), _look(letter.upper()))
    skeleton = " ".join(unicodedata.normalize("NFKC", skeleton).casefold().split())
    if len(skeleton) <= LONGEST_KEY and skeleton.isprintable():
        return skeleton
    # Nobody's name, but somebody may type it, and PostgreSQL holds no NUL.
    return hashlib.sha256(skeleton.encode(errors="surrogatepass")).hexdigest()


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in INVISIBLE_CATEGORIES or character in INVISIBLE


def _alphabets(word: str) -> set[str]:
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in word}
    return scripts & LOOK_ALIKE_ALPHABETS


@cache
def _look(character: str) -> str:
    """One character for all that look like it.

    The table holds each pair in both directions: a character knows the prototype it looks like,
    or, being the prototype, all that look like it. Two steps reach the whole family.
    """
    near = _family().get(character, ())
    for prototype in near:
        if len(prototype) > 1:  # m looks like rn: each letter of it has a family of its own
            return "".join(_look(part) for part in prototype if part != character)
    family = {character, *near, *(other for each in near for other in _family().get(each, ()))}
    return min(member for member in family if len(member) == 1)


@cache
def _family() -> dict[str, tuple[str, ...]]:
    # Read at the first name, not at the start: the table takes its time.
    from confusable_homoglyphs.confusables import confusables_data

    return {
        character.strip(DISPLAY_MARK): tuple(each["c"].strip(DISPLAY_MARK) for each in near)
        for character, near in confusables_data.items()
    }
