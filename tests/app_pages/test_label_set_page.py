"""The label set page: what is in force, changed with a reason, and nothing typed lost."""

import pytest
from screens import told, words
from streamlit.testing.v1 import AppTest

from db.engine import database_now, reading
from workbench.services import label_edits, label_saving, label_sets
from workbench.services.label_changes import LabelDraft, PresetDraft
from workbench.services.permissions import OPERATOR, Role

WHY = "Why? Reviewers read it in the history."
ANOTHER = "It is another label than a retired or merged one of the same name"
ON_FOUR = PresetDraft("4", ("dispute",))
COLOURS = {"claim": "blue", "attribution": "violet", "dispute": "orange"}


@pytest.fixture
def project(installation):
    """Version 2: every label in a colour of its own."""
    made = installation.project()
    labels = [
        LabelDraft(key.title(), f"Is it a {key}?", key[0], colour, key)
        for key, colour in COLOURS.items()
    ]
    act(installation, label_edits.edit(labels), base_version=1)
    return made


def act(installation, change, *, base_version):
    with installation.rows() as (session, _):
        at = database_now(session)
        given = {"actor": OPERATOR, "slug": "demo", "note": "Set up", "now": at}
        label_saving.save(session, change=change, base_version=base_version, **given)


@pytest.fixture
def manager(installation, project):
    return installation.sign_in(Role.MANAGER, project)


@pytest.fixture
def open_page(installation, manager):
    page = installation.open("label_set", as_=manager)
    assert not page.exception
    return page


def field(widgets, label, place=0):
    return [each for each in widgets if each.label == label][place]


def newest(installation):
    with reading(installation.engines) as session:
        return label_sets.history(session, actor=OPERATOR, slug="demo")[0]


def press(page, label):
    field(page.button, label).click().run()
    assert not page.exception
    return page


def test_it_shows_each_label_with_its_mark_and_its_fields(open_page):
    names = [each.value for each in open_page.text_input if each.label == "Name"]
    assert names[:3] == ["Claim", "Attribution", "Dispute"]
    assert ":violet[Attribution]" in words(open_page)
    assert "no section called Claim, Attribution, Dispute" in words(open_page)


def test_a_change_is_a_new_version_with_its_reason(installation, open_page):
    field(open_page.text_input, "Name").set_value("Statement")
    field(open_page.text_input, "Why? Reviewers read it in the history.").set_value("Plainer")
    page = press(open_page, "Save as a new version")
    found = newest(installation)
    assert (found.version, found.note, found.changes) == (
        3,
        "Plainer",
        ("Claim renamed to Statement",),
    )
    assert "Version 3 is in force" in told(page)


def test_without_a_reason_nothing_is_saved_and_the_fields_are_kept(installation, open_page):
    field(open_page.text_input, "Name").set_value("Statement")
    page = press(open_page, "Save as a new version")
    assert newest(installation).version == 2
    assert "why" in words(page)
    assert field(page.text_input, "Name").value == "Statement"


def test_a_label_moves_to_another_place(installation, open_page):
    field(open_page.selectbox, "Place", 2).set_value(1)
    field(open_page.text_input, "Why? Reviewers read it in the history.").set_value("Common first")
    press(open_page, "Save as a new version")
    keys = [label.key for label in newest(installation).draft.labels]
    assert keys == ["dispute", "claim", "attribution"]


def test_who_comes_second_is_told_and_keeps_what_was_typed(installation, open_page):
    field(open_page.text_input, "Name").set_value("Statement")
    act(installation, label_edits.retire("dispute"), base_version=2)
    field(open_page.text_input, "Why? Reviewers read it in the history.").set_value("Plainer")
    page = press(open_page, "Save as a new version")
    assert newest(installation).version == 3
    assert "Somebody saved version 3" in words(page)
    assert field(page.text_input, "Name").value == "Statement"
    page = press(page, "Go on from version 3")
    names = [each.value for each in page.text_input if each.label == "Name"]
    assert names[:2] == ["Claim", "Attribution"]


def test_a_label_is_added(installation, open_page):
    field(open_page.text_input, "Name", 3).set_value("Source")
    add = "The one-line test that decides it"
    field(open_page.text_area, add, 3).set_value("Is the source unnamed?")
    field(open_page.text_input, "Why? Reviewers read it in the history.", 1).set_value("Asked for")
    press(open_page, "Add it as a new version")
    added = newest(installation).draft.labels[-1]
    assert (added.key, added.colour, added.shortcut) == ("source", "green", "B")


