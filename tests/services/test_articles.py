import random
from uuid import uuid4

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from db.models import Annotation, Article, AuditEvent, Membership, Project, Sentence
from db.queries import segments
from workbench.errors import InputError, NotAllowedError, NotFoundError, WorkbenchError
from workbench.services import annotating, articles, importing, windows
from workbench.services.decisions import Act, Op
from workbench.services.permissions import OPERATOR, Actor, Role

NOBODY = Actor(account_id=None, public_id="", name="nobody")
TEXT = """Quay reopens after the flood

By Ada Lin

By Bo Rey

The quay opened on Monday, the port office said. \U0001f6a2 Two ferries came in.

The mayor rejects the figures. Nobody else has counted, she said.

Sign up for our newsletter
"""


@pytest.fixture
def project(make):
    return make.project()


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


@pytest.fixture
def reviewer(make, project):
    return make.actor(project)


@pytest.fixture
def view(session, project, manager, now):
    """One imported article, as the manager sees it."""
    batch = importing.begin_batch(session, project=project)
    prepared = importing.prepare("quay.txt", TEXT.encode())
    report = importing.store(
        session, actor=manager, project=project, prepared=prepared, batch=batch, now=now
    )
    return look(session, manager, project, report.article)


def look(session, actor, project, article):
    session.expire_all()
    return articles.whole(session, actor=actor, slug=project.slug, article=article)


def first(view, kind):
    return next(part["id"] for part in view.segments if part["kind"] == kind)


def label(session, actor, project, sentence, now, act=Act.LABEL):
    """One decision on a sentence, whatever was decided before."""
    reason = "unclear" if act is Act.SKIP else None
    op = Op(str(uuid4()), sentence, 0, act, reason=reason)
    (ack,), _ = annotating.apply_ops(session, actor=actor, project=project, ops=[op], now=now)
    if ack.status == "conflict":
        op = Op(str(uuid4()), sentence, ack.version, act, reason=reason)
        annotating.apply_ops(session, actor=actor, project=project, ops=[op], now=now)


def kept_counts(session, project):
    """What the rows say of how much is queued and done."""
    session.expire_all()
    return (
        session.get_one(Project, project.id).n_queued,
        dict(session.exec(select(Article.id, Article.n_queued)).all()),
        dict(session.exec(select(Membership.account_id, Membership.n_done)).all()),
    )


def true_counts(session, project):
    """The same, counted."""
    queued = select(Sentence.article_id, func.count()).where(col(Sentence.is_queued))
    by_article = dict(session.exec(queued.group_by(col(Sentence.article_id))).all())
    done = (
        select(Annotation.reviewer_id, func.count())
        .join(Sentence, col(Sentence.id) == col(Annotation.sentence_id))
        .where(col(Sentence.is_queued), col(Annotation.status) != "open")
        .group_by(col(Annotation.reviewer_id))
    )
    by_reviewer = dict(session.exec(done).all())
    members = session.exec(select(Membership.account_id)).all()
    ids = session.exec(select(Article.id)).all()
    return (
        sum(by_article.values()),
        {key: by_article.get(key, 0) for key in ids},
        {key: by_reviewer.get(key, 0) for key in members},
    )


def state(view):
    return [(part["id"], part["kind"], part["queued"], part["reason"]) for part in view.segments]


@pytest.mark.parametrize("seed", range(4))
def test_counts_are_right_after_any_sequence_of_changes_and_labels(
    session, make, project, manager, reviewer, view, now, seed
):
    chance = random.Random(seed)  # noqa: S311 - a repeatable sequence, no secret
    people = [manager, reviewer]
    to = {"actor": manager, "slug": project.slug, "now": now}
    for _ in range(30):
        sentence = chance.choice(view.segments)["id"]
        given = {"sentence": sentence, "kind": chance.choice(articles.KINDS)}
        queued = chance.random() < 0.5
        act = chance.choice(["set", "all", "back", "label", "clear", "skip"])
        try:
            if act == "set":
                articles.set_kind(session, **to, **given, queued=queued)
            elif act == "all":
                articles.set_kind_of_reason(session, **to, **given, queued=queued)
            elif act == "back":
                articles.take_back(session, **to, article=view.public_id)
            else:
                label(session, chance.choice(people), project, sentence, now, Act(act))
        except (InputError, NotFoundError):
            pass  # no shared reason, or nothing to take back: nothing happened
        assert kept_counts(session, project) == true_counts(session, project)


