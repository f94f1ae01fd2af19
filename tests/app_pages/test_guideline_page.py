import pytest
from screens import told, words

from db.engine import reading
from workbench.services import guidelines
from workbench.services.permissions import OPERATOR, Role


@pytest.mark.parametrize("role", Role)
def test_everybody_in_the_project_reads_the_guideline(installation, role):
    project = installation.project()
    page = installation.open("guideline", as_=installation.sign_in(role, project))
    assert not page.exception
    assert "# Guideline" in words(page)
    assert "Guideline version 1" in words(page)


def test_somebody_in_no_project_is_told_so(installation):
    installation.project()
    page = installation.open("guideline", as_=installation.sign_in(None))
    assert not page.exception
    assert "You are in no project yet. Ask a manager to add you." in words(page)
    assert not page.get("link_button")


def test_an_empty_installation_says_what_comes_first(installation):
    page = installation.open("guideline", as_=installation.sign_in(Role.ADMIN))
    assert not page.exception
    assert "There are no articles yet." in words(page)
    assert "Ask a manager" not in words(page)
    [button] = page.get("link_button")
    assert (button.proto.label, button.proto.url) == ("Bring articles in", "/articles")


@pytest.fixture
def project(installation):
    return installation.project()


@pytest.fixture
def writing(installation, project):
    """The page of a manager, with another text and a reason filled in."""
    page = installation.open("guideline", as_=installation.sign_in(Role.MANAGER, project))
    page.text_area[0].set_value("# Guideline\n\n## Claim\n\nCan it be checked?").run()
    page.text_input[0].set_value("Sections").run()
    assert not page.exception
    return page


def history(installation):
    with reading(installation.engines) as session:
        return guidelines.history(session, actor=OPERATOR, slug="demo")


def press(page, label):
    [button] = [each for each in page.button if each.label == label]
    button.click().run()
    assert not page.exception
    return page


def test_the_preview_follows_the_text(writing):
    assert "Can it be checked?" in "".join(each.value for each in writing.markdown)
    assert "4 lines added, 0 lines removed; not saved yet." in words(writing)


def test_saving_makes_a_version_that_everybody_reads(installation, project, writing):
    press(writing, "Save as a new version")
    newest = history(installation)[0]
    assert (newest.version, newest.note) == (2, "Sections")
    assert "Version 2 is in force" in told(writing)
    page = installation.open("guideline", as_=installation.sign_in(Role.REVIEWER, project))
    assert "Guideline version 2" in words(page)


def test_what_cannot_be_saved_stays_in_the_field(installation, writing):
    writing.text_area[0].set_value("# Guideline\n\n<b>Bold</b>").run()
    assert "Line 3 of the guideline holds an HTML tag" in words(writing)
    press(writing, "Save as a new version")
    assert len(history(installation)) == 1
    assert writing.text_area[0].value.endswith("<b>Bold</b>")


def test_who_comes_second_is_told_and_keeps_what_was_written(installation, writing):
    save(installation, "# Another")
    page = press(writing, "Save as a new version")
    assert [each.version for each in history(installation)] == [2, 1]
    assert "Somebody saved version 2" in words(page)
    assert "Can it be checked?" in page.text_area[0].value
    press(press(page, "Go on from version 2"), "Save as a new version")
    assert "Can it be checked?" in history(installation)[0].text


def save(installation, text):
    with installation.rows() as (session, make):
        values = {"actor": OPERATOR, "slug": "demo", "note": "Mine", "now": make.now}
        guidelines.save(session, base_version=1, text=text, **values)


def test_who_has_written_nothing_yet_gets_the_new_text(installation, project):
    page = installation.open("guideline", as_=installation.sign_in(Role.MANAGER, project))
    save(installation, "# Another")
    page.run()
    assert page.text_area[0].value == "# Another\n"
    assert not page.warning


def test_the_history_compares_and_takes_an_old_version_up_again(installation, writing):
    page = press(writing, "Save as a new version")
    assert "What differs from version 1:" in words(page)
    [chosen] = [each for each in page.selectbox if each.label == "Version"]
    page = press(chosen.set_value(1).run(), "Take version 1 up again")
    assert [each.note for each in history(installation)] == ["Version 1 again", "Sections", ""]
    assert page.text_area[0].value.strip() == "# Guideline"


def test_who_labels_reads_the_history_and_changes_nothing(installation, project):
    save(installation, "# Another")
    page = installation.open("guideline", as_=installation.sign_in(Role.REVIEWER, project))
    assert not page.text_area
    assert not [each for each in page.button if "up again" in each.label]
