"""Wire copies are found at import, whatever the order, and shown to those who may see them."""

import random
import uuid
from collections import Counter
from contextlib import contextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import col, select, update

from db.models import Article, CopySignature, LabelSet, Sentence
from db.queries.wire_copies import MOST_COPIES, ArticleShare
from workbench.errors import NotFoundError
from workbench.services import annotating, copies, copy_checks, importing
from workbench.services.clusters import Clusters, member_name
from workbench.services.copy_links import SHORTEST, are_wire_copies
from workbench.services.copy_search import LIKELIEST, MOST
from workbench.services.decisions import Act, Op, sentence_id
from workbench.services.importing import Source
from workbench.services.permissions import OPERATOR, Actor, Role
from workbench.text import similarity

PORT = "The port office said on Monday that 380 cranes had been moved from the quay."
PORT_FIGURES = "The port office said on Monday that 412 cranes had been moved from the quay."
PORT_NEAR = "The port office said on Tuesday that 380 cranes had been moved from the old quay."
MAYOR = "“Nobody has asked the council for a second crew,” the mayor told reporters."
MAYOR_QUOTES = '"Nobody has asked the council for a second crew," the mayor told reporters.'
FLOOD = "Residents of the lower town spoke of water that stood as high as the window sills."
ROAD = "Engineers expect the coastal road to stay shut until the retaining wall is rebuilt."
FERRY = "Two ferries were turned back at noon because the landing stage had broken loose."
SCHOOL = "Lessons at the primary school will begin again once its boiler has been replaced."
OTHERS = (
    "Analysts had forecast a smaller harvest after the long dry spell in early summer.",
    "A retired judge will lead the inquiry into how the bridge contract was awarded.",
    "Hospital managers described the staffing plan as a promise that nobody could keep.",
    "Shares in the brewery fell sharply when its largest investor announced an exit.",
    "The museum returned three carved figures to the island they were taken from.",
)


@pytest.fixture
def project(make):
    return make.project()


@pytest.fixture
def bring(session, make, project):
    """Import one article of sentences, one a paragraph; its report."""

    def run(*sentences, to=project):
        text = "\n\n".join(sentences)
        batch = importing.begin_batch(session, project=to)
        prepared = importing.prepare("article.txt", text.encode())
        return importing.store(
            session, actor=OPERATOR, project=to, prepared=prepared, batch=batch, now=make.now
        )

    return run


def clusters(session, project):
    """Sentence clusters by public id, and article clusters; those that are alone left out."""
    session.expire_all()
    here = select(Sentence, Article).join(Article, col(Article.id) == col(Sentence.article_id))
    rows = session.exec(here.where(col(Sentence.project_id) == project.id)).all()
    of_sentences = {
        sentence_id(article.public_id, row.start, row.end): row.wire_cluster
        for row, article in rows
        if row.wire_cluster
    }
    articles = {article.public_id: article.wire_cluster for _, article in rows}
    return of_sentences, {key: name for key, name in articles.items() if name}


def grouped(session, project):
    """Which texts are copies of each other, as sorted tuples."""
    session.expire_all()
    here = select(Sentence, Article).join(Article, col(Article.id) == col(Sentence.article_id))
    found = {}
    for row, article in session.exec(here.where(col(Sentence.project_id) == project.id)).all():
        if row.wire_cluster:
            found.setdefault(row.wire_cluster, []).append(article.text[row.start : row.end])
    return sorted(tuple(sorted(texts)) for texts in found.values())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([PORT, FLOOD], [PORT, ROAD], [(PORT, PORT)]),
        ([PORT, FLOOD], [PORT_FIGURES, ROAD], [(PORT, PORT_FIGURES)]),
        ([PORT, FLOOD], [PORT_NEAR, ROAD], [(PORT, PORT_NEAR)]),
        ([MAYOR, FLOOD], [MAYOR_QUOTES, ROAD], [(MAYOR_QUOTES, MAYOR)]),
        ([PORT, MAYOR, FLOOD], [FLOOD, PORT, ROAD], [(FLOOD, FLOOD), (PORT, PORT)]),
        ([PORT, FLOOD], [MAYOR, ROAD], []),
    ],
    ids=["verbatim", "figures", "near", "quotes", "reordered", "unlike"],
)
def test_golden_copies(session, project, bring, first, second, expected):
    bring(*first)
    bring(*second)

    assert grouped(session, project) == expected


