"""The copies of new sentences among those that are there, and the clusters they make."""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain

from sqlmodel import Session

from db.models import Sentence
from db.queries import copies as queries
from db.queries.copies import Known
from workbench.services.clusters import Clusters, member_name
from workbench.services.decisions import sentence_id
from workbench.text import similarity

MOST = 8
LIKELIEST = 16
ROUNDS = ((0, 1), (1, 5), (5, None))
EXACT = 0


@dataclass(frozen=True, slots=True)
class Own:
    """A queued sentence that is looked at: a new one, or one that was met before.

    Attributes:
        id: Its key.
        article: The key of its article.
        name: What it is called in clusters.
        wording: Its text, normalised.
        key: What equal wordings share.
        cluster: The cluster it is in; None for a new one, and for one that is alone.
    """

    id: int
    article: int
    name: str
    wording: str
    key: int
    cluster: str | None = None


@dataclass(slots=True)
class Search:
    """The sentences of new articles on their way into the clusters that there are."""

    session: Session
    project_id: int
    own: list[Own]
    clusters: Clusters = field(default_factory=Clusters)
    alone: dict[int, str] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)

    def run(self) -> dict[int, str]:
        """Find the copies and store the clusters; those of the new sentences by key."""
        fresh = self._take_exact()
        if fresh:
            self._take_near(fresh)
        return self._store()

    def _take_exact(self) -> list[Own]:
        """Join equal wordings; the first sentence of each that was never seen before."""
        first: dict[int, Own] = {}
        for one in self.own:
            self.clusters.join(first.setdefault(one.key, one).name, one.name)
            if one.cluster is not None:
                self.clusters.join(one.cluster, one.name)
                self.stored.add(one.cluster)
        rows = queries.with_keys(self.session, project_id=self.project_id, keys=first)
        there = {key: sentence for key, band, sentence in rows if band == EXACT}
        known = self._meet(there.values())
        for key, sentence in there.items():
            self.clusters.join(first[key].name, _name(known[sentence]))
        return [one for key, one in first.items() if key not in there]

    def _take_near(self, fresh: list[Own]) -> None:
        """Join similar wordings, and store by what the new ones are found."""
        bands = {one.id: list(enumerate(similarity.band_keys(one.wording), 1)) for one in fresh}
        wanted = {key for places in bands.values() for _, key in places}
        buckets: dict[tuple[int, int], list[int]] = {}
        rows = queries.with_keys(self.session, project_id=self.project_id, keys=wanted)
        for key, band, sentence in rows:
            buckets.setdefault((band, key), []).append(sentence)
        candidates: dict[Own, list[int]] = {}
        signatures: list[tuple[int, int, int]] = []
        for one in fresh:
            places = bands[one.id]
            candidates[one] = _likeliest(buckets.get(place, ()) for place in places)
            signatures.append((one.key, EXACT, one.id))
            for place in places:
                members = buckets.setdefault(place, [])
                if len(members) < MOST:  # what is very frequent is found by its first ones
                    members.append(one.id)
                    signatures.append((place[1], place[0], one.id))
        queries.add(self.session, project_id=self.project_id, rows=signatures)
        names = {one.id: one.name for one in fresh}
        there = {key for found in candidates.values() for key in found} - names.keys()
        names |= {key: _name(row) for key, row in self._meet(there).items()}
        self._compare(candidates, names)

    def _compare(self, candidates: dict[Own, list[int]], names: dict[int, str]) -> None:
        """Join what is near, the likeliest first: most need one comparison, and so one text."""
        wordings = {one.id: one.wording for one in candidates}
        for first, last in ROUNDS:
            pairs = [
                (one, other)
                for one, others in candidates.items()
                for other in others[first:last]
                if not self.clusters.are_one(one.name, names[other])
            ]
            missing = {other for _, other in pairs} - wordings.keys()
            for key, text in queries.texts(self.session, sentence_ids=missing).items():
                wordings[key] = similarity.normalised(text)
            for one, other in pairs:
                is_one = self.clusters.are_one(one.name, names[other])
                if not is_one and similarity.are_near(one.wording, wordings[other]):
                    self.clusters.join(one.name, names[other])

    def _meet(self, sentences: Iterable[int]) -> dict[int, Known]:
        known = queries.known(self.session, sentence_ids=sentences)
        own = {one.id for one in self.own}
        for key, row in known.items():
            if row.cluster is not None:
                self.stored.add(row.cluster)
            elif key not in own:
                self.alone[key] = _name(row)
        return known

    def _store(self) -> dict[int, str]:
        sizes = Counter(self.clusters.name(one.name) for one in self.own)
        sizes.update(self.clusters.name(name) for name in (*self.alone.values(), *self.stored))
        renamed = {old: self.clusters.name(old) for old in sorted(self.stored)}
        queries.rename(self.session, of=Sentence, project_id=self.project_id, names=renamed)
        own = {one.id: self.clusters.name(one.name) for one in self.own}
        new = self.alone | {one.id: one.name for one in self.own if one.cluster is None}
        put = {key: self.clusters.name(name) for key, name in new.items()}
        put = {key: name for key, name in put.items() if sizes[name] > 1}
        queries.put_sentences(self.session, clusters=put)
        return {key: name for key, name in own.items() if sizes[name] > 1}

    def n_joined(self) -> Counter[str]:
        """By cluster: how many clusters or single sentences, stored before, are that one now."""
        return Counter(self.clusters.name(name) for name in (*self.alone.values(), *self.stored))


def _likeliest(places: Iterable[Collection[int]]) -> list[int]:
    """What shares most bands, the first ones first: few of the rest would be near."""
    shared = Counter(chain.from_iterable(places))
    return heapq.nsmallest(LIKELIEST, shared, key=lambda other: (-shared[other], other))


def _name(row: Known) -> str:
    return row.cluster or member_name(sentence_id(row.article, row.start, row.end))
