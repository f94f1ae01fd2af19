"""The reference of roles says what the code says, and would be seen not to."""

import pytest

from tests import permissions_reference as reference
from workbench.services.permissions import Permission

TEXT = reference.FILE.read_text()


def test_the_tables_are_what_the_code_says():
    assert reference.made(TEXT) == TEXT, "python -m tests.permissions_reference --write"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("| `annotate` | yes |", "| `annotate` | |"),
        ("| `people.people` | `see_people` |", "| `people.people` | `annotate` |"),
        ("| GET `/export/{project}/{file}` | `export` |", "| GET `/export/{project}/{file}` | |"),
        ("| manager | reviewer, adjudicator |", "| manager | reviewer |"),
    ],
)
def test_a_table_that_says_something_else_is_seen(right, wrong):
    assert right in TEXT
    assert reference.made(TEXT.replace(right, wrong)) == TEXT


def test_a_permission_is_asked_for_where_the_actor_is_handed_on():
    assert Permission.ANNOTATE in reference.asked_by("opening.mount_data")
    assert reference.asked_by("accounts.link") == {Permission.MANAGE_PEOPLE}
    assert reference.asked_by("own_sessions.sessions") == frozenset()