def test_a_cluster_is_named_after_its_smallest_member(session, project, bring):
    bring(PORT, FLOOD)
    bring(PORT, ROAD)
    of_sentences, of_articles = clusters(session, project)

    assert set(of_sentences.values()) == {min(member_name(key) for key in of_sentences)}
    assert set(of_articles.values()) == {min(of_articles)}


def test_the_report_counts_the_copies(bring):
    assert bring(PORT, FLOOD).n_copies == 0
    assert bring(PORT_FIGURES, MAYOR, FLOOD).n_copies == 2


@pytest.mark.parametrize(
    ("shared", "own", "is_copy"),
    [
        ([PORT, FLOOD], list(OTHERS), True),  # 2 of the 6 of the shorter one
        ([PORT], list(OTHERS), False),
        ([PORT, FLOOD, ROAD, MAYOR], [*OTHERS, FERRY, SCHOOL], True),
        (["He declined to comment."], [], False),  # too short to tell
    ],
)
def test_articles_are_copies_when_they_share_enough(session, project, bring, shared, own, is_copy):
    first = bring(*shared, *[SCHOOL, FERRY, "It rained all day in the old harbour, she said."][:4])
    second = bring(*shared, *own)
    _, of_articles = clusters(session, project)

    assert ({first.article, second.article} <= of_articles.keys()) is is_copy


TEXTS = (
    (PORT, FLOOD, OTHERS[0]),
    (PORT_NEAR, FLOOD, OTHERS[1]),
    (PORT_FIGURES, ROAD, OTHERS[2]),
    (ROAD, FERRY, OTHERS[3], MAYOR),
    (MAYOR_QUOTES, SCHOOL, OTHERS[4]),
    # These three are one cluster through the middle one only.
    ("Crews worked all night to clear the northern road of mud, ice and fallen trees there.",),
    ("Crews worked all night to clear the northern road of mud, and so did the farmers.",),
    ("Soldiers helped to clear the northern road of mud, and so did the farmers nearby.",),
)


@given(order=st.permutations(range(len(TEXTS))))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_order_of_import_gives_the_same_clusters(session, make, bring, order):
    sorted_project, mixed_project = make.project(), make.project()
    for text in TEXTS:
        bring(*text, to=sorted_project)
    for number in order:
        bring(*TEXTS[number], to=mixed_project)

    assert clusters(session, mixed_project) == clusters(session, sorted_project)
    assert clusters(session, sorted_project)[0]


@pytest.mark.parametrize("seed", range(6))
def test_import_after_import_gives_what_comparing_each_with_each_gives(
    session, project, bring, seed
):
    rng = random.Random(seed)  # noqa: S311 - no secret, the same articles each time
    pool = [PORT, PORT_NEAR, PORT_FIGURES, MAYOR, MAYOR_QUOTES, FLOOD, ROAD, FERRY, *OTHERS]
    for number in range(8):
        bring(*rng.sample(pool, rng.randint(2, 6)), f"This is number {'x' * number} of the day.")
    of_sentences, of_articles = clusters(session, project)

    assert (of_sentences, of_articles) == compared(session, project)


