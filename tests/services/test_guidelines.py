"""A guideline is text, written version by version, and taken back by another version."""

import pytest
from conftest import NOON

from workbench.errors import InputError, NotAllowedError, NotFoundError, TakenError
from workbench.services import guidelines, projects
from workbench.services.permissions import Role

TEXT = "# Rules\n\n## Claim\n\nSomething to *check*.\n"


@pytest.fixture
def project(make):
    return make.project(slug="quay")


@pytest.fixture
def manager(make, project):
    return make.actor(project, role=Role.MANAGER)


@pytest.fixture
def save(session, manager):
    def saved(text=TEXT, base=1, **given):
        values = {"actor": manager, "slug": "quay", "note": "Clearer", "now": NOON}
        return guidelines.save(session, base_version=base, text=text, **values | given)

    return saved


def history(session, who):
    return guidelines.history(session, actor=who, slug="quay")


def test_every_save_is_a_version_with_who_when_and_why(session, manager, save):
    assert save(TEXT.replace("\n", "\r\n")) == 2
    new, old = history(session, manager)
    assert (new.text, new.made_by, new.created_at, new.note) == (
        TEXT,
        manager.name,
        NOON,
        "Clearer",
    )
    assert (old.version, old.text, old.made_by) == (1, "# Guideline", "the workbench")


def test_the_newest_version_is_in_force(session, project, save):
    save()
    rules = projects.rules(session, project_id=project.id)
    assert (rules.guideline_version, rules.guideline_text) == (2, TEXT)


def test_who_saves_second_is_told_and_overwrites_nothing(session, manager, save):
    save()
    with pytest.raises(TakenError, match="version 2 of the guideline"):
        save("# Other\n")
    assert len(history(session, manager)) == 2


def test_an_old_version_comes_back_as_a_new_one(session, manager, save):
    save()
    act = {"actor": manager, "slug": "quay", "now": NOON}
    assert guidelines.restore(session, base_version=2, version=1, **act) == 3
    newest = history(session, manager)[0]
    assert (newest.text.strip(), newest.note) == ("# Guideline", "Version 1 again")
    with pytest.raises(NotFoundError, match="no version 9"):
        guidelines.restore(session, base_version=3, version=9, **act)


def test_the_same_text_makes_no_version(save):
    with pytest.raises(InputError, match="Nothing was changed"):
        save("\n# Guideline  ")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADJUDICATOR])
def test_only_who_manages_the_project_writes_it(session, make, project, save, role):
    reader = make.actor(project, role=role)
    assert len(history(session, reader)) == 1
    with pytest.raises(NotAllowedError):
        save(actor=reader)


@pytest.mark.parametrize(
    "held",
    [
        "![x](https://elsewhere.example/x.png)",
        "![x][ref]",
        "<img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "</div>",
        "<br>",
        "<br/>",
        "<!-- hidden -->",
        "<a href='javascript:x'>x</a>",
        "<iframe src=//elsewhere.example></iframe>",
        "``` \ncode\n```\n<b>",
    ],
)
def test_html_and_images_are_refused_with_their_line(save, held):
    with pytest.raises(InputError, match=rf"Line {3 + held.rstrip('>').count(chr(10))} of"):
        save(f"# Rules\n\n{held}\n")


@pytest.mark.parametrize(
    "held",
    [
        "`<b>` stands for bold",
        "```\n<b>\n```",
        "<https://example.org>",
        "fewer than 3 < 4 > 2",
        "a < b and c > d",
        "Well! [A link](https://example.org)",
        "> Quoted *words* and a | table |",
    ],
)
def test_markdown_is_not_mistaken_for_html(held):
    assert guidelines.fault(f"# Rules\n\n{held}\n") is None


@pytest.mark.parametrize("text", ["", " \n", "x\x00", "x" * 100_001])
def test_what_is_no_guideline_is_refused(save, text):
    with pytest.raises(InputError):
        save(text)


def test_labels_without_a_section_are_named(session, project, save):
    save()
    rules = projects.rules(session, project_id=project.id)
    assert guidelines.without_section(rules) == ["Attribution", "Dispute"]
