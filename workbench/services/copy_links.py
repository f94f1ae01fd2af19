"""Which articles are wire copies of each other, by the copies that they share."""

from collections import Counter
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


def cluster_articles(
    session: Session, project_id: int, *, article: int, search: Search, own: dict[int, str]
) -> str | None:
    """Cluster an article with those it shares enough with; the name of its cluster.

    Articles of sentence clusters that were joined by it are compared with each other too: they
    may share more than before.
    """
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