def compared(session, project):
    """The same clusters, found by comparing each sentence and each article with each."""
    rows = session.exec(
        select(Sentence, Article)
        .join(Article, col(Article.id) == col(Sentence.article_id))
        .where(col(Sentence.project_id) == project.id)
    ).all()
    wording = {
        sentence_id(article.public_id, row.start, row.end): (
            similarity.normalised(article.text[row.start : row.end]),
            article,
        )
        for row, article in rows
    }
    found = joined(
        wording, lambda a, b: similarity.are_near(wording[a][0], wording[b][0]), member_name
    )
    shares = {}
    for key, (text, article) in wording.items():
        share = shares.setdefault(article.public_id, (article, []))
        if key in found and len(text) >= SHORTEST:
            share[1].append(found[key])
    share = {
        key: ArticleShare(0, key, article.n_queued, None, Counter(names))
        for key, (article, names) in shares.items()
    }
    return found, joined(share, lambda a, b: are_wire_copies(share[a], share[b]), str)


def joined(members, is_pair, name):
    clusters = Clusters()
    names = {key: name(key) for key in members}
    for one in members:
        for other in members:
            if one < other and is_pair(one, other):
                clusters.join(names[one], names[other])
    given = {key: clusters.name(names[key]) for key in members}
    sizes = list(given.values())
    return {key: found for key, found in given.items() if sizes.count(found) > 1}


@pytest.fixture
def bring_together(session, make):
    """Import articles, each a list of sentences, in one go; a report for each."""

    @contextmanager
    def open_session():
        yield session

    def run(texts, to):
        sources = [
            Source(f"{number}.txt", lambda text=text: "\n\n".join(text).encode())
            for number, text in enumerate(texts)
        ]
        clock = lambda _: make.now  # noqa: E731
        return list(
            importing.import_sources(
                open_session, clock, actor=OPERATOR, project_slug=to.slug, sources=sources
            )
        )

    return run


def test_what_comes_together_gives_what_comes_one_by_one_gives(
    session, make, bring, bring_together
):
    one_by_one, together = make.project(), make.project()
    for text in TEXTS:
        bring(*text, to=one_by_one)
    bring_together(TEXTS, together)

    assert clusters(session, together) == clusters(session, one_by_one)
    assert clusters(session, together)[0]


def test_each_file_that_comes_together_counts_its_own_copies(make, bring_together):
    texts = [(PORT, FLOOD), (ROAD, FERRY), (PORT_NEAR, FLOOD, MAYOR)]

    assert [one.n_copies for one in bring_together(texts, make.project())] == [2, 0, 2]


def test_more_articles_at_once_ask_no_more_of_the_database(session, make, bring_together):
    few, many = make.project(), make.project()
    bring_together([(PORT, FLOOD)], few)
    bring_together([(PORT, FLOOD)], many)
    statements = [n_statements(session, few, bring_together, n) for n in (2, 12)]

    assert 0 < statements[1] < 2 * statements[0]


def n_statements(session, project, bring_together, n_articles):
    """How many statements it takes to find the copies of so many articles."""
    texts = [(PORT_NEAR, FLOOD, f"{OTHERS[0][:-1]} of {'x' * i}.") for i in range(n_articles)]
    asked = []
    note = copies.note

    def counted(session, **rest):
        connection = session.connection()
        listener = lambda *_: asked.append(1)  # noqa: E731
        event.listen(connection, "before_cursor_execute", listener)
        try:
            return note(session, **rest)
        finally:
            event.remove(connection, "before_cursor_execute", listener)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "note", counted)
        bring_together(texts, project)
    return len(asked)


def test_sentences_that_an_article_gets_later_are_compared_too(session, project, bring):
    report = bring(f"{PORT} {FLOOD}")
    as_one = f"{PORT[:-1]}, and {FLOOD}"
    bring(as_one)
    article = session.exec(select(Article).where(col(Article.public_id) == report.article)).one()
    row = session.exec(select(Sentence).where(col(Sentence.article_id) == article.id)).first()
    merged = row.model_copy(update={"position": 9, "end": len(article.text.rstrip())})
    place = {"id": None, "queue_key": row.queue_key + 9}
    session.add(Sentence(**merged.model_dump() | place))
    session.flush()
    merged = session.exec(select(Sentence).where(col(Sentence.position) == 9)).one()
    copies.note_some(
        session,
        project_id=project.id,
        article=article,
        spans=[(merged.id, merged.start, merged.end)],
    )

    assert grouped(session, project) == [(as_one, f"{PORT} {FLOOD}")]


