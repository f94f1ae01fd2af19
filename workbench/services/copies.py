"""Wire copies: what was said before is found when an article comes in, and shown with it.

Sentences of the queue are *copies* when their wordings are equal but for figures, quotes, dashes,
case and white space, or nearly so (`workbench.text.similarity`); what is linked by copies is one
cluster, named after its smallest member. Two articles are *wire copies* when at least four of
their sentences, or 30 % of the queued sentences of the shorter one, are copies of sentences of the
other; sentences of fewer than 30 characters do not count, and of what each has in the other the
smaller number counts. Articles linked so are one cluster, named after its smallest article id.

Neither depends on the order of import: whether sentences are copies depends on their wordings
alone, clusters are the connected parts, and joining two of them can only add to what articles
share, so that looking again at the articles of what was joined finds every new link. The one
exception is what is very frequent: of similar wordings that share a key the first `MOST` are
looked at, of them all the `LIKELIEST` that share most keys, and of a cluster the articles of its
first `MOST` sentences, so that the cost of an article does not grow with what is there.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from db.models import Article
from db.queries import articles as article_queries
from db.queries import copies as queries
from db.queries import wire_copies
from workbench.errors import NotFoundError
from workbench.services import projects
from workbench.services.clusters import member_name
from workbench.services.copy_links import cluster_articles
from workbench.services.copy_search import Own, Search
from workbench.services.decisions import sentence_id
from workbench.services.permissions import Actor, Permission, check
from workbench.text import similarity

MOST_MATES = 20


def note(session: Session, *, project_id: int, articles: Sequence[Article]) -> dict[int, int]:
    """Find what the queued sentences of new articles are copies of; cluster both.

    Called in the transaction that stores the articles, by whoever may import. Many at once cost
    little more than one, and what was looked at before stays as it is. A cluster that is joined
    with another loses its name to the smaller one.

    Returns:
        For each article that has any, how many of its queued sentences are copies of others: in
        it, beside it or there before.
    """
    of = {article.id: article for article in articles}
    rows = queries.queued_spans(session, article_ids=of)
    return _noted(session, project_id, [_own(of[row[0]], *row[1:]) for row in rows])


def note_some(
    session: Session,
    *,
    project_id: int,
    article: Article,
    spans: Sequence[tuple[int, int, int]],
) -> None:
    """Find what new sentences of an article that is there are copies of; cluster both.

    Args:
        session: The transaction that stores the sentences.
        project_id: The project of the article.
        article: The article.
        spans: Key, start and end of each new sentence; only queued ones belong here.
    """
    _noted(session, project_id, [_own(article, *span) for span in spans])


def _own(article: Article, key: int, start: int, end: int, cluster: str | None = None) -> Own:
    name = member_name(sentence_id(article.public_id, start, end))
    wording = similarity.normalised(article.text[start:end])
    return Own(key, article.id, name, wording, similarity.exact_key(wording), cluster)


def _noted(session: Session, project_id: int, own: list[Own]) -> dict[int, int]:
    search = Search(session, project_id, own)
    found = search.run()
    clustered: dict[int, dict[int, str]] = {}
    for one in own:
        if one.id in found:
            clustered.setdefault(one.article, {})[one.id] = found[one.id]
    if clustered:
        cluster_articles(session, project_id, search=search, own=clustered)
    return {article_id: len(sentences) for article_id, sentences in clustered.items()}


@dataclass(frozen=True, slots=True)
class AlsoIn:
    """Another article with the same wire copy.

    Attributes:
        public_id: What it is opened by.
        title: Its title; the name of its file where it has none.
        outlet: Who published it; may be empty.
        n_shared: How many sentences of the article asked about it has copies of.
    """

    public_id: str
    title: str
    outlet: str
    n_shared: int


def also_in(session: Session, *, actor: Actor, slug: str, article: str) -> list[AlsoIn]:
    """The other articles with an article's wire copy, those that share most first; at most 20.

    Raises:
        NotFoundError: There is no such project or article, or it is not the actor's to see.
    """
    project = projects.find(session, actor=actor, slug=slug)
    check(actor, Permission.READ_ARTICLES, project_id=project.id)
    found = article_queries.by_public_id(session, project_id=project.id, public_id=article)
    if found is None:
        message = "There is no such article in this project."
        raise NotFoundError(message)
    if found.wire_cluster is None:
        return []
    mates = wire_copies.mates(
        session,
        project_id=project.id,
        cluster=found.wire_cluster,
        article_id=found.id,
        most=MOST_MATES,
    )
    ids = [found.id, *(mate.id for mate in mates)]
    shares = wire_copies.shares(session, article_ids=ids, shortest=0)
    own = shares[found.id].clusters
    also = [
        AlsoIn(
            public_id=mate.public_id,
            title=mate.title or mate.source_name,
            outlet=mate.outlet or "",
            n_shared=sum(n for cluster, n in own.items() if cluster in shares[mate.id].clusters),
        )
        for mate in mates
    ]
    return sorted(also, key=lambda one: -one.n_shared)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a sentence, as one reviewer sees it.

    Attributes:
        id: Its key.
        sentence: Its public id.
        article_title: The title of its article; the name of the file where it has none.
        decided_at: When the reviewer labelled it; None where they have not.
        labels: What they gave it; empty is an explicit none where it is labelled.
    """

    id: int
    sentence: str
    article_title: str
    decided_at: datetime | None
    labels: tuple[str, ...]


def copies_of(
    session: Session, *, actor: Actor, project_id: int, sentence_ids: Collection[int]
) -> dict[int, list[Copy]]:
    """The first copies of sentences, with what the actor gave them, never what others gave.

    Labels given under an older label set are left out: they are no longer the ones to choose from.
    """
    check(actor, Permission.ANNOTATE, project_id=project_id)
    found: dict[int, dict[int, Copy]] = {}
    for row in wire_copies.copies(
        session,
        project_id=project_id,
        reviewer_id=actor.account_id or 0,
        sentence_ids=sentence_ids,
    ):
        copies = found.setdefault(row.of, {})
        before = copies[row.id].labels if row.id in copies else ()
        labels = tuple(sorted({*before, row.label})) if row.label else before
        name = sentence_id(row.article, row.start, row.end)
        copies[row.id] = Copy(row.id, name, row.title, row.decided_at, labels)
    return {of: sorted(copies.values(), key=lambda copy: copy.id) for of, copies in found.items()}
