"""A manager sees how far subsets are, and finds the articles and people to make them of."""

from datetime import date

import pytest
from leased import Team
from loop import op
from sqlmodel import col, select

from db.engine import reading
from db.models import Account, Article
from workbench.errors import NotAllowedError
from workbench.services import subset_views
from workbench.services.permissions import OPERATOR, Role
from workbench.services.subset_views import Wanted

TEXTS = ("One was.\nTwo were.\n", "Three came.\nFour went.\n", "Five sang.\n")
DETAILS = (
    {"title": "Quay shut", "outlet": "Harbour Post", "published": "2026-01-10"},
    {"title": "Quay open", "outlet": "Meridian", "published": "2026-02-10"},
    {"title": "Choir sings", "outlet": "Meridian", "published": None},
)


@pytest.fixture
def team(own_engines, now):
    made = Team(own_engines, now)
    made.ids = []
    for text, details in zip(TEXTS, DETAILS, strict=True):
        (article,) = {name.partition(":")[0] for name in made.bring_all(text)}
        made.ids.append(article)
        with made.transaction() as session:
            row = session.exec(select(Article).where(col(Article.public_id) == article)).one()
            for name, value in details.items():
                setattr(row, name, value)
    return made


def asked(team, function, **given):
    with reading(team.engines) as session:
        return function(session, actor=OPERATOR, slug=team.project.slug, **given)


def found(team, **wanted):
    lines, total = asked(team, subset_views.choices, wanted=Wanted(**wanted))
    assert total == len(lines)
    return [team.ids.index(line.public_id) for line in lines]


def test_articles_are_found_by_words_outlet_and_day(team):
    assert found(team) == [0, 1, 2]
    assert found(team, search="quay") == [0, 1]
    assert found(team, outlets=("Meridian",)) == [1, 2]
    assert found(team, since=date(2026, 1, 11)) == [1]
    assert found(team, until=date(2026, 2, 10)) == [0, 1]
    assert found(team, search="quay", outlets=("Meridian",), since=date(2026, 2, 10)) == [1]


def test_more_are_counted_than_are_shown(team, monkeypatch):
    monkeypatch.setattr(subset_views, "MOST_SHOWN", 2)
    lines, total = asked(team, subset_views.choices, wanted=Wanted())
    assert (len(lines), total) == (2, 3)
    assert asked(team, subset_views.all_free, wanted=Wanted()) == team.ids


def test_an_article_says_which_subset_it_is_in_and_is_no_longer_free(team):
    team.give("First", team.ids[:1], team.actor())
    lines, _ = asked(team, subset_views.choices, wanted=Wanted())
    assert [line.subset for line in lines] == ["First", "", ""]
    assert asked(team, subset_views.all_free, wanted=Wanted()) == team.ids[1:]
    [own] = asked(team, subset_views.listed)
    assert asked(team, subset_views.all_free, wanted=Wanted(), subset=own.view.id) == team.ids


def test_chosen_articles_come_in_the_order_of_the_queue(team):
    lines = asked(team, subset_views.named, articles=[team.ids[2], team.ids[0], "nothing"])
    assert [line.public_id for line in lines] == [team.ids[0], team.ids[2]]
    assert [line.n_sentences for line in lines] == [2, 1]


def test_outlets_and_people_to_choose_from(team):
    ada = team.actor()
    gone = team.actor()
    with team.transaction() as session:
        session.get_one(Account, gone.account_id).disabled_at = team.now
    assert list(asked(team, subset_views.outlets)) == ["Harbour Post", "Meridian"]
    people = asked(team, subset_views.people)
    assert people[ada.public_id] == ada.name
    assert gone.public_id not in people


def test_a_subset_says_how_far_it_is(team):
    ada = team.actor()
    team.give("First", team.ids[:2], ada)
    team.hold(ada, 4)
    team.send(op(team.held(ada)[0]), actor=ada)
    (line,) = asked(team, subset_views.listed)
    assert (line.n_sentences, line.n_wanted, line.n_there, line.n_left) == (4, 4, 1, 3)
    assert not line.has_nobody


def test_a_subset_whose_people_are_gone_has_nobody(team):
    ada = team.actor()
    team.give("First", team.ids[:1], ada)
    with team.transaction() as session:
        session.get_one(Account, ada.account_id).disabled_at = team.now
    (line,) = asked(team, subset_views.listed)
    assert (line.absent, line.has_nobody) == ((ada.name,), True)


def test_subsets_are_found_by_name_and_by_reviewer(team):
    ada, ben = team.actor(), team.actor()
    team.give("North quay", team.ids[:1], ada), team.give("South", team.ids[1:2], ben)
    names = {
        search: [line.view.name for line in asked(team, subset_views.listed, search=search)]
        for search in ("quay NORTH", ben.name, "zzz", "")
    }
    assert list(names.values()) == [["North quay"], ["South"], [], ["North quay", "South"]]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
@pytest.mark.parametrize(
    ("function", "given"),
    [
        ("listed", {}),
        ("choices", {"wanted": Wanted()}),
        ("all_free", {"wanted": Wanted()}),
        ("named", {"articles": []}),
        ("outlets", {}),
        ("people", {}),
    ],
)
def test_who_labels_sees_none_of_it(session, make, role, function, given):
    project = make.project()
    who = make.actor(project, role=role)
    with pytest.raises(NotAllowedError):
        getattr(subset_views, function)(session, actor=who, slug=project.slug, **given)
