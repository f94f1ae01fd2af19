"""What is stored of sentences' needs: written, compared with what they follow from, dropped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Session

from db.models import Article, Demand, Project, QueueMark, Sentence, SubsetArticle, SubsetReviewer
from db.models.naming import table
from db.queries.demand import lower_marks
from db.queries.many import among, both

_demand = table(Demand)
_mark = table(QueueMark)
_sentence = table(Sentence)
_article = table(Article)
_member = table(SubsetArticle)
_project = table(Project)
_named = table(SubsetReviewer)


@dataclass(frozen=True, slots=True)
class DemandRow:
    """What is stored of a sentence's need."""

    sentence_id: int
    subset_key: int
    n_wanted: int
    n_taken: int
    turn: int


_ROWS = both(
    sa.select(*(_demand.c[name] for name in DemandRow.__dataclass_fields__)),
    _demand.c.sentence_id,
)


def rows(session: Session, *, sentence_ids: Collection[int]) -> dict[int, DemandRow]:
    """What is stored of these, by sentence."""
    return {row[0]: DemandRow(*row) for row in among(session, _ROWS, sentence_ids)}


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """What a sentence's need follows from; `subset_key` is 0 without a subset."""

    id: int
    article: str
    start: int
    end: int
    is_queued: bool
    queue_key: int
    subset_key: int


_FACTS = both(
    sa.select(
        _sentence.c.id,
        _article.c.public_id,
        _sentence.c.start,
        _sentence.c.end,
        _sentence.c.is_queued,
        _sentence.c.queue_key,
        sa.func.coalesce(_member.c.subset_id, 0),
    )
    .join(_article, _article.c.id == _sentence.c.article_id)
    .outerjoin(_member, _member.c.article_id == _sentence.c.article_id),
    _sentence.c.article_id,
)


def facts(session: Session, *, article_ids: Collection[int]) -> list[SentenceFacts]:
    """What the needs of all sentences of these articles follow from, retired ones too."""
    return [SentenceFacts(*row) for row in among(session, _FACTS, article_ids)]


_COLUMNS = ("project_id", "sentence_id", "subset_key", "n_wanted", "n_taken", "turn")
_of_row = attrgetter(*_COLUMNS[1:])


def _changed(insert: Any) -> Any:
    values = {name: insert.excluded[name] for name in _COLUMNS[2:]}
    return insert.on_conflict_do_update(index_elements=["sentence_id"], set_=values)


# PostgreSQL takes each column as one value: a row at a time takes ten times as long there.
_ARRAYS = sa.func.unnest(*(sa.bindparam(name, type_=ARRAY(sa.BigInteger)) for name in _COLUMNS))
_GIVEN = _ARRAYS.table_valued(*_COLUMNS).render_derived()
_UPSERT: dict[str, Any] = {
    "sqlite": _changed(sqlite.insert(_demand)),
    "postgresql": _changed(postgresql.insert(_demand).from_select(_COLUMNS, sa.select(*_GIVEN.c))),
}
_DROP = sa.delete(_demand).where(_demand.c.sentence_id == sa.bindparam("row_id"))


def write(
    session: Session, *, project_id: int, rows: Sequence[DemandRow], gone: Collection[int]
) -> None:
    """Store what sentences need and have; drop those that are out of the queue."""
    connection = session.connection()
    if gone:
        connection.execute(_DROP, [{"row_id": key} for key in sorted(gone)])
    if rows:
        values = [(project_id, *_of_row(row)) for row in rows]
        name = session.get_bind().dialect.name
        if name == "sqlite":
            connection.execute(_UPSERT[name], [dict(zip(_COLUMNS, each)) for each in values])  # noqa: B905 - many
        else:
            columns = map(list, zip(*values, strict=True))
            connection.execute(_UPSERT[name], dict(zip(_COLUMNS, columns, strict=True)))
        lower_marks(session, project_id=project_id, sentence_ids=[row.sentence_id for row in rows])


def clear_marks(session: Session, *, project_id: int) -> None:
    """Let everybody's searches in a project begin at its first sentence."""
    session.connection().execute(sa.delete(_mark).where(_mark.c.project_id == project_id))


def drop(session: Session, *, article_ids: Collection[int]) -> None:
    """Forget what is stored of the needs of these articles' sentences."""
    sentences = sa.select(_sentence.c.id).where(_sentence.c.article_id.in_(list(article_ids)))
    session.connection().execute(sa.delete(_demand).where(_demand.c.sentence_id.in_(sentences)))


def article_ids(session: Session, *, project_id: int, above: int, limit: int) -> list[int]:
    """The keys of a project's articles in order, after one of them."""
    statement = (
        sa.select(_article.c.id)
        .where(_article.c.project_id == project_id, _article.c.id > above)
        .order_by(_article.c.id)
        .limit(limit)
    )
    return list(session.connection().execute(statement).scalars())


_ARTICLES_OF = both(sa.select(_sentence.c.article_id), _sentence.c.id)


def articles_of(session: Session, *, sentence_ids: Collection[int]) -> set[int]:
    """The keys of the articles that sentences stand in."""
    return {row[0] for row in among(session, _ARTICLES_OF, sentence_ids)}


def n_open(session: Session, *, project_id: int) -> int:
    """How many sentences wait for a reviewer."""
    statement = (
        sa.select(sa.func.count())
        .where(_demand.c.project_id == project_id)
        .where(sa.text("n_taken < n_wanted"))
    )
    number: int = session.connection().execute(statement).scalar_one()
    return number


def reviewers_of(session: Session, *, subset_ids: Collection[int]) -> dict[int, set[int]]:
    """Whom each of these subsets is given to."""
    found: dict[int, set[int]] = {key: set() for key in subset_ids}
    statement = sa.select(_named.c.subset_id, _named.c.reviewer_id).where(
        _named.c.subset_id.in_(list(found))
    )
    for key, reviewer_id in session.connection().execute(statement) if found else ():
        found[key].add(reviewer_id)
    return found


@dataclass(frozen=True, slots=True)
class MarkRow:
    """Where somebody's search begins."""

    subset_key: int
    level: int
    reviewer_id: int
    turn: int


def marks(session: Session, *, project_id: int) -> list[MarkRow]:
    """Where everybody's searches begin."""
    columns = [_mark.c[name] for name in MarkRow.__dataclass_fields__]
    statement = sa.select(*columns).where(_mark.c.project_id == project_id).order_by(*columns)
    return [MarkRow(*row) for row in session.connection().execute(statement)]


_SETTINGS = sa.select(_project.c.settings).where(_project.c.id == sa.bindparam("project_id"))


def settings(session: Session, *, project_id: int) -> dict[str, Any]:
    """A project's settings as they are at this moment."""
    values = {"project_id": project_id}
    found: dict[str, Any] = session.connection().execute(_SETTINGS, values).scalar_one()
    return found
