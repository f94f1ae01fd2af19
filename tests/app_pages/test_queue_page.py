"""The queue page: settings with their cost, subsets, leases, and what nobody can get."""

import uuid

import pytest
import sqlalchemy as sa
from screens import QUAY, choose, told, words

from db.engine import reading
from db.models import AuditEvent, Project
from db.models.naming import table
from workbench.services import accounts, annotating, holders, queue_settings, subsets, windows
from workbench.services.decisions import Act, Op
from workbench.services.permissions import OPERATOR, Role
from workbench.services.queue_settings import QueueSettings


@pytest.fixture
def project(installation):
    made = installation.project()
    installation.bring_in(quay=QUAY, other=b"One came. Two came. Three came.\n")
    return made


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


@pytest.fixture
def ada(installation, project):
    return installation.sign_in(Role.REVIEWER, project)


def let(installation, **settings):
    """Put settings in force, as somebody else would."""
    with installation.rows() as (session, make):
        given = {"actor": OPERATOR, "slug": "demo", "now": make.now}
        queue_settings.change(session, settings=QueueSettings(**settings), **given)


def name(installation, identity):
    with installation.rows() as (session, make):
        return accounts.signed_in(session, identity=identity, now=make.now).name


def opened(installation, manager, side="Settings"):
    """The page with one of its sides open."""
    page = installation.open("queue", as_=manager)
    if side != "Settings":
        page.session_state["queue-side"] = side
        page.run()
    assert not page.exception
    return page


def press(page, label):
    [button] = [each for each in page.button if each.label == label]
    button.click().run()
    assert not page.exception
    return page


def in_force(installation):
    with reading(installation.engines) as session:
        return queue_settings.read(session, actor=OPERATOR, slug="demo")


def acts(installation):
    rows = table(AuditEvent)
    with reading(installation.engines) as session:
        return list(session.execute(sa.select(rows.c.act).order_by(rows.c.id)).scalars())


# --- Settings -----------------------------------------------------------------------------------


def test_what_settings_would_mean_is_told_before_they_are_saved(installation, manager, ada):
    page = opened(installation, manager)
    assert "8 sentences, 8 decisions wanted: 0 there, 8 left." in words(page)
    page.selectbox[0].set_value("2").run()
    assert "8 sentences, 16 decisions wanted: 0 there, 16 left." in words(page)
    assert "1 person labels here: a sentence that needs 2 waits for more." in words(page)
    assert in_force(installation) == QueueSettings()


def test_settings_are_saved_and_set_back(installation, manager):
    page = opened(installation, manager)
    page.selectbox[0].set_value("2").run()
    page.number_input[0].set_value(20).run()
    page.number_input[1].set_value(30).run()
    page.selectbox[1].set_value("random").run()
    press(page, "Save the settings")
    wanted = QueueSettings(overlap=2, overlap_share=20, order="random", lease_minutes=30)
    assert in_force(installation) == wanted
    assert "2 reviewers for 20 % of the sentences and 1 for the others; random" in told(page)
    assert "Before: everybody sees every sentence." in told(page)
    press(page, "Set it back")
    assert in_force(installation).overlap is None
    assert acts(installation)[-2:] == ["change_queue", "change_queue"]


def test_what_becomes_of_leases_is_told_and_holds(installation, project, manager, ada):
    let(installation, overlap=1)
    installation.open("annotate", as_=ada)
    page = opened(installation, manager)
    page.selectbox[0].set_value("2").run()
    assert "8 sentences that 1 reviewer hold now stay theirs." in words(page)
    press(page, "Save the settings")
    assert held(installation) == 8
    page.selectbox[0].set_value("everybody").run()
    assert "Leases end: 8 sentences with 1 reviewer." in words(page)
    press(page, "Save the settings")
    assert held(installation) == 0


def held(installation):
    with installation.rows() as (session, make):
        given = {"actor": OPERATOR, "slug": "demo", "now": make.now}
        return sum(line.n_sentences for line in holders.listed(session, **given))


@pytest.mark.parametrize("button", ["Save the settings", "Set it back"])
def test_a_click_overwrites_no_change_that_it_did_not_see(installation, manager, button):
    let(installation, overlap=1)
    page = opened(installation, manager)
    page.selectbox[0].set_value("2").run()
    let(installation, overlap=3)
    press(page, button)
    assert in_force(installation).overlap == 3
    assert page.selectbox[0].value == "3"
    assert "Before: 1 reviewer for each sentence" in told(page)


