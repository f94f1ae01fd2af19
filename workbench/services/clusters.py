"""Clusters that grow together and keep the smallest of their names. Pure code."""

import hashlib


class Clusters:
    """Which names belong together; joining is in no order, so any order gives the same.

    Names are those of clusters or of single members. What belongs together is called by its
    smallest name, so that a cluster's name depends on its members alone.
    """

    def __init__(self) -> None:
        """Begin with every name by itself."""
        self._towards: dict[str, str] = {}

    def name(self, member: str) -> str:
        """What the cluster of a name is called now."""
        path = []
        while (towards := self._towards.get(member, member)) != member:
            path.append(member)
            member = towards
        for passed in path:
            self._towards[passed] = member
        return member

    def are_one(self, one: str, other: str) -> bool:
        """Whether two names belong together."""
        return self.name(one) == self.name(other)

    def join(self, one: str, other: str) -> None:
        """Make two names one cluster."""
        first, second = sorted((self.name(one), self.name(other)))
        self._towards[second] = first


def member_name(sentence: str) -> str:
    """The name of a sentence in clusters: 16 hex digits of its public id's SHA-256.

    Public ids themselves would be longer than a cluster's name can be.
    """
    return hashlib.sha256(sentence.encode()).hexdigest()[:16]
