"""The same answer for a whole quotation: one press, an op for each sentence, each stored once."""

import pytest
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage

TEXT = """The harbour was closed on Monday.

"We left the pier at nine. Nobody came to meet us. The boats were gone," the pilot said.

It rained until noon.
"""


@pytest.fixture
def quoted(sign_in, installation):
    """A reviewer at the first sentence of a quotation of three."""
    if "quoted" not in {row["slug"] for row in installation.rows("SELECT slug FROM project")}:
        installation.create("quoted", quay=TEXT)
    annotator = AnnotatorPage(sign_in(project="quoted"), installation).ready()
    annotator.press("0")
    annotator.shows(installation.queue("quoted")[1])
    return annotator


@pytest.fixture
def line(installation):
    return lambda: installation.queue("quoted")


def everything(quoted, labels):
    before, *group, _ = quoted.installation.queue("quoted")
    return {before: "none"} | dict.fromkeys(group, labels)


def test_chosen_labels_are_given_to_the_whole_quotation_by_one_key(quoted, line, installation):
    quoted.press("c", "a", "q")

    quoted.shows(line()[4])
    assert quoted.stored() == everything(quoted, "attribution claim")
    events = installation.events(quoted.name)
    assert [event.sentence for event in events] == line()[:4]
    assert len({event.op_id for event in events}) == 4


def test_pressed_first_it_waits_for_the_answer_and_decides_nothing(quoted, line):
    button = quoted.root.get_by_role("button", name="whole quotation")
    quoted.press("q")
    expect(button).to_have_attribute("aria-pressed", "true")
    quoted.press("Escape")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    quoted.press("3")

    quoted.shows(line()[4])
    assert quoted.stored() == everything(quoted, "attribution claim")


def test_let_go_again_the_answer_is_for_one_sentence(quoted, line):
    quoted.press("q", "q", "1")

    quoted.shows(line()[2])
    assert quoted.stored() == {line()[0]: "none", line()[1]: "claim"}


def test_what_was_decided_already_stays_and_its_answer_can_be_given_to_the_rest(
    quoted, line, installation
):
    quoted.press("3", "ArrowLeft")
    quoted.shows(line()[1])
    quoted.press("q")

    quoted.shows(line()[4])
    assert quoted.stored() == everything(quoted, "attribution claim")
    assert len(installation.events(quoted.name)) == 4
    expect(quoted.root.get_by_role("button", name="whole quotation")).to_be_hidden()


def test_a_sentence_on_which_something_is_begun_is_left_to_the_reviewer(quoted, line):
    quoted.press("1", "d", "ArrowLeft", "q")

    quoted.shows(line()[2])
    expect(quoted.button("Dispute")).to_have_attribute("aria-pressed", "true")
    assert line()[2] not in quoted.stored()


@pytest.mark.parametrize("is_reloaded", [False, True])
def test_one_undo_takes_back_what_one_press_gave(quoted, line, installation, is_reloaded):
    quoted.press("1", "c", "a", "q")
    quoted.shows(line()[4])
    if is_reloaded:
        quoted.reload()
    quoted.press("z")
    quoted.shows(line()[2])
    opened = {line()[2]: "open", line()[3]: "open"}
    assert quoted.stored() == {line()[0]: "none", line()[1]: "claim", **opened}

    quoted.press("z")
    quoted.shows(line()[1])
    assert quoted.stored()[line()[1]] == "open"
    assert len(installation.events(quoted.name)) == 7


def test_a_correction_back_to_what_was_there_is_taken_back_and_nothing_before_it(quoted, line):
    quoted.press("1")
    for key in ("2", "1"):
        quoted.press("ArrowLeft", key)
    quoted.has_sent_all()
    quoted.reload().press("z")

    quoted.shows(line()[1])
    assert quoted.stored()[line()[1]] == "attribution"


def test_a_reload_before_anything_is_sent_loses_none_of_them(quoted, line, installation):
    quoted.visitor.may_lose_connections = True
    quoted.has_sent_all()
    quoted.page.route("**/api/ops", lambda route: route.abort())
    quoted.press("c", "q")
    assert quoted.pending == 3
    quoted.reload()
    quoted.shows(line()[4])
    assert quoted.pending == 3
    quoted.page.unroute("**/api/ops")

    assert quoted.stored() == everything(quoted, "claim")
    assert [event.sentence for event in installation.events(quoted.name)] == line()[:4]


def test_a_crash_of_the_server_and_a_reload_store_each_once_and_in_order(
    quoted, line, installation
):
    quoted.visitor.may_lose_connections = True
    quoted.has_sent_all()
    installation.workbench.kill()
    quoted.press("c", "q", "2")
    assert quoted.pending == 4
    installation.workbench.start()
    until(installation.workbench.answers)
    quoted.page.reload()
    expect(quoted.root.get_by_role("heading", name="All done")).to_be_visible()

    assert quoted.stored() == everything(quoted, "claim") | {line()[4]: "attribution"}
    assert [event.sentence for event in installation.events(quoted.name)] == line()


def test_who_speaks_is_said_in_words(quoted, line):
    foot = quoted.root.get_by_text("Who speaks:")
    expect(foot).to_contain_text("The boats were gone,")
    expect(quoted.root.get_by_text("in a quotation of 3", exact=True)).to_be_visible()
    quoted.press("1", "1")
    named_here = quoted.root.get_by_text("This sentence says who speaks.")
    expect(named_here).to_be_visible()
    quoted.press("1")
    expect(named_here).to_be_hidden()
