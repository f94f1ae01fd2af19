"""Which articles must stay together: union-find over wire copies, then articles, then stories."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.formats.splitting.plan import NONE, Item, Plan


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that must stay together.

    Attributes:
        id: The first of their ids: what the group is known by, whatever order they came in.
        articles: Their ids, sorted.
        n_sentences: Sentences in all of them.
        n_held_out: Of these, asked to be in the test split.
        n_labels: How many sentences have each label, in the order of `Groups.labels`.
    """

    id: str
    articles: tuple[str, ...]
    n_sentences: int
    n_held_out: int
    n_labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Every group, by its id.

    Attributes:
        labels: The labels there are, sorted; `none` is an explicit none.
        all: The groups.
    """

    labels: tuple[str, ...]
    all: tuple[Group, ...]


class _Counts:
    """A column of whole numbers for each thing that is counted, a row for each article."""

    def __init__(self) -> None:
        self.n_sentences = array("l")
        self.n_held_out = array("l")
        self.n_labels: dict[str, array[int]] = {}

    def begin(self) -> None:
        """A row for one more article."""
        self.n_sentences.append(0)
        self.n_held_out.append(0)
        for column in self.n_labels.values():
            column.append(0)

    def add(self, row: int, item: Item, *, is_held_out: bool) -> None:
        """One more sentence of an article."""
        self.n_sentences[row] += 1
        self.n_held_out[row] += is_held_out
        for label in item.labels or (NONE,):
            if label not in self.n_labels:
                self.n_labels[label] = array("l", bytes(self.n_sentences.itemsize * len(self)))
            self.n_labels[label][row] += 1

    def __len__(self) -> int:
        return len(self.n_sentences)


class _Forest:
    """Union-find over numbered nodes, with halved paths and the smaller tree below the larger."""

    def __init__(self) -> None:
        self._parent: list[int] = []
        self._size: list[int] = []

    def planted(self) -> int:
        """A new node, alone."""
        node = len(self._parent)
        self._parent.append(node)
        self._size.append(1)
        return node

    def root(self, node: int) -> int:
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def join(self, one: int, other: int) -> None:
        large, small = self.root(one), self.root(other)
        if large == small:
            return
        if self._size[large] < self._size[small]:
            large, small = small, large
        self._parent[small] = large
        self._size[large] += self._size[small]


def grouped(items: Iterable[Item], plan: Plan) -> Groups:
    """The groups; memory grows with the articles and clusters, not with the sentences."""
    forest, counts = _Forest(), _Counts()
    articles: dict[str, int] = {}
    tied: dict[tuple[str, str], int] = {}
    for item in items:
        row = articles.get(item.article)
        if row is None:
            row = articles[item.article] = forest.planted()
            counts.begin()
        counts.add(row, item, is_held_out=plan.is_held_out(item))
        for key in ties(item, plan):
            first = tied.setdefault(key, row)
            if first != row:
                forest.join(first, row)
    together: dict[int, list[str]] = {}
    for name in sorted(articles):
        together.setdefault(forest.root(articles[name]), []).append(name)
    labels = tuple(sorted(counts.n_labels))
    columns = [counts.n_labels[label] for label in labels]
    return Groups(
        labels,
        tuple(
            _group(names, [articles[name] for name in names], counts, columns)
            for names in together.values()
        ),
    )


def ties(item: Item, plan: Plan) -> list[tuple[str, str]]:
    """What an item shares with others that must be in its split: a word for it, and which one."""
    found = []
    if item.wire is not None:
        found.append(("wire copy", item.wire))
    if item.article_wire is not None:
        found.append(("copied article", item.article_wire))
    if item.story is not None and plan.keeps_stories:
        found.append(("story", item.story))
    return found


def _group(
    names: list[str], rows: list[int], counts: _Counts, columns: "list[array[int]]"
) -> Group:
    return Group(
        id=names[0],
        articles=tuple(names),
        n_sentences=sum([counts.n_sentences[row] for row in rows]),
        n_held_out=sum([counts.n_held_out[row] for row in rows]),
        n_labels=tuple([sum([column[row] for row in rows]) for column in columns]),
    )
