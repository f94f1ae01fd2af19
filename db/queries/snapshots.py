"""Snapshots by number, and what taking one has to know of the articles and versions."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from db.models import Account, Article, Guideline, Label, LabelSet, Snapshot
from db.models.naming import table

_article = table(Article)
_account = table(Account)
_guideline = table(Guideline)
_label = table(Label)
_label_set = table(LabelSet)
_snapshot = table(Snapshot)


@dataclass(frozen=True, slots=True)
class ArticleGroups:
    """What an article shares with others: a wire-copy cluster, a story; None where nothing."""

    public_id: str
    sha256: str
    source_name: str
    outlet: str | None
    published: str | None
    url: str | None
    language: str
    engine: str
    wire_cluster: str | None
    story: str | None


def article_groups(session: Session, *, project_id: int) -> list[ArticleGroups]:
    """Every article of a project without its text, in the order of public ids by their bytes."""
    names = ArticleGroups.__dataclass_fields__
    statement = sa.select(*(_article.c[name] for name in names)).where(
        _article.c.project_id == project_id
    )
    found = [ArticleGroups(*row) for row in session.execute(statement)]
    return sorted(found, key=lambda article: article.public_id)


def outlets(session: Session, *, project_id: int) -> list[str]:
    """Every outlet that an article of the project names, sorted."""
    statement = (
        sa.select(_article.c.outlet)
        .distinct()
        .where(_article.c.project_id == project_id, _article.c.outlet.is_not(None))
    )
    return sorted(session.execute(statement).scalars())


@dataclass(frozen=True, slots=True)
class LabelFaceRow:
    """A label of one version of the label set."""

    version: int
    key: str
    name: str
    meaning: str
    colour: str


def label_faces(session: Session, *, project_id: int) -> list[LabelFaceRow]:
    """The labels of every version, the newest version first, each in its order."""
    statement = (
        sa.select(
            _label_set.c.version,
            _label.c.key,
            _label.c.name,
            _label.c.meaning,
            _label.c.colour,
        )
        .join(_label, _label.c.label_set_id == _label_set.c.id)
        .where(_label_set.c.project_id == project_id)
        .order_by(_label_set.c.version.desc(), _label.c.position, _label.c.id)
    )
    return [LabelFaceRow(*row) for row in session.execute(statement)]


def guidelines(session: Session, *, project_id: int) -> list[tuple[int, str]]:
    """The version and text of every guideline, the oldest first."""
    statement = (
        sa.select(_guideline.c.version, _guideline.c.text)
        .where(_guideline.c.project_id == project_id)
        .order_by(_guideline.c.version)
    )
    return [(row.version, row.text) for row in session.execute(statement)]


def newest_number(session: Session, *, project_id: int) -> int:
    """The number of the newest snapshot; 0 without one."""
    statement = sa.select(sa.func.max(_snapshot.c.number)).where(
        _snapshot.c.project_id == project_id
    )
    return session.execute(statement).scalar() or 0


def all_of(
    session: Session, *, project_id: int, number: int | None = None
) -> Sequence[tuple[Snapshot, str | None]]:
    """Every snapshot, or the one of a number, with who took it; the newest first."""
    statement = (
        sa.select(Snapshot, _account.c.name)
        .outerjoin(_account, _account.c.id == _snapshot.c.account_id)
        .where(_snapshot.c.project_id == project_id)
        .order_by(_snapshot.c.number.desc())
    )
    if number is not None:
        statement = statement.where(_snapshot.c.number == number)
    return [(row[0], row[1]) for row in session.execute(statement)]