def test_looking_again_changes_nothing(session, project, bring):
    for text in TEXTS:
        bring(*text)
    before = clusters(session, project)
    signatures = session.exec(select(CopySignature)).all()
    articles = session.exec(select(Article).where(col(Article.project_id) == project.id)).all()
    copies.note(session, project_id=project.id, articles=articles)
    for article in articles:
        copies.note(session, project_id=project.id, articles=[article])

    assert clusters(session, project) == before
    assert len(session.exec(select(CopySignature)).all()) == len(signatures)


def test_of_very_many_similar_wordings_the_likeliest_are_compared(make, bring_together):
    rng = random.Random(5)  # noqa: S311 - no secret, the same articles each time
    words = [f"{a}{b}{c}ing" for a in "bdfgklm" for b in "aeiou" for c in "nrst"]
    shape = "The {} {} {} office said on {} that {} {} cranes had left from the {} quay of {}."
    texts = [[shape.format(*rng.choices(words, k=8)) for _ in range(20)] for _ in range(20)]
    compared = []
    are_near = similarity.are_near

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(similarity, "are_near", lambda a, b: compared.append(1) or are_near(a, b))
        bring_together(texts, make.project())

    assert 0 < len(compared) <= LIKELIEST * 400


def test_projects_do_not_meet(session, make, project, bring):
    other = make.project()
    bring(PORT, FLOOD)
    bring(PORT, ROAD, to=other)

    assert clusters(session, project) == clusters(session, other) == ({}, {})


def test_what_is_not_queued_is_not_compared(session, project, bring):
    bring("By Ada Lin", PORT, "Sign up for our newsletter and get the news each morning")
    bring("By Ada Lin", FLOOD, "Sign up for our newsletter and get the news each morning")

    assert grouped(session, project) == []


def test_a_frequent_sentence_costs_no_more_the_more_there_are(session, project, bring):
    for number in range(3 * MOST):
        bring(PORT, f"{PORT[:-1]} by crew {'abcdefghijklmnopqrstuvwxyz'[number]}.", OTHERS[0])
    rows = session.exec(select(CopySignature).where(CopySignature.project_id == project.id)).all()
    members = {}
    for row in rows:
        members.setdefault((row.band, row.key), []).append(row.sentence_id)

    assert max(map(len, members.values())) <= MOST
    assert all(len(found) == 1 for (band, _), found in members.items() if band == 0)
    assert len(set(clusters(session, project)[0].values())) == 2


@pytest.fixture
def two(session, project, bring):
    """Two articles that share two sentences; the stored rows of the shared one that comes first."""
    reports = [bring(PORT, FLOOD), bring(PORT_FIGURES, FLOOD, ROAD)]
    rows = [
        session.exec(
            select(Sentence)
            .join(Article, col(Article.id) == col(Sentence.article_id))
            .where(col(Article.public_id) == report.article)
            .order_by(col(Sentence.position))
        ).first()
        for report in reports
    ]
    return [(report.article, row) for report, row in zip(reports, rows, strict=True)]


def label(session, make, project, actor, place, *labels, act=Act.LABEL):
    article, row = place
    one = Op(str(uuid.uuid4()), sentence_id(article, row.start, row.end), 0, act, labels=labels)
    annotating.apply_ops(session, actor=actor, project=project, ops=[one], now=make.now)


def given(session, project, actor, sentence):
    found = copies.copies_of(
        session, actor=actor, project_id=project.id, sentence_ids=[sentence.id]
    )
    return [(copy.labels, copy.decided_at is not None) for copy in found.get(sentence.id, [])]


def test_an_article_names_the_others_with_its_wire_copy(session, make, project, two):
    reviewer = make.actor(project)
    (first, _), (second, _) = two
    (also,) = copies.also_in(session, actor=reviewer, slug=project.slug, article=first)

    assert (also.public_id, also.n_shared) == (second, 2)


