"""What a piece of an article is."""

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a segment."""

    BODY = "body"
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    CREDIT = "credit"
    BYLINE = "byline"
    DATELINE = "dateline"
    BOILERPLATE = "boilerplate"


Verdict = tuple[Kind, str]
"""A kind and the reason for it, one sentence; the reason for body is empty."""

QUEUED_KINDS = frozenset({Kind.BODY, Kind.HEADLINE, Kind.STANDFIRST, Kind.SUBHEAD})
"""The kinds that reviewers are asked about; the others stay in the article, greyed."""