def test_taking_back_as_often_as_one_changed_gives_what_was_before(
    session, project, manager, view, now
):
    to = {"actor": manager, "slug": project.slug, "now": now}
    for kind, queued in (("caption", False), ("body", True), ("credit", True)):
        articles.set_kind(session, **to, sentence=view.segments[0]["id"], kind=kind, queued=queued)
    articles.set_kind_of_reason(
        session, **to, sentence=first(view, "byline"), kind="body", queued=True
    )
    for _ in range(4):
        articles.take_back(session, **to, article=view.public_id)

    assert state(look(session, manager, project, view.public_id)) == state(view)
    with pytest.raises(NotFoundError):
        articles.take_back(session, **to, article=view.public_id)


def test_all_of_a_reason_change_together_and_nothing_else_does(
    session, project, manager, view, now
):
    n = articles.set_kind_of_reason(
        session,
        actor=manager,
        slug=project.slug,
        sentence=first(view, "byline"),
        kind="body",
        queued=True,
        now=now,
    )
    after = look(session, manager, project, view.public_id)
    changed = [new["text"] for old, new in zip(view.segments, after.segments, strict=True)
               if old["kind"] != new["kind"]]  # fmt: skip
    assert n == 2
    assert changed == ["By Ada Lin", "By Bo Rey"]


def test_a_segment_without_a_reason_is_changed_by_itself_only(session, project, manager, view, now):
    with pytest.raises(InputError):
        articles.set_kind_of_reason(
            session,
            actor=manager,
            slug=project.slug,
            sentence=first(view, "body"),
            kind="caption",
            queued=False,
            now=now,
        )


def test_text_and_spans_never_change(session, project, manager, view, now):
    articles.set_kind(
        session,
        actor=manager,
        slug=project.slug,
        sentence=first(view, "body"),
        kind="caption",
        queued=False,
        now=now,
    )
    after = look(session, manager, project, view.public_id)
    assert [(p["id"], p["text"]) for p in after.segments] == [
        (p["id"], p["text"]) for p in view.segments
    ]


def test_what_enters_the_queue_comes_to_those_who_are_past_it(
    session, project, manager, reviewer, view, now
):
    for part in view.segments:
        if part["queued"]:
            label(session, reviewer, project, part["id"], now)
    byline = first(view, "byline")
    articles.set_kind(
        session,
        actor=manager,
        slug=project.slug,
        sentence=byline,
        kind="body",
        queued=True,
        now=now,
    )
    place = annotating.take_part(session, actor=reviewer, project=project, now=now)
    window = windows.open_window(session, actor=reviewer, project=project, place=place)
    assert [item["id"] for item in window.items] == [byline]


def test_the_audit_row_holds_what_was_before(session, project, manager, view, now):
    sentence = first(view, "byline")
    articles.set_kind(
        session,
        actor=manager,
        slug=project.slug,
        sentence=sentence,
        kind="body",
        queued=True,
        now=now,
    )
    event = session.exec(select(AuditEvent).where(col(AuditEvent.act) == "set_kind")).one()
    (before,) = event.details["before"]
    assert f"{view.public_id}:{before[0]}-{before[1]}" == sentence
    assert before[2:4] == ["byline", False]
    assert event.actor_id == manager.account_id


def test_setting_what_is_set_already_leaves_no_trace(session, project, manager, view, now):
    n = articles.set_kind(
        session,
        actor=manager,
        slug=project.slug,
        sentence=first(view, "body"),
        kind="body",
        queued=True,
        now=now,
    )
    assert n == 0
    last = articles.last_change(session, actor=manager, slug=project.slug, article=view.public_id)
    assert last is None


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("nonsense", "body"),
        ("{article}:0-1", "body"),
        ("{article}:0-99999999999999999999", "body"),
        ("ffffffffffffffff:0-5", "body"),
        ("{first}", "poem"),
    ],
)
def test_a_change_of_something_else_is_refused_in_words(
    session, project, manager, view, now, sentence, kind
):
    named = sentence.format(article=view.public_id, first=view.segments[0]["id"])
    with pytest.raises(WorkbenchError) as caught:
        articles.set_kind(
            session,
            actor=manager,
            slug=project.slug,
            sentence=named,
            kind=kind,
            queued=True,
            now=now,
        )
    assert "\n" not in str(caught.value)