def test_settings_that_are_in_force_are_not_to_be_saved(installation, manager):
    page = opened(installation, manager)
    [save] = [each for each in page.button if each.label == "Save the settings"]
    assert save.disabled


@pytest.mark.parametrize("side", ["Subsets", "Leases", "Nobody left"])
def test_where_everybody_sees_all_each_side_leads_to_the_settings(installation, manager, side):
    page = press(opened(installation, manager, side), "Say how many")
    assert page.session_state["queue-side"] == "Settings"
    assert page.selectbox[0].label == "Reviewers a sentence needs"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_is_told_that_they_may_not(installation, project, role):
    page = opened(installation, installation.sign_in(role, project))
    assert "does not include this" in words(page)
    assert not page.button
    assert not page.tabs


def test_an_archived_project_says_so(installation, project, manager):
    with installation.rows() as (session, make):
        project.archived_at = make.now
        session.add(session.merge(project))
    page = installation.open("queue", as_=manager)
    assert not page.exception
    assert not page.button


# --- Subsets ------------------------------------------------------------------------------------


def listed(installation):
    with reading(installation.engines) as session:
        return subsets.listed(session, actor=OPERATOR, slug="demo")


@pytest.fixture
def quay(installation, ada):
    """A subset of the first article for Ada."""
    let(installation, overlap=1)
    with installation.rows() as (session, make):
        who = accounts.signed_in(session, identity=ada, now=make.now)
        [article] = _articles(session)[:1]
        subsets.make(
            session,
            actor=OPERATOR,
            slug="demo",
            name="Quay first",
            articles=[article],
            reviewers=[who.public_id],
            now=make.now,
        )


def _articles(session):
    statement = sa.text("SELECT public_id FROM article ORDER BY id")
    return list(session.execute(statement).scalars())


def test_a_subset_is_made_of_articles_that_are_found(installation, manager, ada):
    let(installation, overlap=1)
    page = opened(installation, manager, "Subsets")
    assert "A subset gives articles to named reviewers" in words(page)
    press(page, "Make a subset")
    page.text_input[0].set_value("Quay first").run()
    page.multiselect[0].set_value([ada.partition(":")[0]]).run()
    page.text_input[1].set_value("quay").run()
    choose(page, 0)
    press(page, "Add the chosen 1")
    assert "1 article, 5 sentences." in words(page)
    press(page, "Save the subset")
    [made] = listed(installation)
    assert (made.name, len(made.articles)) == ("Quay first", 1)
    assert made.reviewers[0][1] == name(installation, ada)
    assert "Quay first is saved" in told(page)


def test_a_subset_without_a_reviewer_is_not_stored_and_the_draft_stays(installation, manager):
    let(installation, overlap=1)
    page = press(opened(installation, manager, "Subsets"), "Make a subset")
    page.text_input[0].set_value("Quay first").run()
    press(page, "Add all 2 that are free")
    press(page, "Save the subset")
    assert "an article and a reviewer at least" in words(page)
    assert listed(installation) == []
    assert page.text_input[0].value == "Quay first"


def test_a_subset_says_how_far_it_is_and_is_changed(installation, manager, quay):
    page = opened(installation, manager, "Subsets")
    line = page.dataframe[0].value
    assert list(line["Sentences"]) == [5]
    assert list(line["Decisions left"]) == [5]
    assert list(line["State"]) == ["open"]
    press(choose(page, 0), "Change it")
    press(page, "Add all 1 that are free")
    choose(page, 0)
    press(page, "Take out the chosen 1")
    press(page, "Save the subset")
    [changed] = listed(installation)
    with reading(installation.engines) as session:
        assert list(changed.articles) == _articles(session)[1:]


def test_what_is_in_another_subset_is_not_added(installation, manager, quay):
    page = press(opened(installation, manager, "Subsets"), "Make a subset")
    choose(page, 0, 1)
    assert "What is in another subset stays there" in words(page)
    press(page, "Add the chosen 1")
    assert "1 article, 3 sentences." in words(page)


def test_a_subset_that_was_removed_is_made_again(installation, manager, quay):
    before = listed(installation)
    page = choose(opened(installation, manager, "Subsets"), 0)
    assert "Everybody gets its 1 article again" in words(page)
    press(page, "Remove now")
    assert listed(installation) == []
    assert "The subset Quay first is removed" in told(page)
    press(page, "Make it again")
    [again] = listed(installation)
    assert (again.name, again.articles, again.reviewers) == (
        before[0].name,
        before[0].articles,
        before[0].reviewers,
    )


