"""How a table was read is remembered by its columns, for each project by itself."""

import pytest
from loop import Desk

from db.engine import reading
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import importing, mappings
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Actor, Role

NOBODY = Actor(account_id=None, public_id="", name="nobody")
HEADERS = ("Body", "Head")
MAPPING = {"text": "Head", "title": "Body"}


@pytest.fixture
def desk(own_engines, now):
    return Desk(own_engines, now)


def remember(desk, headers=HEADERS, mapping=MAPPING, actor=OPERATOR):
    with desk.transaction() as session:
        mappings.remember(
            session,
            actor=actor,
            slug=desk.project.slug,
            headers=headers,
            mapping=mapping,
            now=desk.now,
        )


def known(desk, actor=OPERATOR):
    with reading(desk.engines) as session:
        return mappings.known_in(session, actor=actor, slug=desk.project.slug)


def bring(desk, data):
    sources = [Source("a.csv", lambda: data)]
    given = {"actor": OPERATOR, "project_slug": desk.project.slug, "sources": sources}
    (report,) = importing.import_sources(desk.transaction, lambda _: desk.now, **given)
    return report


def test_the_next_table_with_the_same_columns_is_read_the_same_way(desk):
    remember(desk)
    report = bring(desk, b"Head,Body\nThe quay opened. Two ferries came.,Rain\n")
    assert report.n_segments == 2
    assert known(desk) == {mappings.key(HEADERS): MAPPING}


def test_the_newest_choice_counts(desk):
    remember(desk)
    remember(desk, mapping={"text": "Body"})
    assert list(known(desk).values()) == [{"text": "Body"}]


def test_tables_with_other_columns_are_guessed(desk):
    remember(desk)
    assert bring(desk, b"Body,Heading\nOne. Two. Three.,Rain\n").n_segments >= 1


def test_another_project_remembers_nothing(desk, own_engines, now):
    remember(desk)
    assert known(Desk(own_engines, now)) == {}


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (HEADERS, {"title": "Head"}),
        (HEADERS, {"text": "Tail"}),
        (HEADERS, {"text": "Head", "x": "Body"}),
    ],
)
def test_what_is_no_mapping_is_refused(desk, headers, mapping):
    with pytest.raises(InputError):
        remember(desk, headers, mapping)
    assert known(desk) == {}


@pytest.mark.parametrize(
    ("role", "error"),
    [(Role.REVIEWER, NotAllowedError), (Role.ADJUDICATOR, NotAllowedError), (None, NotFoundError)],
)
def test_only_who_imports_chooses_columns(desk, role, error):
    who = NOBODY if role is None else desk.actor(role)
    with pytest.raises(error):
        remember(desk, actor=who)
    with pytest.raises(error):
        known(desk, actor=who)
