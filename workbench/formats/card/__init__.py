"""The data card: what a training set holds, how it came about, and what to beware of."""

from workbench.formats.card.agreement import Agreement
from workbench.formats.card.collecting import Collector
from workbench.formats.card.croissant import Column, DataFile, croissant
from workbench.formats.card.facts import CardFacts, Range, ReviewerFacts
from workbench.formats.card.readme import Config, readme
from workbench.formats.card.sections import sections

__all__ = [
    "Agreement",
    "CardFacts",
    "Collector",
    "Column",
    "Config",
    "DataFile",
    "Range",
    "ReviewerFacts",
    "croissant",
    "readme",
    "sections",
]
