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

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from sqlmodel import Session

from db.models import Article
from db.queries import copies as queries
from db.queries import wire_copies
from db.queries.wire_copies import ArticleShare
from workbench.services.clusters import Clusters, member_name
from workbench.services.copy_search import MOST, Own, Search
from workbench.services.decisions import sentence_id
from workbench.text import similarity

MOST_ARTICLES = 12
ENOUGH = 4
PART = 0.3
SHORTEST = 30


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
    cluster = _cluster_articles(session, project_id, article=article.id, search=search, own=found)
    return CopyReport(len(found), cluster)


def _cluster_articles(
    session: Session, project_id: int, *, article: int, search: Search, own: dict[int, str]
) -> str | None:
    n_shared = Counter(own.values())
    seen: Counter[int] = Counter()
    grown: set[int] = set()
    for cluster in sorted(n_shared):
        members = set(
            wire_copies.articles_in(session, project_id=project_id, cluster=cluster, most=MOST)
        )
        members.discard(article)
        for member in members:
            seen[member] += n_shared[cluster]
        if search.n_joined(cluster) > 1:
            grown |= members
    ranked = sorted(seen, key=lambda other: (-seen[other], other))
    others = sorted({*ranked[:MOST_ARTICLES], *sorted(grown)[:MOST_ARTICLES]})
    shares = wire_copies.shares(session, article_ids=[article, *others], shortest=SHORTEST)
    pairs = [(article, other) for other in others]
    pairs += combinations(sorted(grown & shares.keys()), 2)
    return _join_articles(session, project_id, article=article, pairs=pairs, shares=shares)


def _join_articles(
    session: Session,
    project_id: int,
    *,
    article: int,
    pairs: list[tuple[int, int]],
    shares: dict[int, ArticleShare],
) -> str | None:
    clusters = Clusters()
    names = {key: share.cluster or share.public_id for key, share in shares.items()}
    linked: set[int] = set()
    for one, other in pairs:
        is_one = clusters.are_one(names[one], names[other])
        if not is_one and are_wire_copies(shares[one], shares[other]):
            clusters.join(names[one], names[other])
            linked |= {one, other}
    new = {key: clusters.name(names[key]) for key in linked}
    for old in sorted({share.cluster for share in shares.values() if share.cluster}):
        if clusters.name(old) != old:
            new_name = clusters.name(old)
            queries.rename(session, of=Article, project_id=project_id, old=old, new=new_name)
    alone = {key: name for key, name in new.items() if shares[key].cluster is None}
    queries.put_articles(session, clusters=alone)
    return new.get(article)


def are_wire_copies(one: ArticleShare, other: ArticleShare) -> bool:
    """Whether two articles share four sentences, or 30 % of those of the shorter one."""
    of_one, of_other = set(one.clusters), set(other.clusters)
    n_shared = min(
        sum(cluster in of_other for cluster in one.clusters),
        sum(cluster in of_one for cluster in other.clusters),
    )
    shorter = min(one.n_queued, other.n_queued)
    return n_shared >= ENOUGH or (n_shared > 0 and n_shared >= PART * shorter)
