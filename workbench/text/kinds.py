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


QUEUED_KINDS = frozenset({Kind.BODY, Kind.HEADLINE, Kind.STANDFIRST, Kind.SUBHEAD})
"""The kinds that reviewers are asked about; the others stay in the article, greyed."""
