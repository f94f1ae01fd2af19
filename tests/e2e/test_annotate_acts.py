"""Whatever else a reviewer does while annotating: skip, comment, look back, stop and come again."""

import re

import pytest
from playwright.sync_api import expect
from running import until

from tests.e2e.annotator_page import AnnotatorPage


def test_skipping_asks_for_a_reason(annotator, queue):
    annotator.press("s")
    expect(annotator.sheet).to_contain_text("Skip: why?")
    annotator.press("2")

    assert annotator.sentence == queue[1]
    assert annotator.stored() == {queue[0]: "skipped: needs context"}


def test_a_reason_to_skip_can_be_written(annotator, queue):
    annotator.press("s", "4")
    annotator.page.keyboard.type("no 1 knows")
    annotator.press("Enter")

    assert annotator.stored() == {queue[0]: "skipped: other: no 1 knows"}


def test_what_is_not_a_sentence_is_said_by_one_key(annotator, queue):
    annotator.press("x")

    assert annotator.sentence == queue[1]
    assert annotator.stored() == {queue[0]: "skipped: not_a_sentence"}


def test_a_comment_is_stored_and_the_sentence_stays(annotator, queue, installation):
    annotator.press("m")
    annotator.page.keyboard.type("Which bridge?")
    annotator.press("Control+Enter")

    annotator.has_sent_all()
    assert annotator.sentence == queue[0]
    assert installation.answers(annotator.name)[queue[0]].comment == "Which bridge?"


def test_a_comment_that_is_taken_back_is_offered_again_and_can_be_saved(
    annotator, queue, installation
):
    annotator.press("m")
    annotator.page.keyboard.type("Which bridge?")
    annotator.press("Control+Enter", "z")
    expect(annotator.root.get_by_text("Comment not saved yet", exact=True)).to_be_visible()
    annotator.has_sent_all()
    assert installation.answers(annotator.name)[queue[0]].comment is None
    annotator.reload().press("m")
    field = annotator.sheet.get_by_role("textbox", name="Comment on this sentence")
    expect(field).to_have_value("Which bridge?")
    annotator.press("Control+Enter")

    annotator.has_sent_all()
    assert installation.answers(annotator.name)[queue[0]].comment == "Which bridge?"


def test_while_a_reason_is_asked_for_only_the_keys_of_its_sheet_do_something(annotator, queue):
    others = ("5", "0", "n", "x", "z", "c", "w", "f", "q", "m", "g", "?", "v", "ArrowLeft")
    annotator.press("1", "s")
    annotator.press(*others)
    expect(annotator.sheet).to_have_accessible_name("Skip: why?")
    annotator.press("s")
    expect(annotator.sheet).to_be_hidden()
    annotator.press("s", "2")

    annotator.shows(queue[2])
    expect(annotator.button("Claim")).to_have_attribute("aria-pressed", "false")
    assert annotator.stored() == {queue[0]: "claim", queue[1]: "skipped: needs context"}


def test_beside_the_field_of_a_comment_no_key_decides(annotator, queue):
    annotator.press("m")
    annotator.page.keyboard.type("Why?")
    annotator.sheet.get_by_role("button", name="Save comment").focus()
    annotator.press("1", "n", "x", "z", "m")

    field = annotator.sheet.get_by_role("textbox", name="Comment on this sentence")
    expect(field).to_be_focused()
    expect(field).to_have_value("Why?")
    assert annotator.sentence == queue[0]
    assert annotator.pending == 0


def test_who_comes_back_from_the_article_sees_the_sentence_they_left(annotator, queue):
    annotator.press("1", "2", "3", "ArrowLeft", "ArrowLeft")
    annotator.shows(queue[1])
    annotator.has_sent_all()
    annotator.root.get_by_title("Open the article at this sentence").click()
    expect(annotator.page).to_have_url(re.compile("/articles"))
    annotator.page.go_back()
    annotator.shows(queue[1])
    annotator.press("ArrowRight", "ArrowRight")
    annotator.shows(queue[3])
    expect(annotator.page).not_to_have_url(re.compile("sentence="))

    annotator.reload().shows(queue[3])


def test_a_flag_is_set_and_taken_off_and_the_sentence_stays(annotator, queue, installation):
    annotator.press("f")
    expect(annotator.button("Flag")).to_have_attribute("aria-pressed", "true")
    annotator.has_sent_all()
    assert installation.answers(annotator.name)[queue[0]].is_flagged

    annotator.press("f")
    annotator.has_sent_all()
    assert annotator.sentence == queue[0]
    assert not installation.answers(annotator.name)[queue[0]].is_flagged


@pytest.mark.parametrize("width", [1024, 390])
def test_labels_flag_and_comment_stand_in_the_margin_whole(annotator, queue, width):
    annotator.page.set_viewport_size({"width": width, "height": 768})
    annotator.press("f", "m")
    annotator.page.keyboard.type("Which bridge?")
    annotator.press("Control+Enter", "4", "ArrowLeft")

    tag = annotator.segment(queue[0]).locator(".tag")
    for letter in (tag.get_by_text("C"), tag.get_by_text("⚑")):
        expect(letter).to_be_in_viewport(ratio=1)


def test_check_worthiness_is_given_by_key_or_click_and_saved_with_the_labels(
    annotator, queue, installation
):
    annotator.press("w", "w", "c", "Enter")
    annotator.button("2 consequential").click()
    annotator.press("a", "Enter", "n")

    annotator.has_sent_all()
    answers = installation.answers(annotator.name)
    assert [answers[sentence].worth for sentence in queue[:3]] == [1, 2, None]


