"""What comes in gets places of its own in the order of its batch, and keys of its own."""

import pytest

from db.queries import arrivals
from db.queries.articles import RANK_BITS

LAST = (1 << RANK_BITS) - 1


@pytest.fixture
def project(session, make):
    """A project with articles at some places of its first two batches."""
    project = make.project()
    for batch, rank in ((1, 5), (1, 6), (1, 7), (1, 8), (1, 9), (1, 11), (1, LAST), (2, 20)):
        make.article(project, import_batch=batch, queue_rank=rank)
    session.flush()
    return project


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([], []),
        ([3], [3]),
        ([20], [20]),  # taken in another batch only
        ([5], [10]),
        ([5, 5, 5], [10, 12, 13]),
        ([10, 5, 10], [10, 12, 13]),
        ([LAST], [0]),
    ],
)
def test_a_place_that_is_taken_gives_the_next_one_that_is_free(session, project, wanted, found):
    assert arrivals.free_ranks(session, project_id=project.id, batch=1, wanted=wanted) == found


def test_no_two_get_the_same_place(session, project):
    wanted = [rank % 7 for rank in range(200)]
    found = arrivals.free_ranks(session, project_id=project.id, batch=1, wanted=wanted)

    assert len(set(found)) == len(wanted)
    assert not {5, 6, 7, 8, 9, 11} & set(found)


def test_only_what_is_there_is_known(session, make, project):
    one = make.article(project)
    session.flush()
    other = make.article(make.project())
    asked = [one.public_id, other.public_id, "nobody"]

    assert arrivals.known(session, project_id=project.id, public_ids=asked) == {
        one.public_id: one.source_name
    }
    assert arrivals.known(session, project_id=project.id, public_ids=[]) == {}
