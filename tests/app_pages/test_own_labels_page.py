"""Your labels: found again, seen with their history, and led to where they are corrected."""

import pytest
from screens import QUAY, choose, component_data, words

from workbench.services import label_edits
from workbench.services.label_changes import LabelDraft
from workbench.services.label_saving import save
from workbench.services.permissions import OPERATOR, Role


@pytest.fixture
def project(installation):
    made = installation.project()
    installation.bring_in(quay=QUAY)
    return made


@pytest.fixture
def reviewer(installation, project):
    return installation.sign_in(Role.REVIEWER, project)


def test_before_the_first_label_it_says_what_comes(installation, reviewer):
    page = installation.open("own_labels", as_=reviewer)
    assert not page.exception
    assert "You have labelled nothing here yet" in words(page)


def test_ones_labels_are_listed_and_found(installation, project, reviewer):
    installation.decide(project, as_=reviewer, n=3)
    installation.decide(project, as_=installation.sign_in(Role.REVIEWER, project), n=5)
    page = installation.open("own_labels", as_=reviewer)
    assert not page.exception
    assert len(page.dataframe[0].value) == 3
    assert set(page.dataframe[0].value["Your answer"]) == {"Claim"}
    page.text_input[0].set_value("FERRIES").run()
    assert list(page.dataframe[0].value["Sentence"]) == ["Two ferries came in."]
    page.text_input[0].set_value("zzz").run()
    assert "None of your labels is so" in words(page)


def test_a_row_shows_its_history_and_the_way_to_correct_it(installation, project, reviewer):
    installation.decide(project, as_=reviewer, n=1)
    page = choose(installation.open("own_labels", as_=reviewer), 0)
    assert list(page.dataframe[1].value["What"]) == ["labelled"]
    [link] = page.get("link_button")
    assert link.proto.url.startswith("/?project=demo&sentence=")


def test_the_history_stays_on_its_sentence_when_another_is_decided(installation, project, reviewer):
    installation.decide(project, as_=reviewer, n=2)
    page = installation.open("own_labels", as_=reviewer)
    sentence = page.dataframe[0].value["Sentence"][1]
    choose(page, 1)
    installation.decide(project, as_=reviewer, n=1)
    page.run()
    assert page.dataframe[0].value["Sentence"][1] != sentence
    assert sentence in words(page)


def test_what_was_given_under_labels_that_changed_is_offered_again(installation, project, reviewer):
    installation.decide(project, as_=reviewer, n=2)
    with installation.rows() as (session, make):
        given = {"actor": OPERATOR, "slug": "demo", "note": "Set up", "now": make.now}
        colours = {"claim": "blue", "attribution": "violet", "dispute": "orange"}
        labels = [LabelDraft(k.title(), f"{k}?", k[0], c, k) for k, c in colours.items()]
        same = label_edits.edit(labels, wording_only=True)
        save(session, base_version=1, change=same, **given)
        merged = label_edits.merge("claim", into="dispute")
        save(session, base_version=2, change=merged, **given)
    page = installation.open("own_labels", as_=reviewer)
    assert not page.exception
    assert [tab.label for tab in page.tabs] == ["To look at again (2)", "All"]
    assert "You gave: Claim. Claim was merged into Dispute." in words(page)
    assert page.get("link_button")[0].proto.url == "/?project=demo&again=1"
    line = component_data(installation.open("annotate", as_=reviewer, again="1"))
    assert (len(line["again"]), line["start"]) == (2, line["again"][0])
    assert {one.partition(":")[0] for one in line["again"]} <= set(line["articles"])
    assert component_data(installation.open("annotate", as_=reviewer))["again"] == []
