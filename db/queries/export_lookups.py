"""What an export looks up beside the decisions: it never changes, so any moment will do."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Article, Guideline, Label, LabelSet
from db.models.naming import table

_article = table(Article)
_guideline = table(Guideline)
_label = table(Label)
_label_set = table(LabelSet)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What an export needs of an article; it never changes, so it may be read at any moment."""

    id: int
    public_id: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    url: str | None
    source_name: str
    sha256: str
    text: str


def article_texts(session: Session, *, ids: Sequence[int]) -> dict[int, ArticleText]:
    """Articles by their key."""
    names = ArticleText.__dataclass_fields__
    statement = sa.select(*(_article.c[name] for name in names)).where(_article.c.id.in_(ids))
    return {row.id: ArticleText(*row) for row in session.execute(statement)}


@dataclass(frozen=True, slots=True)
class Versions:
    """Label sets, guidelines and labels by their keys.

    Attributes:
        label_sets: The version of each label set.
        guidelines: The version of each guideline.
        labels: The key of each label; those of the newest label set first, each set in its order.
    """

    label_sets: dict[int, int]
    guidelines: dict[int, int]
    labels: dict[int, str]


def versions(session: Session, *, project_id: int) -> Versions:
    """All versions of what the project's annotations were made under; none ever changes."""
    label_sets = sa.select(_label_set.c.id, _label_set.c.version).where(
        _label_set.c.project_id == project_id
    )
    guidelines = sa.select(_guideline.c.id, _guideline.c.version).where(
        _guideline.c.project_id == project_id
    )
    labels = (
        sa.select(_label.c.id, _label.c.key)
        .join(_label_set, _label_set.c.id == _label.c.label_set_id)
        .where(_label_set.c.project_id == project_id)
        .order_by(_label_set.c.version.desc(), _label.c.position, _label.c.id)
    )
    return Versions(
        label_sets={key: value for key, value in session.execute(label_sets)},  # noqa: C416 - a row is no pair to mypy
        guidelines={key: value for key, value in session.execute(guidelines)},  # noqa: C416 - a row is no pair to mypy
        labels={key: value for key, value in session.execute(labels)},  # noqa: C416 - a row is no pair to mypy
    )
