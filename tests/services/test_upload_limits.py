"""Through the browser a person brings in so much a day, counted over all projects."""

from datetime import timedelta

import pytest
from loop import Desk

from db.engine import reading
from workbench.errors import InputError
from workbench.services import importing, imports, upload_limits
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Role
from workbench.services.upload_limits import A_DAY

HALF = A_DAY // 2


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


def bring(desk, actor, n_bytes):
    """Import an article that is said to have so many bytes."""
    given = {"actor": actor, "project_slug": desk.project.slug, "n_bytes": n_bytes}
    sources = [Source("a.txt", lambda: b"The quay opened on Monday.")]

    return list(
        importing.import_sources(desk.transaction, lambda _: desk.now, sources=sources, **given)
    )


def refusal(desk, actor, n_bytes):
    with reading(desk.engines) as session:
        return upload_limits.refusal(session, actor=actor, n_bytes=n_bytes, now=desk.now)


def test_what_a_day_takes_comes_in_and_one_byte_more_does_not(desk):
    manager = desk.actor(Role.MANAGER)
    bring(desk, manager, HALF)
    bring(desk, manager, HALF)
    with pytest.raises(InputError, match="500 MB were brought in by you in the last 24 hours"):
        bring(desk, manager, 1)
    with reading(desk.engines) as session:
        found = imports.listing(session, actor=manager, slug=desk.project.slug)
    assert [line.sums.n_bytes for line in found.rows] == [HALF, HALF]


def test_a_day_later_there_is_room_again_and_the_refusal_says_when(desk):
    manager = desk.actor(Role.MANAGER)
    bring(desk, manager, A_DAY)
    told = refusal(desk, manager, HALF)
    assert f"Try again after {desk.now + timedelta(hours=24):%d %B, %H:%M} UTC" in told
    desk.later(hours=24)
    assert refusal(desk, manager, HALF) == ""


def test_what_is_too_much_by_itself_can_only_be_dropped_in_parts(desk):
    told = refusal(desk, desk.actor(Role.MANAGER), A_DAY + 1)
    assert told.startswith("These files have 501 MB")
    assert "Drop fewer at once" in told


def test_each_account_has_a_day_of_its_own_and_the_operator_no_bound(desk):
    bring(desk, desk.actor(Role.MANAGER), A_DAY)
    assert refusal(desk, desk.actor(Role.MANAGER), A_DAY) == ""
    assert refusal(desk, OPERATOR, 2 * A_DAY) == ""
