"""What no stored text holds is no fault of a question: it finds nothing, on both databases."""

import pytest
from conftest import NOON

from db.queries import articles, projects
from db.queries.words import storable
from workbench.services import articles as article_service
from workbench.services import holders, imports, subset_views
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


LISTS = {
    "articles": lambda session, search, **who: (
        article_service.listing(session, search=search, **who).total
    ),
    "imports": lambda session, search, **who: imports.listing(session, search=search, **who).total,
    "leases": lambda session, search, **who: len(
        holders.listed(session, search=search, now=NOON, **who)
    ),
    "choices": lambda session, search, **who: subset_views.choices(
        session, wanted=subset_views.Wanted(search=search), **who
    )[1],
}


@pytest.mark.parametrize("name", LISTS)
def test_a_whole_article_as_a_search_is_answered(session, make, name):
    project = make.project()
    make.article(project, title="Ferry")
    search = " ".join(f"word{n}" for n in range(3000))

    assert LISTS[name](session, search, actor=OPERATOR, slug=project.slug) == 0


def test_a_word_said_often_is_looked_for_once(session, make):
    project = make.project()
    make.article(project, title="Ferry")

    who = {"actor": OPERATOR, "slug": project.slug}
    assert article_service.listing(session, search="FERRY ferry " * 3000, **who).total == 1