def test_one_can_look_back_and_forth_and_correct_an_answer(annotator, queue):
    annotator.press("1", "2", "ArrowLeft", "ArrowLeft")
    annotator.shows(queue[0])
    annotator.press("ArrowRight")
    annotator.shows(queue[1])
    annotator.press("ArrowLeft")
    expect(annotator.button("Claim")).to_have_attribute("aria-pressed", "true")
    annotator.press("d", "Enter")

    annotator.shows(queue[2])
    annotator.press("ArrowLeft", "ArrowRight")
    annotator.shows(queue[2])
    assert annotator.stored() == {queue[0]: "claim dispute", queue[1]: "attribution"}


def test_the_guideline_stands_beside_the_sentence_while_labelling_goes_on(annotator, queue):
    annotator.press("g")
    expect(annotator.sheet).to_have_accessible_name(re.compile("^Guideline, version 1"))
    expect(annotator.sheet.get_by_role("heading", name="Claim")).to_be_visible()
    annotator.press("1")

    annotator.shows(queue[1])
    expect(annotator.sheet).to_be_visible()
    annotator.press("Escape")
    expect(annotator.sheet).to_be_hidden()
    assert annotator.stored() == {queue[0]: "claim"}


def test_the_question_mark_shows_all_keys(annotator):
    annotator.press("?")

    expect(annotator.sheet).to_have_accessible_name("All keys")
    for words in ("Save, and on to the next sentence", "Undo, and back to that sentence"):
        expect(annotator.sheet).to_contain_text(words)


def test_single_keys_can_be_switched_off_for_good(annotator, queue):
    annotator.root.get_by_role("switch", name="Single-key shortcuts").click()
    annotator.press("n", "1", "c")
    assert annotator.sentence == queue[0]
    annotator.reload().press("n", "1")
    assert annotator.sentence == queue[0]

    annotator.button("None").click()
    assert annotator.stored() == {queue[0]: "none"}


def test_work_goes_on_where_it_stopped_after_a_reload_and_after_a_new_sign_in(
    annotator, queue, installation, sign_in
):
    annotator.press(*"12345")
    annotator.has_sent_all()
    annotator.reload().shows(queue[5])

    elsewhere = AnnotatorPage(sign_in(annotator.name), installation).ready()
    elsewhere.shows(queue[5])


def test_an_undo_is_possible_after_a_reload(annotator, queue):
    annotator.press("1", "2")
    annotator.reload().press("z")

    annotator.shows(queue[1])
    assert annotator.stored() == {queue[0]: "claim", queue[1]: "open"}


def test_an_undo_reaches_as_far_after_a_reload_whatever_was_taken_back_before(annotator, queue):
    annotator.press(*"1" * 24, *"z" * 21)
    annotator.shows(queue[3])
    annotator.has_sent_all()
    annotator.reload().press("z", "z", "z")

    annotator.shows(queue[0])
    expect(annotator.button("Undo")).to_be_disabled()
    assert set(annotator.stored().values()) == {"open"}


def test_an_undo_goes_on_into_articles_that_the_page_did_not_open_with(sign_in, installation):
    texts = {f"{name}.txt": f"The {name} was shut.\n" for name in ("quay", "pier", "dock", "lock")}
    slug = installation.create_another("narrow")
    installation.bring(slug, texts)
    annotator = AnnotatorPage(sign_in(project=slug), installation).ready()
    annotator.press(*"1111")
    annotator.has_sent_all()
    annotator.page.reload()
    for sentence in reversed(installation.queue(slug)):
        expect(annotator.button("Undo")).to_be_enabled()
        annotator.press("z")
        annotator.shows(sentence)

    assert set(annotator.stored().values()) == {"open"}


def test_the_end_of_the_queue_says_so_and_leads_on(sign_in, installation):
    installation.create("short", quay="The quay was shut. The mayor denied it.\n")
    annotator = AnnotatorPage(sign_in(project="short"), installation).ready()
    annotator.press("1", "5")

    expect(annotator.root.get_by_role("heading", name="All done")).to_be_visible()
    expect(annotator.root).to_have_attribute("data-sentence", "")
    expect(annotator.root.get_by_role("link", name="See the articles")).to_be_visible()
    assert list(annotator.stored().values()) == ["claim", "claim dispute"]


def test_a_new_article_appears_at_the_end_of_the_queue_without_a_reload(sign_in, installation):
    installation.create("growing", quay="The quay was shut.\n")
    annotator = AnnotatorPage(sign_in(project="growing"), installation).ready()
    annotator.press("1")
    expect(annotator.root.get_by_role("heading", name="All done")).to_be_visible()
    installation.bring("growing", {"ferry.txt": "The ferry was late.\n"})

    annotator.page.evaluate("globalThis.dispatchEvent(new Event('focus'))")
    annotator.shows(installation.queue("growing")[1])


@pytest.mark.parametrize("path", ["/?sentence={}", "/annotate?sentence={}"])
def test_an_address_leads_to_its_sentence(annotator, queue, path):
    annotator.visitor.open(path.format(queue[30]))

    annotator.shows(queue[30])
    annotator.press("1")
    until(lambda: annotator.stored() == {queue[30]: "claim"})
    annotator.shows(queue[0])


def test_the_page_has_an_address_by_its_name(annotator, queue):
    annotator.visitor.open("/annotate")

    annotator.shows(queue[0])
