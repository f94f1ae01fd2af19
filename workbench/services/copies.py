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
looked at, and of a cluster the articles of its first `MOST` sentences, so that the cost of an
article does not grow with what is there.
"""

from collections.abc import Collection
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


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was found when an article came in.

    Attributes:
        n_copies: How many of its queued sentences are copies of others, in it or elsewhere.
        cluster: The cluster of wire copies the article is in; None if it is alone.
    """

    n_copies: int = 0
    cluster: str | None = None


def note(session: Session, *, project_id: int, article: Article) -> CopyReport:
    """Find what an article's queued sentences are copies of, and cluster them and the article.

    Called once per article, in the transaction that stores it, by whoever may import. A cluster
    that is joined with another loses its name to the smaller one.
    """
    own = []
    for key, start, end in queries.queued_spans(session, article_id=article.id):
        name = member_name(sentence_id(article.public_id, start, end))
        wording = similarity.normalised(article.text[start:end])
        own.append(Own(key, name, wording, similarity.exact_key(wording)))
    search = Search(session, project_id, own)
    found = search.run()
    if not found:
        return CopyReport()
    cluster = cluster_articles(session, project_id, article=article.id, search=search, own=found)
    return CopyReport(len(found), cluster)


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
            n_shared=sum(cluster in shares[mate.id].clusters for cluster in own),
        )
        for mate in mates
    ]
    return sorted(also, key=lambda one: -one.n_shared)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of a sentence, as one reviewer sees it.

    Attributes:
        id: Its key.
        article_title: The title of its article; the name of the file where it has none.
        decided_at: When the reviewer labelled it; None where they have not.
        labels: What they gave it; empty is an explicit none where it is labelled.
    """

    id: int
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
        copies[row.id] = Copy(row.id, row.title, row.decided_at, labels)
    return {of: sorted(copies.values(), key=lambda copy: copy.id) for of, copies in found.items()}
