"""More than one tab, more than one person: nobody overwrites, sees or loses what is not theirs."""

import pytest
from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage

OUTBOX = """(change) => {
  const keys = Object.keys(localStorage).filter((key) => /^wb:[^:]+:[0-9a-f-]{36}$/.test(key));
  for (const key of keys) {
    const record = JSON.parse(localStorage.getItem(key));
    Object.assign(record.op, change);
    localStorage.setItem(key, JSON.stringify(record));
  }
  return keys.length;
}"""


@pytest.fixture
def other(annotator, sign_in, installation):
    """The same reviewer in another browser, at the same sentence."""
    return AnnotatorPage(sign_in(annotator.name), installation).ready()


def disagree(annotator, other):
    """Answer the first sentence in one browser, and then otherwise in the other."""
    annotator.press("1")
    annotator.has_sent_all()
    other.press("2")
    card = other.cards.filter(has_text="Two answers for one sentence")
    expect(card).to_contain_text("Kept on the server")
    return card


def test_a_second_answer_is_shown_beside_the_stored_one(annotator, other, queue):
    card = disagree(annotator, other)

    expect(card.get_by_role("definition")).to_have_text(["claim", "attribution"])
    expect(card).to_contain_text(annotator.installation.text(queue[0]))
    assert other.stored() == {queue[0]: "claim"}


def test_the_stored_answer_can_be_kept(annotator, other, queue):
    card = disagree(annotator, other)
    card.get_by_role("button", name="Keep the stored one").press("Enter")

    expect(other.cards).to_have_count(0)
    expect(other.root.get_by_role("region", name="Article")).to_be_focused()
    expect(other.reload().cards).to_have_count(0)
    assert other.stored() == {queue[0]: "claim"}


def test_the_new_answer_can_be_used(annotator, other, queue, installation):
    card = disagree(annotator, other)
    card.get_by_role("button", name="Use mine").click()

    expect(other.cards).to_have_count(0)
    assert other.stored() == {queue[0]: "attribution"}
    events = installation.events(annotator.name)
    assert [event.labels for event in events] == ["claim", "attribution"]


def test_a_conflict_waits_through_a_reload(annotator, other):
    disagree(annotator, other)

    other.reload()
    expect(other.cards).to_contain_text("Two answers for one sentence")


def test_a_tab_is_told_when_another_tab_of_the_same_browser_was_first(annotator, queue):
    second = annotator.in_another_tab()
    second.shows(queue[0])
    annotator.press("1")
    annotator.has_sent_all()
    second.press("2")

    expect(second.cards).to_contain_text("Two answers for one sentence")
    assert second.stored() == {queue[0]: "claim"}


def test_two_tabs_share_the_work_without_losing_any(annotator, queue, installation):
    second = annotator.in_another_tab()
    annotator.press(*"111")
    annotator.has_sent_all()
    second.reload().press(*"222")
    second.has_sent_all()

    assert list(second.stored()) == queue[:6]
    assert len(installation.events(annotator.name)) == 6


def test_two_reviewers_at_once_have_their_own_labels_and_never_see_the_others(
    annotator, sign_in, installation, queue
):
    colleague = AnnotatorPage(sign_in(), installation).ready()
    for mine, theirs in zip("12345", "54321", strict=True):
        annotator.press(mine)
        colleague.press(theirs)

    assert list(annotator.stored().values())[:2] == ["claim", "attribution"]
    assert list(colleague.stored().values())[:2] == ["claim dispute", "attribution claim dispute"]
    for page, letters in ((annotator.reload(), "C"), (colleague.reload(), "CD")):
        expect(page.segment(queue[0]).locator(".tag")).to_have_text(letters)


def test_a_refused_decision_is_shown_with_its_reason_until_it_is_dismissed(annotator, queue):
    # Not by a route: what a page sends while it is left can get past one.
    annotator.page.evaluate("() => { window.fetch = () => new Promise(() => {}); }")
    annotator.press("1")
    assert annotator.page.evaluate(OUTBOX, {"labels": ["nonsense"]}) == 1

    for _ in range(3):
        annotator.reload()
        expect(annotator.cards).to_contain_text("The label set has no label 'nonsense'.")
    annotator.cards.get_by_role("button", name="Dismiss").click()
    expect(annotator.cards).to_have_count(0)
    expect(annotator.reload().cards).to_have_count(0)
    assert annotator.stored() == {}


def test_who_is_disabled_in_the_midst_of_work_is_told_so_and_stores_nothing_more(
    annotator, queue, installation
):
    annotator.visitor.may_lose_connections = True
    annotator.press("1")
    annotator.has_sent_all()
    installation.workbench.run("account", "disable", annotator.name)
    annotator.press("2", "3")

    expect(annotator.saving).to_contain_text("Your account is disabled")
    expect(annotator.saving).to_contain_text("2 labels kept on this device")
    assert annotator.pending == 2
    assert installation.labels(annotator.name) == {queue[0]: "claim"}


def test_who_is_enabled_again_finds_the_labels_kept_on_the_device(annotator, queue, installation):
    annotator.visitor.may_lose_connections = True
    installation.workbench.run("account", "disable", annotator.name)
    annotator.press("2")
    expect(annotator.saving).to_contain_text("Your account is disabled")
    installation.workbench.run("account", "enable", annotator.name)
    annotator.page.goto(installation.link(annotator.name))

    annotator.shows(queue[1])
    assert annotator.stored() == {queue[0]: "attribution"}


def test_on_a_shared_computer_nobody_files_the_others_labels_under_their_name(
    annotator, queue, installation
):
    annotator.visitor.may_lose_connections = True
    colleague = installation.add()
    annotator.visitor.context.new_page().goto(installation.link(colleague))
    annotator.press("1", "2")

    expect(annotator.saving).to_contain_text("Signed out: 2 labels kept on this device")
    assert (installation.labels(colleague), installation.labels(annotator.name)) == ({}, {})
    annotator.page.goto(installation.link(annotator.name))
    annotator.shows(queue[2])
    assert list(annotator.stored().values()) == ["claim", "attribution"]


def test_on_a_shared_computer_nobody_is_shown_the_others_labels(annotator, queue, installation):
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.clear_cookies()
    annotator.press("1", "2")
    annotator.page.goto(installation.link(installation.add()))

    annotator.shows(queue[0])
    assert annotator.pending == 0
    expect(annotator.root.locator(".tag")).to_have_count(0)