def test_a_draft_is_closed_without_saving(installation, manager, quay):
    page = press(choose(opened(installation, manager, "Subsets"), 0), "Change it")
    page.text_input[0].set_value("Something else").run()
    press(page, "Close without saving")
    assert [each.name for each in listed(installation)] == ["Quay first"]


# --- Leases -------------------------------------------------------------------------------------


def test_where_nobody_holds_anything_it_says_so(installation, manager):
    let(installation, overlap=1)
    assert "Nobody holds a sentence at present" in words(opened(installation, manager, "Leases"))


@pytest.fixture
def held_by_ada(installation, ada):
    let(installation, overlap=1)
    installation.open("annotate", as_=ada)


def test_leases_are_seen_and_one_line_is_released(installation, manager, ada, held_by_ada):
    page = opened(installation, manager, "Leases")
    assert "8 sentences with 1 reviewer, all at work." in words(page)
    assert list(page.dataframe[0].value["State"]) == ["at work", "at work"]
    choose(page, 0)
    n = int(page.dataframe[0].value["Sentences"][0])
    press(page, f"Release these {n} sentences")
    assert held(installation) == 8 - n
    assert f"Released {n} sentences that {name(installation, ada)} held" in told(page)


def test_chosen_sentences_alone_are_released(installation, manager, held_by_ada):
    page = choose(opened(installation, manager, "Leases"), 0)
    press(choose(page, 0, table=1), "Release the chosen 1")
    assert held(installation) == 7


def test_all_that_one_person_holds_is_released(installation, manager, held_by_ada):
    press(choose(opened(installation, manager, "Leases"), 0), "Release all they hold")
    assert held(installation) == 0
    assert "release_leases" in acts(installation)


def test_what_ran_out_is_marked_with_a_word_and_released_at_once(
    installation, manager, held_by_ada
):
    with installation.rows() as (session, _):
        session.execute(sa.text("UPDATE assignment SET leased_until = leased_at"))
    page = opened(installation, manager, "Leases")
    assert list(page.dataframe[0].value["State"]) == ["ran out", "ran out"]
    assert "8 sentences with 1 reviewer, all stuck." in words(page)
    press(page, "Release all that ran out")
    assert held(installation) == 0
    assert "Released 8 sentences whose lease had run out" in told(page)


def test_leases_are_searched(installation, manager, held_by_ada):
    page = opened(installation, manager, "Leases")
    page.text_input[0].set_value("zzz").run()
    assert "No reviewer and no article has all of these words" in words(page)


# --- Nobody left --------------------------------------------------------------------------------


@pytest.fixture
def skipped(installation, project, ada):
    """Ada, who is the only one to label, skipped the first sentence."""
    let(installation, overlap=1)
    installation.open("annotate", as_=ada)
    with installation.rows() as (session, make):
        given = {
            "actor": accounts.signed_in(session, identity=ada, now=make.now),
            "project": session.get_one(Project, project.id),
        }
        place = annotating.take_part(session, **given, now=make.now)
        found = windows.open_window(session, **given, place=place, want=1)
        op = Op(str(uuid.uuid4()), found.items[0]["id"], 0, Act.SKIP, reason="cut_off")
        annotating.apply_ops(session, **given, ops=[op], now=make.now)


def test_where_somebody_is_left_for_all_it_says_so(installation, manager, ada):
    let(installation, overlap=1)
    page = opened(installation, manager, "Nobody left")
    assert "has somebody left who can get it" in words(page)


def test_what_everybody_skipped_is_shown_with_the_reason(installation, manager, ada, skipped):
    page = opened(installation, manager, "Nobody left")
    assert "1 sentence needs more reviewers, and nobody is left" in words(page)
    [told_by] = page.dataframe[0].value["Skipped by"]
    assert told_by == f"{name(installation, ada)}: cut off"


def test_it_is_taken_out_of_the_queue_by_another_kind(installation, manager, skipped):
    page = choose(opened(installation, manager, "Nobody left"), 0)
    press(page, "Take it out of the queue")
    assert "out of the queue" in told(page)
    assert "has somebody left who can get it" in words(page)


def test_the_page_opens_for_a_manager_of_a_project_without_articles(installation):
    project = installation.project()
    page = opened(installation, installation.sign_in(Role.MANAGER, project))
    assert "There is no sentence in the queue yet" in words(page)
