"""Metadata: what was found stays, what a person makes of it counts, and the way back is open."""

import pytest
from sqlmodel import col, select

from db.models import Article, AuditEvent
from workbench.errors import InputError, NotAllowedError, NotFoundError
from workbench.services import articles
from workbench.services.permissions import Actor, Role

FOUND = {"title": "Quay opens", "outlet": "Harbour Post", "language": "en"}
NOBODY = Actor(account_id=None, public_id="", name="nobody")


@pytest.fixture
def project(make):
    return make.project()


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


@pytest.fixture
def article(make, project):
    return make.article(project, found=FOUND, **FOUND)


@pytest.fixture
def act(session, project, manager, article, now):
    def act(what, /, **given):
        to = {"actor": manager, "slug": project.slug, "article": article.public_id, "now": now}
        given = {**to, **given}
        if what == "history":
            del given["now"]
        done = getattr(articles, what)(session, **given)
        session.expire_all()
        return done

    return act


def known(session, manager, project, article):
    view = articles.whole(session, actor=manager, slug=project.slug, article=article.public_id)
    return {detail.name: detail for detail in view.details}


def test_what_was_found_stays_beside_what_a_person_makes_of_it(
    session, manager, project, article, act
):
    assert act("change_details", values={"outlet": "  The Harbour\nPost ", "author": ""}) == 1

    outlet = known(session, manager, project, article)["outlet"]
    assert (outlet.value, outlet.found) == ("The Harbour Post", "Harbour Post")
    assert outlet.is_changed


def test_what_was_found_can_stand_again(session, manager, project, article, act):
    act("change_details", values={"outlet": "Other", "published": "2015-10-16"})
    assert [act("put_back", name=name) for name in ("outlet", "published", "title")] == [1, 1, 0]

    found = known(session, manager, project, article)
    assert not [name for name, detail in found.items() if detail.is_changed]
    assert found["published"].value is None


def test_an_article_of_an_older_workbench_has_nothing_to_go_back_to(
    session, make, manager, project, act
):
    old = make.article(project, title="Old")
    assert not known(session, manager, project, old)["title"].is_changed
    with pytest.raises(InputError):
        act("put_back", article=old.public_id, name="title")


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("published", "2015-10-16", "2015-10-16"),
        ("published", "2015-10", "2015-10"),
        ("updated", "2024-02-29", "2024-02-29"),
        ("url", "https://example.org/a?b=ü", "https://example.org/a?b=ü"),
        ("language", "pt-BR", "pt-BR"),
        ("title", "*Bold*  \u202eהיי", "*Bold* \u202eהיי"),
        ("title", "a\x00b", "a\ufffdb"),
    ],
)
def test_what_can_be_is_stored(session, manager, project, article, act, name, value, stored):
    act("change_details", values={name: value})
    assert known(session, manager, project, article)[name].value == stored


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("published", "2015-13-01"),
        ("published", "2023-02-29"),
        ("published", "20151016"),
        ("published", "2015-W10-1"),
        ("published", "16 October 2015"),
        ("updated", "2015"),
        ("url", "javascript:alert(1)"),
        ("url", "ftp://example.org"),
        ("url", "https://"),
        ("url", "https://[bad"),
        ("url", "https://a.b/" + "x" * 2000),
        ("language", ""),
        ("language", "English"),
        ("language", "e"),
        ("title", "x" * 501),
        ("standfirst", "x" * 2001),
        ("scraped", "2015-10-16"),
        ("text", "other"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(
    session, manager, project, article, act, name, value
):
    before = known(session, manager, project, article)
    with pytest.raises(InputError) as caught:
        act("change_details", values={"author": "Ada Lin", name: value})
    assert "\n" not in str(caught.value)
    assert known(session, manager, project, article) == before


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("published", "May", "Published"),
        ("updated", "May", "Updated"),
        ("url", "example", "Address"),
        ("language", "English", "Language"),
        ("standfirst", "x" * 2001, "Standfirst"),
    ],
)
def test_a_refusal_and_the_history_name_the_field_as_the_form_does(act, name, value, field):
    with pytest.raises(InputError, match=f"^{field}: "):
        act("change_details", values={name: value})
    act("change_details", values={"url": "https://a.example/"})
    assert act("history")[0].what == "Address: nothing → https://a.example/"


def test_every_change_is_in_the_history_with_what_was_before(act):
    act("change_details", values={"outlet": "Other"})
    act("put_back", name="outlet")

    newest, oldest = act("history")
    assert "Harbour Post → Other" in oldest.what
    assert "Other → Harbour Post" in newest.what


def test_the_audit_log_names_who_changed_what(session, manager, article, act):
    act("change_details", values={"outlet": "Other"})
    event = session.exec(select(AuditEvent).where(col(AuditEvent.act) == "set_metadata")).one()
    assert (event.actor_id, event.object_id) == (manager.account_id, article.public_id)
    assert event.details["before"] == {"outlet": "Harbour Post"}


def test_the_text_and_its_sentences_stay_whatever_the_language(session, article, act):
    text = article.text
    act("change_details", values={"language": "fr"})
    assert session.get_one(Article, article.id).text == text


@pytest.mark.parametrize("role", [*Role, "other project", "nobody"])
@pytest.mark.parametrize("name", ["change_details", "put_back", "history"])
def test_only_who_edits_articles_changes_them(make, project, act, name, role):
    given = {
        "change_details": {"values": {"outlet": "Other"}},
        "put_back": {"name": "outlet"},
        "history": {},
    }[name]
    if role == "nobody":
        actor = NOBODY
    elif role == "other project":
        actor = make.actor(make.project(), role=Role.MANAGER)
    else:
        actor = make.actor(project, role=role)
    if role in (Role.MANAGER, Role.ADMIN):
        act(name, actor=actor, **given)
        return
    with pytest.raises(NotAllowedError if isinstance(role, Role) else NotFoundError):
        act(name, actor=actor, **given)
