"""What is repaired in an article while somebody annotates it: nothing skipped, nothing unsaid."""

import pytest
from playwright.sync_api import expect

from db.engine import database_now
from tests.e2e.annotator_page import AnnotatorPage
from workbench.services import queue_settings, repairing
from workbench.services.permissions import OPERATOR
from workbench.services.queue_settings import QueueSettings

TEXT = " ".join(f"The pilot saw boat number {n} leave the pier." for n in range(1, 61))
LINE = "The harbour office counted four hundred boats on Monday morning."


@pytest.fixture
def desk(sign_in, installation):
    """A reviewer of an article of sixty sentences, in a project of its own."""
    slug = installation.create_another("repaired")
    installation.bring(slug, {"boats.txt": TEXT})
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.slug = slug
    return annotator


def repair(desk, act, sentence, **given):
    with desk.installation._writing() as session:
        now = database_now(session)
        given = {"slug": desk.slug, "sentence": sentence, "now": now, **given}
        return act(session, actor=OPERATOR, **given)


def test_an_answer_to_a_sentence_that_was_split_is_kept_and_the_page_says_so(desk):
    first, second, *_ = desk.installation.queue(desk.slug)
    repair(desk, repairing.split, first, at=10)
    desk.press("1")

    card = desk.cards.filter(has_text="Saved, with a remark: 1 answer")
    expect(card).to_contain_text("The pilot saw boat number 1")
    expect(card).to_contain_text("Your answer is kept on the old one.")
    desk.shows(second)
    desk.reload()
    card.get_by_role("button", name="Got it").click()
    expect(desk.cards).to_have_count(0)
    expect(desk.reload().cards).to_have_count(0)
    assert desk.installation.labels(desk.name)[first] == "claim"


def test_no_sentence_is_skipped_for_a_merge_behind_what_is_held(desk):
    queue = desk.installation.queue(desk.slug)
    desk.press(*"111")
    desk.has_sent_all()
    (whole,) = repair(desk, repairing.merge_with_next, queue[30])
    seen = []
    for _ in range(len(queue)):
        if desk.sentence:
            seen.append(desk.sentence)
            desk.press("1")
        desk.has_sent_all()
    expect(desk.root.get_by_role("heading", name="All done")).to_be_visible()

    left = [name for name in desk.installation.queue(desk.slug) if name not in queue[:3]]
    assert whole in left
    assert sorted(name for name in seen if name in left) == sorted(left)
    assert set(seen) - set(left) <= set(queue[30:32])  # those it had fetched before


@pytest.mark.parametrize("overlap", [None, 2])
def test_the_last_sentences_of_a_queue_can_be_split_while_they_are_on_the_screen(
    sign_in, installation, overlap
):
    slug = installation.create_another("ends")
    installation.bring(slug, {"end.txt": "One boat left.\nTwo boats came.\nAll was quiet again.\n"})
    with installation._writing() as session:
        settings = QueueSettings(overlap=overlap)
        asked = {"actor": OPERATOR, "slug": slug, "now": database_now(session)}
        queue_settings.change(session, settings=settings, **asked)
    page = AnnotatorPage(sign_in(project=slug), installation).ready()
    page.slug = slug
    page.press("1")
    page.has_sent_all()
    *_, last = installation.queue(slug)
    start = int(last.rpartition(":")[2].partition("-")[0])
    repair(page, repairing.split, last, at=start + len("All was"))
    pieces = installation.queue(slug)[2:]
    page.press("2", "2")
    page.keep_looking()

    for piece in pieces:
        page.shows(piece)
        page.press("2")
    assert page.stored().keys() >= set(pieces)
    expect(page.root.get_by_role("heading", name="All done")).to_be_visible()


def test_a_copy_answered_a_moment_ago_is_offered_without_a_reload(sign_in, installation):
    slug = installation.create_another("copies")
    files = {"quay.txt": f"{LINE} It rained.\n", "boats.txt": f"{LINE} Rain fell.\n"}
    installation.bring(slug, files)
    page = AnnotatorPage(sign_in(project=slug), installation).ready()
    page.press("3", "0")
    offer = page.root.get_by_role("button", name="You labelled a copy of this")
    expect(offer).to_be_visible()
    page.press("v", "0")

    assert list(page.stored().values()) == ["attribution claim", "none"] * 2
