"""Which articles are wire copies of each other, by the copies that they share."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations

from sqlmodel import Session

from db.models import Article
from db.queries import copies as queries
from db.queries import wire_copies
from db.queries.wire_copies import ArticleShare
from workbench.services.clusters import Clusters
from workbench.services.copy_search import MOST, Search

MOST_ARTICLES = 12
ENOUGH = 4
PART = 0.3
SHORTEST = 30

Pair = tuple[int, int]


def cluster_articles(
    session: Session, project_id: int, *, search: Search, own: dict[int, dict[int, str]]
) -> None:
    """Cluster new articles with those they share enough with.

    Articles of sentence clusters that were joined by them are compared with each other too: they
    may share more than before.

    Args:
        session: The transaction that stores the articles.
        project_id: Their project.
        search: What found the copies of their sentences.
        own: For each new article the clusters of those of its sentences that have copies.
    """
    clusters = {cluster for found in own.values() for cluster in found.values()}
    members = wire_copies.first_articles(
        session, project_id=project_id, clusters=clusters, most=MOST
    )
    n_joined = search.n_joined()
    grown = {cluster for cluster in clusters if n_joined[cluster] > 1}
    pairs: set[Pair] = set()
    for article, found in own.items():
        pairs.update(_pairs(article, Counter(found.values()), members, grown))
    ids = {one for pair in pairs for one in pair}
    shares = wire_copies.shares(session, article_ids=ids, shortest=SHORTEST)
    _join_articles(session, project_id, pairs=sorted(pairs), shares=shares)


def _pairs(
    article: int, n_shared: Counter[str], members: dict[str, set[int]], grown: Collection[str]
) -> Iterable[Pair]:
    """The pairs that one new article makes it worth looking at."""
    seen: Counter[int] = Counter()
    met: set[int] = set()
    for cluster, n in n_shared.items():
        others = members[cluster] - {article}
        for other in others:
            seen[other] += n
        if cluster in grown:
            met |= others
    ranked = sorted(seen, key=lambda other: (-seen[other], other))
    others = {*ranked[:MOST_ARTICLES], *sorted(met)[:MOST_ARTICLES]}
    yield from ((min(article, other), max(article, other)) for other in others)
    yield from combinations(sorted(met & others), 2)


def _join_articles(
    session: Session, project_id: int, *, pairs: list[Pair], shares: dict[int, ArticleShare]
) -> None:
    clusters = Clusters()
    names = {key: share.cluster or share.public_id for key, share in shares.items()}
    linked: set[int] = set()
    for one, other in pairs:
        is_one = clusters.are_one(names[one], names[other])
        if not is_one and are_wire_copies(shares[one], shares[other]):
            clusters.join(names[one], names[other])
            linked |= {one, other}
    stored = sorted({share.cluster for share in shares.values() if share.cluster})
    renamed = {old: clusters.name(old) for old in stored}
    queries.rename(session, of=Article, project_id=project_id, names=renamed)
    alone = {key: clusters.name(names[key]) for key in linked if shares[key].cluster is None}
    queries.put_articles(session, clusters=alone)


def are_wire_copies(one: ArticleShare, other: ArticleShare) -> bool:
    """Whether two articles share four sentences, or 30 % of those of the shorter one."""
    shared = one.clusters.keys() & other.clusters.keys()
    n_shared = min(
        sum(one.clusters[cluster] for cluster in shared),
        sum(other.clusters[cluster] for cluster in shared),
    )
    shorter = min(one.n_queued, other.n_queued)
    return n_shared >= ENOUGH or (n_shared > 0 and n_shared >= PART * shorter)
