"""The rules on top of the engine by name, so that each can be switched off and measured."""

from enum import StrEnum
from functools import cache

from workbench.text import abroad, boundaries, starters
from workbench.text.places import Check


class Rule(StrEnum):
    """A rule that parts or joins what the engine found."""

    RANKS = "ranks"
    INITIALS = "initials"
    LABELS = "labels"
    LETTERS = "letters"
    ABBREVIATIONS = "abbreviations"
    NUMBERS = "numbers"
    QUOTED = "quoted"
    DOTS = "dots"
    SMILEYS = "smileys"
    SCRIPT_STOPS = "script stops"
    STARTERS = "starters"
    NOTES = "notes"
    ASIDES = "asides"
    GLUED = "glued"
    BRACKETS = "brackets"
    WORDLESS = "wordless"
    DATELINES = "datelines"
    CREDITS = "credits"


ALL_RULES = frozenset(Rule)

_JOINS: tuple[tuple[Rule, Check], ...] = (
    (Rule.LABELS, boundaries.is_label),
    (Rule.INITIALS, boundaries.is_initial),
    (Rule.QUOTED, boundaries.is_spoken_on),
    (Rule.DOTS, boundaries.is_cased_on),
    (Rule.ASIDES, boundaries.is_aside),
)
_ENGLISH_JOINS: tuple[tuple[Rule, Check], ...] = (
    (Rule.RANKS, boundaries.is_rank),
    (Rule.LETTERS, boundaries.is_lettered),
    (Rule.ABBREVIATIONS, boundaries.is_shortened),
    (Rule.NUMBERS, boundaries.is_numbered),
    (Rule.QUOTED, boundaries.is_attributed),
)
_OTHER_JOINS: tuple[tuple[Rule, Check], ...] = (
    (Rule.ABBREVIATIONS, abroad.is_lower),
    (Rule.QUOTED, abroad.is_asked_on),
    (Rule.NUMBERS, abroad.is_numbered),
    (Rule.NUMBERS, abroad.is_ordinal),
    (Rule.RANKS, abroad.is_titled),
    (Rule.LETTERS, abroad.is_plural),
)
_UNCASED_JOINS: tuple[tuple[Rule, Check], ...] = ((Rule.ABBREVIATIONS, abroad.is_short),)
_CUTS: tuple[tuple[Rule, Check], ...] = (
    (Rule.QUOTED, boundaries.ends_quoted),
    (Rule.NOTES, boundaries.ends_noted),
)
_ENGLISH_CUTS: tuple[tuple[Rule, Check], ...] = (
    (Rule.INITIALS, boundaries.ends_initial),
    (Rule.ABBREVIATIONS, boundaries.ends_answer),
    (Rule.LETTERS, boundaries.ends_letters),
    (Rule.ABBREVIATIONS, boundaries.ends_shortened),
    (Rule.DOTS, boundaries.ends_dots),
    (Rule.SMILEYS, boundaries.ends_smiling),
)
_OTHER_CUTS: tuple[tuple[Rule, Check], ...] = (
    (Rule.DOTS, abroad.ends_dots),
    (Rule.ABBREVIATIONS, abroad.ends_and_so_on),
    (Rule.ABBREVIATIONS, abroad.ends_inflected),
)
_NAMES = frozenset({Rule.INITIALS, Rule.RANKS})
_SYLLABIC = "am as bn gu hi hy km kn lo ml mr my ne or pa sa si ta te ti"
_UNCASED = frozenset(_SYLLABIC.split())
"""Languages without capitals in which a short word at the end of a sentence is rare."""


@cache
def joins(language: str, rules: frozenset[Rule]) -> tuple[Check, ...]:
    """Return the rules of a language that take a boundary away."""
    own = _ENGLISH_JOINS if language == "en" else _OTHER_JOINS
    more = _UNCASED_JOINS if language in _UNCASED else ()
    checks = ((rule, check) for rule, check in (*_JOINS, *own, *more) if rule in rules)
    if language == "en" or Rule.STARTERS not in rules:
        return tuple(check for _, check in checks)
    counted = (starters.counts(language),) if Rule.NUMBERS in rules else ()
    named = (
        starters.unless_begun(language, check) if rule in _NAMES else check
        for rule, check in checks
    )
    return (*named, *counted)


@cache
def cuts(language: str, rules: frozenset[Rule]) -> tuple[Check, ...]:
    """Return the rules of a language that add a boundary."""
    own = _ENGLISH_CUTS if language == "en" else _OTHER_CUTS
    begins = ((Rule.STARTERS, starters.begins(language)),) if language != "en" else ()
    return tuple(check for rule, check in (*_CUTS, *own, *begins) if rule in rules)
