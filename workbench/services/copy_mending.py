"""Wire copies after an import was taken out: what it linked is looked at as if it never came."""

from dataclasses import dataclass

from sqlmodel import Session

from db.models import Article, Sentence
from db.queries import copy_removal as queries
from db.queries.copy_removal import Left
from workbench.services.clusters import member_name
from workbench.services.copy_links import cluster_articles
from workbench.services.copy_search import Own, Search
from workbench.services.decisions import sentence_id
from workbench.text import similarity


@dataclass(frozen=True, slots=True)
class Torn:
    """The clusters that lose members: of sentences, and of articles."""

    of_sentences: frozenset[str]
    of_articles: frozenset[str]


def torn_by(session: Session, *, project_id: int, number: int) -> Torn:
    """The clusters that an import has a part in; asked before it is taken out."""
    of_sentences, of_articles = queries.clusters_of_import(
        session, project_id=project_id, number=number
    )
    return Torn(frozenset(of_sentences), frozenset(of_articles))


def mend(session: Session, *, project_id: int, torn: Torn) -> None:
    """Cluster anew what is left of the clusters that lost members.

    Two sentences may have been linked only by one that is gone, two articles only by what a third
    shared with both, and a cluster may have borne the name of what is gone. Nothing else can
    change: what was not linked is not linked by taking something out.
    """
    left = queries.sentences_left(session, project_id=project_id, clusters=torn.of_sentences)
    touched = queries.clusters_of_articles(session, article_ids={one.article_id for one in left})
    articles = queries.articles_left(
        session, project_id=project_id, clusters=torn.of_articles | touched
    )
    queries.set_alone(session, of=Sentence, keys=[one.id for one in left])
    queries.set_alone(session, of=Article, keys=articles)
    search = Search(session, project_id, [_own(one) for one in left])
    search.run()
    own = queries.clustered(session, article_ids=articles)
    if own:
        cluster_articles(session, project_id, search=search, own=own)


def _own(left: Left) -> Own:
    name = member_name(sentence_id(left.article, left.start, left.end))
    wording = similarity.normalised(left.text)
    return Own(left.id, left.article_id, name, wording, similarity.exact_key(wording))
