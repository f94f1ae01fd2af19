"""The annotate loop in a real browser: a key, the next sentence, and the label in the database."""

from playwright.sync_api import expect


def test_label_keys_and_enter_show_the_next_sentence_at_once_and_store_the_labels(annotator, queue):
    annotator.press("c", "a")
    expect(annotator.button("Claim")).to_have_attribute("aria-pressed", "true")
    annotator.press("Enter")

    assert annotator.sentence == queue[1]
    assert annotator.stored() == {queue[0]: "attribution claim"}


def test_no_key_of_the_loop_opens_a_dialog_of_streamlit(annotator):
    annotator.press("c", "r", "c", "n", "Enter", "r")

    assert annotator.page.get_by_role("dialog").count() == 0
    assert annotator.stored()


def test_undo_goes_back_and_the_sentence_is_labelled_anew(annotator, queue, installation):
    annotator.press("n", "z")
    assert annotator.sentence == queue[0]
    annotator.press("d", "Enter")

    assert annotator.stored() == {queue[0]: "dispute"}
    events = installation.events(annotator.name)
    assert [(event.act, event.labels) for event in events] == [
        ("label", "none"),
        ("clear", "open"),
        ("label", "dispute"),
    ]


def test_a_key_held_down_labels_one_sentence(annotator, queue):
    for _ in range(6):
        annotator.page.keyboard.down("n")
    annotator.page.keyboard.up("n")

    assert annotator.sentence == queue[1]
    assert annotator.stored() == {queue[0]: "none"}


def test_typing_in_a_field_labels_nothing(annotator, queue):
    annotator.press("m")
    annotator.page.keyboard.type("can n 1 z")

    expect(annotator.sheet.get_by_label("Comment on this sentence")).to_have_value("can n 1 z")
    annotator.press("Escape")
    assert annotator.sentence == queue[0]
    assert annotator.stored() == {}


def test_everything_that_labels_can_be_clicked(annotator, queue):
    annotator.button("Claim").click()
    annotator.button("Dispute").click()
    annotator.button("Save").click()
    annotator.button("None").click()
    annotator.button("2: attribution, save and go on").click()
    annotator.button("Not a sentence").click()

    assert annotator.sentence == queue[4]
    assert list(annotator.stored().values()) == [
        "claim dispute",
        "none",
        "attribution",
        "skipped: not_a_sentence",
    ]


def test_each_digit_saves_its_combination_and_goes_on(annotator, queue):
    annotator.press(*"123450")

    assert annotator.sentence == queue[6]
    assert list(annotator.stored().values()) == [
        "claim",
        "attribution",
        "attribution claim",
        "attribution claim dispute",
        "claim dispute",
        "none",
    ]


def test_labels_given_offline_are_kept_on_the_device_and_stored_once_online(
    annotator, queue, installation
):
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.set_offline(True)
    annotator.press(*"1234512345")
    assert (annotator.sentence, annotator.pending) == (queue[10], 10)
    expect(annotator.saving).to_contain_text("10 labels kept on this device")

    annotator.visitor.context.set_offline(False)
    assert list(annotator.stored()) == queue[:10]
    assert [event.sentence for event in installation.events(annotator.name)] == queue[:10]


def test_labels_given_after_a_crash_of_the_server_are_stored_when_it_is_back(
    annotator, queue, installation
):
    annotator.visitor.may_lose_connections = True
    annotator.press("1")
    annotator.has_sent_all()
    installation.workbench.kill()
    annotator.press(*"nnnnnnnn")
    assert (annotator.sentence, annotator.pending) == (queue[9], 8)
    assert installation.labels(annotator.name) == {queue[0]: "claim"}

    installation.workbench.start()
    assert list(annotator.stored()) == queue[:9]


def test_nothing_interrupts_labelling_while_the_server_is_away(annotator, queue, installation):
    annotator.visitor.may_lose_connections = True
    annotator.press("1")
    annotator.has_sent_all()
    installation.workbench.kill()
    annotator.press("m")
    for _ in range(70):  # past the moment at which Streamlit would show that it is not connected
        annotator.page.keyboard.type("x", delay=100)
    expect(annotator.sheet.get_by_label("Comment on this sentence")).to_have_value("x" * 70)
    annotator.press("Control+Enter", "2", "c", "Enter")
    annotator.button("None").click()
    annotator.button("5: claim and dispute, save and go on").click()

    assert (annotator.sentence, annotator.pending) == (queue[5], 5)
    expect(annotator.page.get_by_role("dialog")).to_have_count(0)
    expect(annotator.saving).to_have_text(
        "Not connected: 4 labels and 1 other change kept on this device"
    )
    installation.workbench.start()
    given = ["claim", "attribution", "claim", "none", "claim dispute"]
    assert list(annotator.stored().values()) == given
    assert installation.answers(annotator.name)[queue[1]].comment == "x" * 70


def test_a_label_given_signed_out_is_kept_and_sent_after_the_next_sign_in(
    annotator, queue, installation
):
    annotator.visitor.may_lose_connections = True
    annotator.visitor.context.clear_cookies()
    annotator.press("3")
    expect(annotator.saving).to_contain_text("Signed out: 1 label kept on this device")
    assert installation.labels(annotator.name) == {}

    annotator.visitor.context.new_page().goto(installation.link(annotator.name))
    assert annotator.stored() == {queue[0]: "attribution claim"}


def test_a_reload_right_after_four_presses_loses_none_of_them(annotator, queue):
    annotator.press(*"1234")
    annotator.reload()

    assert list(annotator.stored()) == queue[:4]
    annotator.shows(queue[4])


def test_labels_that_were_not_sent_yet_survive_a_reload_and_a_closed_tab(annotator, queue):
    annotator.visitor.may_lose_connections = True
    context = annotator.visitor.context
    context.route("**/api/ops", lambda route: route.abort())
    annotator.press(*"1234")
    annotator.reload().shows(queue[4])
    assert annotator.pending == 4

    later = annotator.in_another_tab()
    annotator.page.close()
    later.shows(queue[4])
    context.unroute("**/api/ops")
    assert list(later.stored()) == queue[:4]


def test_every_decision_is_stored_under_an_id_of_its_own_in_the_order_given(
    annotator, queue, installation
):
    annotator.press(*"1z2nzz3f4")
    annotator.has_sent_all()

    events = installation.events(annotator.name)
    assert len({event.op_id for event in events}) == len(events) == 9
    assert [(event.act, event.labels) for event in events] == [
        ("label", "claim"),
        ("clear", "open"),
        ("label", "attribution"),
        ("label", "none"),
        ("clear", "open"),
        ("clear", "open"),
        ("label", "attribution claim"),
        ("flag", "open"),
        ("label", "attribution claim dispute"),
    ]
