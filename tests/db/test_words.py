"""What no stored text holds is no fault of a question: it finds nothing, on both databases."""

import pytest

from db.queries import articles, projects
from db.queries.words import storable
from workbench.services import articles as article_service
from workbench.services import imports
from workbench.services.permissions import OPERATOR

ODD = ["\0", "a\0b", "\ud800", "0a\0"]


@pytest.mark.parametrize(
    ("typed", "kept"), [("pier", "pier"), ("a\0b", "ab"), ("\ud83d", ""), ("😀 é", "😀 é")]
)
def test_only_what_cannot_be_stored_is_left_out(typed, kept):
    assert storable(typed) == kept


@pytest.mark.parametrize("odd", ODD)
def test_an_address_or_a_search_with_it_is_answered(session, make, odd):
    project = make.project()
    make.article(project, public_id="0b")
    who = {"actor": OPERATOR, "slug": project.slug}

    assert articles.by_public_id(session, project_id=project.id, public_id=odd) is None
    assert projects.by_slug(session, slug=odd) is None
    assert article_service.listing(session, search=odd, **who).total in (0, 1)
    assert imports.listing(session, search=odd, **who).total == 0
