"""Is every cluster of copies what its name says: two or more, called by the smallest of them?"""

from collections.abc import Iterator
from itertools import groupby

from sqlmodel import Session

from db.queries import wire_copies
from workbench.services.clusters import member_name
from workbench.services.decisions import sentence_id
from workbench.services.faults import Fault


def faults(session: Session) -> Iterator[Fault]:
    """Whatever is wrong with a cluster of sentences, told of its first one."""
    rows = wire_copies.clustered(session)
    for (_, cluster), members in groupby(rows, key=lambda row: row[:2]):
        first, smallest, n_members = "", "", 0
        for *_, article, start, end in members:
            name = sentence_id(article, start, end)
            smallest = min(smallest or member_name(name), member_name(name))
            first = first or name
            n_members += 1
        if n_members < 2:
            yield Fault("sentence", first, "it is a wire copy of no other sentence")
        elif smallest != cluster:
            yield Fault("sentence", first, "its cluster of wire copies does not bear its own name")