def test_an_article_shows_ones_own_labels_and_nobody_elses(
    session, project, manager, reviewer, view, now
):
    label(session, reviewer, project, first(view, "body"), now)
    theirs = look(session, reviewer, project, view.public_id)
    mine = look(session, manager, project, view.public_id)
    assert (theirs.n_done, mine.n_done) == (1, 0)
    assert all(part["mine"] is None for part in mine.segments)


def test_a_list_counts_what_the_actor_has_done(session, project, manager, reviewer, view, now):
    label(session, reviewer, project, first(view, "body"), now)
    (row,) = articles.listing(session, actor=reviewer, slug=project.slug).rows
    assert (row.n_done, row.n_queued, row.n_segments) == (1, view.n_queued, len(view.segments))
    (row,) = articles.listing(session, actor=manager, slug=project.slug).rows
    assert row.n_done == 0


def test_an_article_without_a_title_is_listed_by_its_file(session, make, project, manager):
    make.article(project, source_name="plain.txt")
    (row,) = articles.listing(session, actor=manager, slug=project.slug).rows
    assert row.title == "plain.txt"


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", 3),
        ("harbour", 1),
        ("POST quay", 1),
        ("100%", 1),
        ("a_b", 0),
        ("2024-05", 1),
        ("no such word", 0),
    ],
)
def test_every_word_searched_for_must_be_there(session, make, project, manager, search, found):
    make.article(project, title="The quay", outlet="Harbour Post")
    make.article(project, title="100% of gates", published="2024-05-01")
    make.article(project, title="aXb", outlet="Meridian")
    page = articles.listing(session, actor=manager, slug=project.slug, search=search)
    assert page.total == len(page.rows) == found


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("newest", ["b", "C", "a"]),
        ("oldest", ["a", "C", "b"]),
        ("title", ["a", "b", "C"]),
        ("outlet", ["C", "a", "b"]),
        ("published", ["C", "b", "a"]),
    ],
)
def test_the_list_comes_in_the_order_asked_for(session, make, project, manager, order, titles):
    make.article(project, title="a", outlet="M", published="2020-01-01")
    make.article(project, title="C", outlet="A", published="2026-01-01")
    make.article(project, title="b", outlet="Z", published="2025-01-01")
    page = articles.listing(session, actor=manager, slug=project.slug, order=order)
    assert [row.title for row in page.rows] == titles


def test_pages_do_not_overlap_and_leave_nothing_out(session, make, project, manager):
    made = {make.article(project, title="same").public_id for _ in range(7)}
    pages = [
        articles.listing(
            session, actor=manager, slug=project.slug, order="title", page=page, per_page=3
        )
        for page in (1, 2, 3, 4)
    ]
    assert [len(page.rows) for page in pages] == [3, 3, 1, 0]
    assert {row.public_id for page in pages for row in page.rows} == made


@pytest.mark.parametrize("search", ["Über", "über", "ÜBER łódź", "Łódź"])
def test_letters_of_every_alphabet_are_found_however_they_are_written(
    session, make, project, manager, search
):
    article = make.article(project, title="Über Nacht in Łódź")
    page = articles.listing(session, actor=manager, slug=project.slug, search=search)
    assert [row.public_id for row in page.rows] == [article.public_id]


