"""Sentences that are given out: different ones to each, back again, and never taken in silence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from db.engine import database_now, transaction
from db.queries import accounts as account_queries
from tests.e2e.annotator_page import AnnotatorPage
from tests.leased import run_down
from workbench.services import leases, leasing, names, projects, queue_settings
from workbench.services.leasing import GRACE
from workbench.services.permissions import OPERATOR, Actor, Role
from workbench.services.queue_settings import QueueSettings

STORY = "The quay was shut.\nThe ferry waited.\nThe mayor denied it.\nNobody came.\n"


@pytest.fixture
def slug(installation):
    """A project of four sentences that need one reviewer each."""
    slug = installation.create_another("leased")
    installation.bring(slug, {f"{slug}.txt": STORY})
    with transaction(installation.engines) as session:
        queue_settings.change(
            session,
            actor=OPERATOR,
            slug=slug,
            settings=QueueSettings(overlap=1),
            now=database_now(session),
        )
    return slug


@pytest.fixture
def join(sign_in, installation, slug) -> Callable[[], AnnotatorPage]:
    """A new reviewer of that project on the annotate page."""

    def join() -> AnnotatorPage:
        return AnnotatorPage(sign_in(project=slug), installation)

    return join


def has_nothing_at_the_moment(reviewer):
    heading = reviewer.root.get_by_role("heading", name="Nothing for you at the moment")
    expect(heading).to_be_visible()


def test_what_one_holds_is_not_for_the_other_until_the_tab_is_closed(join, installation, slug):
    queue = installation.queue(slug)
    ada = join().ready()
    ada.shows(queue[0])
    expect(ada.root).to_contain_text("First look at this sentence")
    ada.press("1")
    ada.has_sent_all()

    ben = join()
    has_nothing_at_the_moment(ben)
    expect(ben.root).to_contain_text("The last 3 sentences are with other reviewers.")

    ada.visitor.open("/articles")
    ben.keep_looking()
    stay_away(installation)
    ben.shows(queue[1])


def stay_away(installation):
    """As if the time for which a closed page's sentences are kept had gone by."""
    run_down(installation.engines, seconds=GRACE.total_seconds())


def test_a_page_that_is_loaded_again_goes_on_where_it_was_whoever_is_waiting(
    join, installation, slug
):
    queue = installation.queue(slug)
    ada, ben = join().ready(), join()
    ada.press("1")
    ada.has_sent_all()
    ben.keep_looking()
    has_nothing_at_the_moment(ben)

    for _ in range(3):
        ada.reload().shows(queue[1])
    has_nothing_at_the_moment(ben)


def give_everything_to(installation, slug, name):
    """As if the leases of all others had run out, and this reviewer had asked next."""
    with transaction(installation.engines) as session:
        _give_everything_to(session, installation, slug, name)


def _give_everything_to(session, installation, slug, name):
    now = database_now(session)
    account = account_queries.by_name_key(session, names.key(name))
    project = projects.find(session, actor=OPERATOR, slug=slug)
    roles = {project.id: Role.REVIEWER}
    actor = Actor(account.id, account.public_id, account.name, roles=roles)
    queue = installation.queue(slug)
    leases.release(session, actor=OPERATOR, slug=slug, now=now, sentences=queue)
    leasing.hold(session, actor=actor, project=project, now=now)


def test_an_answer_to_what_was_given_on_is_refused_in_words_and_kept(join, installation, slug):
    queue = installation.queue(slug)
    ada, ben = join().ready(), join()
    has_nothing_at_the_moment(ben)
    give_everything_to(installation, slug, ben.name)

    ada.press("1")
    card = ada.cards.filter(has_text="Your lease on this sentence ran out")
    expect(card).to_contain_text("The quay was shut.")
    ben.keep_looking()
    ben.shows(queue[0])
    ben.press("2")
    assert ben.stored() == {queue[0]: "attribution"}
    ada.shows(queue[1])  # it is not taken away from under her eyes
    ada.press("1")
    expect(ada.cards).to_have_count(2)
    has_nothing_at_the_moment(ada)
    assert ada.stored() == {}


def test_a_second_reviewer_is_told_so_and_sees_nothing_of_the_first(join, installation, slug):
    queue = installation.queue(slug)
    ada = join().ready()
    ada.press("1")
    ada.has_sent_all()
    with transaction(installation.engines) as session:
        settings, now = QueueSettings(overlap=2), database_now(session)
        queue_settings.change(session, actor=OPERATOR, slug=slug, settings=settings, now=now)

    ben = join().ready()
    ben.shows(queue[0])
    expect(ben.root).to_contain_text("Needs a second reviewer")
    expect(ben.segment(queue[0])).not_to_contain_text("C")


def test_a_page_that_was_open_before_sentences_were_given_out_goes_on_with_its_own(
    sign_in, installation
):
    slug = installation.create_another("turned")
    installation.bring(slug, {f"{slug}.txt": STORY})
    ada = installation.add("reviewer", slug)
    ben = AnnotatorPage(sign_in(project=slug), installation).ready()
    with transaction(installation.engines) as session:  # at once: before Ben's page asks again
        settings, now = QueueSettings(overlap=1), database_now(session)
        queue_settings.change(session, actor=OPERATOR, slug=slug, settings=settings, now=now)
        _give_everything_to(session, installation, slug, ada)

    ben.press("2")
    card = ben.cards.filter(has_text="This sentence has all the reviewers it needs")
    card.get_by_role("button", name="Dismiss").click()
    expect(ben.root).to_contain_text("0 of 0")  # by now all but what is on the screen is gone
    ben.press("2")
    expect(ben.cards).to_contain_text("The ferry waited.")
    has_nothing_at_the_moment(ben)
    assert ben.stored() == {}