def test_an_article_alone_names_no_other(session, make, project, bring):
    report = bring(MAYOR, SCHOOL)
    actor = make.actor(project)

    assert copies.also_in(session, actor=actor, slug=project.slug, article=report.article) == []
    with pytest.raises(NotFoundError):
        copies.also_in(session, actor=actor, slug=project.slug, article="none")


def test_a_reviewer_sees_what_they_gave_the_copy(session, make, project, two):
    reviewer = make.actor(project)
    label(session, make, project, reviewer, two[0], "claim", "attribution")

    assert given(session, project, reviewer, two[1][1]) == [(("attribution", "claim"), True)]
    assert given(session, project, reviewer, two[0][1]) == [((), False)]


def test_an_explicit_none_is_told_from_no_decision(session, make, project, two):
    reviewer = make.actor(project)
    label(session, make, project, reviewer, two[0])

    assert given(session, project, reviewer, two[1][1]) == [((), True)]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.MANAGER, Role.ADMIN])
def test_nobody_sees_what_others_gave_a_copy(session, make, project, two, role):
    label(session, make, project, make.actor(project), two[0], "claim")

    assert given(session, project, make.actor(project, role=role), two[1][1]) == [((), False)]


@pytest.mark.parametrize(
    ("actor", "error"),
    [
        (Actor(account_id=None, public_id="", name="nobody"), NotFoundError),
        (Actor(account_id=1, public_id="x", name="x", roles={-1: Role.MANAGER}), NotFoundError),
    ],
    ids=["nobody", "stranger"],
)
def test_copies_are_for_members(session, project, two, actor, error):
    with pytest.raises(error):
        copies.also_in(session, actor=actor, slug=project.slug, article=two[0][0])
    with pytest.raises(error):
        copies.copies_of(session, actor=actor, project_id=project.id, sentence_ids=[1])


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR, Role.MANAGER, Role.ADMIN])
def test_every_role_sees_where_copies_are(session, make, project, two, role):
    actor = make.actor(project, role=role)

    assert copies.also_in(session, actor=actor, slug=project.slug, article=two[0][0])
    assert given(session, project, actor, two[0][1])


def test_labels_of_an_older_label_set_are_not_offered(session, make, project, two):
    reviewer = make.actor(project)
    label(session, make, project, reviewer, two[0], "claim")
    session.add(LabelSet(project_id=project.id, version=2, presets=[], created_at=make.now))
    session.flush()

    assert given(session, project, reviewer, two[1][1]) == [((), False)]


def test_of_a_frequent_sentence_the_first_copies_are_shown(session, make, project, bring):
    bring(PORT, MAYOR)
    session.exec(update(Sentence).values(wire_cluster="one"))
    rows = session.exec(select(Sentence)).all()
    first = rows[0]
    for number in range(MOST_COPIES + 5):
        session.add(
            Sentence(
                project_id=project.id,
                article_id=first.article_id,
                position=1000 + number,
                start=100_000 + number,
                end=100_001 + number,
                kind="body",
                is_queued=False,
                queue_key=number,
                wire_cluster="one",
            )
        )
    session.flush()

    assert len(given(session, project, make.actor(project), first)) == MOST_COPIES - 1


@pytest.mark.parametrize(
    ("change", "what"),
    [({"wire_cluster": "another"}, "own name"), ({"wire_cluster": None}, "of no other")],
)
def test_a_check_names_a_cluster_that_is_not_as_it_was_made(
    session, make, project, bring, change, what
):
    bring(PORT, FLOOD)
    bring(PORT, ROAD)
    assert list(copy_checks.faults(session)) == []
    one = select(Sentence).where(col(Sentence.wire_cluster).is_not(None))
    rows = session.exec(one).all()
    for row in rows if change["wire_cluster"] else rows[:1]:
        row.wire_cluster = change["wire_cluster"]
    session.flush()

    assert [fault for fault in copy_checks.faults(session) if what in fault.what]