@pytest.mark.parametrize("order", articles.ORDERS)
@pytest.mark.parametrize("search", ["", "quay"])
def test_previous_and_next_walk_through_the_list_as_it_is_shown(
    session, make, project, manager, order, search
):
    for n in range(7):
        title = ["quay", "Quay", None, "ferry"][n % 4]
        make.article(project, title=title, outlet=["A", "b", None][n % 3], source_name="quay.txt",
                     published=["2020-01-01", None][n % 2])  # fmt: skip
    asked = {"actor": manager, "slug": project.slug, "search": search, "order": order}
    shown = [row.public_id for row in articles.listing(session, **asked).rows]
    views = [articles.whole(session, **asked, article=name) for name in shown]
    assert [view.previous for view in views] == [None, *shown[:-1]]
    assert [view.next for view in views] == [*shown[1:], None]


def test_an_order_that_is_none_is_refused(session, project, manager):
    with pytest.raises(InputError):
        articles.listing(session, actor=manager, slug=project.slug, order="; drop table")


READERS = {Role.REVIEWER, Role.ADJUDICATOR, Role.MANAGER, Role.ADMIN}
EDITORS = {Role.MANAGER, Role.ADMIN}
ACTS = {
    "listing": (READERS, {}),
    "whole": (READERS, {"article": "{article}"}),
    "last_change": (READERS, {"article": "{article}"}),
    "set_kind": (EDITORS, {"sentence": "{byline}", "kind": "body", "queued": True}),
    "set_kind_of_reason": (EDITORS, {"sentence": "{byline}", "kind": "body", "queued": True}),
    "take_back": (EDITORS, {"article": "{article}"}),
}


@pytest.mark.parametrize("role", [*Role, "other project", "nobody"])
@pytest.mark.parametrize("act", ACTS)
def test_who_may_do_what(session, make, project, view, now, act, role):
    allowed, given = ACTS[act]
    names = {"article": view.public_id, "byline": first(view, "byline")}
    values = {k: v.format(**names) if isinstance(v, str) else v for k, v in given.items()}
    if allowed is EDITORS:
        values["now"] = now
    if role == "nobody":
        actor = NOBODY
    elif role == "other project":
        actor = make.actor(make.project(), role=Role.MANAGER)
    else:
        actor = make.actor(project, role=role)
    if act == "take_back":
        articles.set_kind(
            session,
            actor=OPERATOR,
            slug=project.slug,
            sentence=names["byline"],
            kind="body",
            queued=True,
            now=now,
        )
    if role in allowed:
        getattr(articles, act)(session, actor=actor, slug=project.slug, **values)
        return
    wanted = NotAllowedError if isinstance(role, Role) else NotFoundError
    with pytest.raises(wanted):
        getattr(articles, act)(session, actor=actor, slug=project.slug, **values)


def test_reviewers_are_not_told_what_could_be_taken_back(
    session, project, manager, reviewer, view, now
):
    articles.set_kind(
        session,
        actor=manager,
        slug=project.slug,
        sentence=first(view, "byline"),
        kind="body",
        queued=True,
        now=now,
    )
    asked = {"slug": project.slug, "article": view.public_id}
    assert articles.last_change(session, actor=reviewer, **asked) is None
    change = articles.last_change(session, actor=manager, **asked)
    assert change is not None
    assert (change.by, change.n_segments) == (manager.name, 1)


def test_the_same_bytes_in_two_projects_have_changes_of_their_own(
    session, make, project, manager, view, now
):
    other = make.project()
    elsewhere = make.actor(other, role=Role.MANAGER)
    prepared = importing.prepare("quay.txt", TEXT.encode())
    importing.store(
        session,
        actor=elsewhere,
        project=other,
        prepared=prepared,
        batch=importing.begin_batch(session, project=other),
        now=now,
    )
    articles.set_kind(
        session,
        actor=elsewhere,
        slug=other.slug,
        sentence=first(view, "byline"),
        kind="body",
        queued=True,
        now=now,
    )
    with pytest.raises(NotFoundError):
        articles.take_back(
            session, actor=manager, slug=project.slug, article=view.public_id, now=now
        )
    assert state(look(session, manager, project, view.public_id)) == state(view)


def test_spans_are_found_exactly(session, make, project):
    article = make.article(project, sentences=("One.", "Two."))
    assert segments.at(session, article_id=article.id, spans=[(0, 3)]) == []
    assert [row.start for row in segments.at(session, article_id=article.id, spans=[(5, 9)])] == [5]