def test_before_a_label_goes_its_answers_are_counted(installation, open_page):
    assert "Nobody has given this label yet." in words(open_page)
    field(open_page.selectbox, "It goes on in").set_value("dispute").run()
    why = field(open_page.text_input, "Why? Reviewers read it in the history.", 2)
    why.set_value("The same")
    press(open_page, "Merge Claim into Dispute")
    assert newest(installation).changes[0] == "Claim merged into Dispute"


def test_a_press_beside_a_choice_that_is_newer_retires_nothing(installation, open_page):
    field(open_page.text_input, WHY, 2).set_value("Rare")
    field(open_page.selectbox, "Label").set_value("dispute")
    press(open_page, "Retire Claim")
    assert newest(installation).version == 2

    press(open_page, "Retire Dispute")
    assert newest(installation).changes[0] == "Dispute retired"


def _retire_twice() -> None:
    from workbench.services import label_edits
    from workbench.ui import label_acts

    for _ in range(2):
        label_acts.act(label_edits.retire("dispute"), "demo", base_version=2, note="Rare")
    label_acts.outcome()


def test_a_second_press_says_nothing_against_the_version_of_the_first(installation, manager):
    page = AppTest.from_function(_retire_twice, default_timeout=20)
    page.user = {"uid": manager}
    page.run()

    assert told(page).count("Version 3 is in force.") == 1
    assert not page.warning
    assert newest(installation).version == 3


def test_before_a_label_is_retired_it_is_told_what_goes_with_it(installation, manager):
    presets = [PresetDraft("4", ("claim",)), PresetDraft("5", ("attribution", "claim"))]
    act(installation, label_edits.set_presets(presets), base_version=2)
    told = installation.open("label_set", as_=manager).warning[0].value
    assert "Presets that go with it: 4." in told
    assert "Presets that give the labels that are left instead: 5." in told
    assert "can be taken up again" in told


def test_a_retired_label_is_taken_up_again(installation, manager):
    act(installation, label_edits.set_presets([ON_FOUR]), base_version=2)
    act(installation, label_edits.retire("dispute"), base_version=3)
    page = installation.open("label_set", as_=manager)
    assert "Presets that come back: 4." in words(page)
    assert field(page.text_input, "Name", 3).value == "Dispute"
    field(page.text_input, WHY, 3).set_value("Needed after all")
    press(page, "Take it up as a new version")
    found = newest(installation)
    assert found.changes == ("Dispute taken up again", "Presets changed")
    assert (found.draft.labels[-1].key, found.draft.presets) == ("dispute", (ON_FOUR,))


def test_a_new_label_named_as_a_retired_one_is_offered_the_old_one(installation, manager):
    act(installation, label_edits.retire("dispute"), base_version=2)
    page = installation.open("label_set", as_=manager)
    field(page.text_input, "Name", 2).set_value("Dispute")
    field(page.text_area, "The one-line test that decides it", 2).set_value("Who denies it?")
    field(page.text_input, WHY, 1).set_value("Asked for")
    page = press(page, "Add it as a new version")
    assert "Take it up again" in page.warning[0].value
    assert newest(installation).version == 3
    assert field(page.text_input, "Name", 2).value == "Dispute"
    field(page.checkbox, ANOTHER).check()
    press(page, "Add it as a new version")
    assert newest(installation).draft.labels[-1].key == "dispute_2"


def test_a_digit_gives_other_labels(installation, open_page):
    field(open_page.selectbox, "Key 7").set_value(("claim", "dispute"))
    whys = [
        each
        for each in open_page.text_input
        if each.label == "Why? Reviewers read it in the history."
    ]
    whys[-1].set_value("Common")
    field(open_page.button, "Save as a new version", 1).click().run()
    assert not open_page.exception
    (preset,) = newest(installation).draft.presets
    assert (preset.key, preset.labels) == ("7", ("claim", "dispute"))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_who_labels_is_told_it_is_for_managers(installation, project, role):
    page = installation.open("label_set", as_=installation.sign_in(role, project))
    assert not page.exception
    assert "does not include this" in words(page)
    assert not page.text_input


def test_without_a_project_it_says_what_comes_first(installation):
    page = installation.open("label_set", as_=installation.sign_in(Role.ADMIN))
    assert not page.exception
    assert "Bring articles in" in words(page)


def test_the_presets_follow_each_other_as_the_digits_do(open_page):
    keys = [each.label for each in open_page.selectbox if each.label.startswith("Key ")]
    assert keys == [f"Key {digit}" for digit in "1234567890"]
