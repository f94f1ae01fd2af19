"""Discussion: questions found and answered once, replies read, and nobody else's seen."""

import uuid

import pytest
from screens import QUAY, press_late, told, words

from workbench.services import accounts, annotating, discussing, talks, windows
from workbench.services.decisions import Act, Op
from workbench.services.permissions import Role

HOSTILE = "Is **this** one? <b>$x$</b> :smile: [a](https://example.org)"


@pytest.fixture
def project(installation):
    made = installation.project()
    installation.bring_in(quay=QUAY)
    return made


@pytest.fixture
def reviewer(installation, project):
    return installation.sign_in(Role.REVIEWER, project)


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


@pytest.fixture
def ask(installation, project):
    """Comment on the next sentences of somebody's queue; the keys of the talks."""

    def asked(as_, *comments, act=Act.COMMENT):
        with installation.rows() as (session, make):
            actor = accounts.signed_in(session, identity=as_, now=make.now)
            place = annotating.take_part(session, actor=actor, project=project, now=make.now)
            found = windows.open_window(session, actor=actor, project=project, place=place, want=40)
            ops = [
                Op(str(uuid.uuid4()), item["id"], 0, act, comment=comment, mention=(0, 3))
                for item, comment in zip(found.items, comments, strict=False)
            ]
            annotating.apply_ops(session, actor=actor, project=project, ops=ops, now=make.now)
            rows = talks.own(session, actor=actor, slug=project.slug).rows
            return [talk.id for talk in reversed(rows)]

    return asked


@pytest.fixture
def reply(installation, project):
    def replied(as_, talk, text="It is.", **given):
        with installation.rows() as (session, make):
            actor = accounts.signed_in(session, identity=as_, now=make.now)
            values = {"op_id": str(uuid.uuid4()), "text": text, "now": make.now} | given
            discussing.reply(session, actor=actor, slug=project.slug, talk=talk, **values)

    return replied


def field(page, talk):
    (found,) = [each for each in page.text_area if each.key.startswith(f"discussion-text-{talk}-")]
    return found


def button(page, name):
    (found,) = [each for each in page.button if each.key.startswith(f"{name}-")]
    return found


def send(page, talk, text, *, closes=False):
    field(page, talk).set_value(text)
    return button(page, f"send-{talk}-{closes}").click().run()


def test_before_the_first_question_it_says_what_comes(installation, reviewer, manager):
    assert "M comments on a sentence" in words(installation.open("discussion", as_=reviewer))
    assert "Nobody has asked anything yet" in words(installation.open("discussion", as_=manager))


def test_a_manager_answers_and_the_question_leaves_the_open_ones(
    installation, ask, reviewer, manager
):
    (talk,) = ask(reviewer, HOSTILE)
    page = installation.open("discussion", as_=manager)
    assert not page.exception
    assert HOSTILE in [each.value for each in page.text]  # as it was written
    assert "<mark>Qua</mark>" in told(page)

    send(page, talk, "Yes: it can be checked.")
    assert not page.exception
    assert "Every question is answered" in words(page)
    page.selectbox(key="discussion-show-demo").set_value("answered").run()
    assert "Yes: it can be checked." in words(page)


def test_a_sentence_is_shown_as_it_was_written(installation, project, ask, manager):
    installation.bring_in(odd=b"Odd\n\n<b>Nobody</b> & <img src=x onerror=alert(1)> said so.\n")
    who = installation.sign_in(Role.REVIEWER, project)
    ask(who, *["Is it?"] * 40)
    page = installation.open("discussion", as_=manager)
    page.text_input(key="discussion-search-demo").set_value("onerror").run()

    assert "<mark>&lt;b&gt;</mark>Nobody&lt;/b&gt; &amp; &lt;img src=x" in told(page)
    assert "<img" not in told(page)


def test_a_double_click_sends_one_reply(installation, ask, reviewer, manager):
    (talk,) = ask(reviewer, "Is it?")
    page = installation.open("discussion", as_=manager)
    page.selectbox(key="discussion-show-demo").set_value("all").run()
    field(page, talk).set_value("Once.")
    press_late(page, button(page, f"send-{talk}-False"))

    assert words(page).count("Once.") == 1
    assert field(page, talk).value == ""


def test_what_is_written_stays_until_it_is_sent(installation, ask, reviewer, manager):
    first, _ = ask(reviewer, "Is it?", "And this?")
    page = installation.open("discussion", as_=manager)
    field(page, first).set_value("Half a").run()
    page.selectbox(key="discussion-show-demo").set_value("closed").run()
    page.selectbox(key="discussion-show-demo").set_value("open").run()

    assert field(page, first).value == "Half a"


def test_an_empty_reply_is_refused_in_words_and_nothing_is_lost(
    installation, ask, reviewer, manager
):
    (talk,) = ask(reviewer, "Is it?")
    page = send(installation.open("discussion", as_=manager), talk, "  ")

    assert [each.value for each in page.warning] == [
        "A reply has 1 to 4,000 characters; this has 0."
    ]


def test_a_question_is_closed_and_opened_again(installation, ask, reviewer, manager):
    (talk,) = ask(reviewer, "Is it?")
    page = send(installation.open("discussion", as_=manager), talk, "No.", closes=True)
    page.selectbox(key="discussion-show-demo").set_value("closed").run()
    press_late(page, button(page, f"turn-{talk}"))
    page.selectbox(key="discussion-show-demo").set_value("open").run()

    assert not page.exception
    assert "opened this again" in told(page)


def test_questions_are_searched_and_paged(installation, ask, reviewer, manager):
    ask(reviewer, "Is it?", "And this?", "What of that?")
    page = installation.open("discussion", as_=manager)
    assert "3 questions without a reply" in words(page)

    page.text_input(key="discussion-search-demo").set_value("THAT?").run()
    assert "1 question without a reply" in words(page)
    page.text_input(key="discussion-search-demo").set_value("zzz").run()
    assert "No question is so" in words(page)


def test_a_reviewer_reads_the_reply_once_as_new_and_writes_back(
    installation, ask, reply, reviewer, manager
):
    (talk,) = ask(reviewer, "Is it?")
    reply(manager, talk, "It is.", section="")
    page = installation.open("discussion", as_=reviewer)
    assert "It is." in words(page)
    assert 'class="wb-new"' in told(page)

    page = installation.open("discussion", as_=reviewer)
    assert 'class="wb-new"' not in told(page)
    send(page, talk, "And why?")
    assert not page.exception
    assert "And why?" in words(installation.open("discussion", as_=manager))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_of_anothers_question_only_what_is_for_everybody_is_seen(
    installation, project, ask, reply, reviewer, manager, role
):
    first, second = ask(reviewer, "Canary one?", "Canary two?")
    reply(manager, first, "For all.", is_shared=True)
    reply(manager, second, "Canary reply.")

    page = installation.open("discussion", as_=installation.sign_in(role, project))
    assert "New for everybody: 1 reply." in words(page)
    page.session_state["discussion-tabs-demo"] = "For everybody"
    page.run()
    assert not page.exception
    assert "For all." in words(page)
    assert "canary" not in told(page).casefold()
    assert "asked" not in told(page)


def test_an_empty_installation_is_told_what_the_page_is(installation):
    page = installation.open("discussion", as_=installation.sign_in(Role.ADMIN))
    assert [each.value for each in page.title] == ["Discussion"]
    assert "Questions about sentences are answered here." in words(page)
