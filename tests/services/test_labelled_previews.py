"""What a labelled file holds is told before anything is stored."""

import json

import pytest

from workbench.errors import NotAllowedError
from workbench.formats import readers
from workbench.formats.labelled import Asked
from workbench.services import labelled_previews
from workbench.services.choices import Choices
from workbench.services.permissions import OPERATOR, Role
from workbench.services.preparing import Source

KNOWN = Asked(labels={"claim": "Claim", "dispute": "Dispute"})


def prodigy(n, label, who="ada"):
    return {"text": f"Boat {n}.", "accept": [label], "answer": "accept", "_annotator_id": who}


def look(*records, name="a.jsonl", most=100, **said):
    data = "\n".join(map(json.dumps, records)).encode()
    source = Source(name, lambda: data, Choices(**said))
    return labelled_previews.look(source, known=KNOWN, limits=readers.BROWSER, most=most)


def test_texts_answers_and_annotators_are_counted():
    found = look(prodigy(1, "claim"), prodigy(2, "Dispute", "bea"), prodigy(3, "claim", "bea"))
    assert (found.n_texts, found.n_answers, found.annotators) == (3, 3, ("ada", "bea"))
    assert (found.tool, found.is_taken, found.has_more) == ("an export of Prodigy", True, False)
    assert found.sample[1] == ("Boat 2.", ("Dispute",))


def test_each_label_says_which_of_ours_it_is():
    found = look(prodigy(1, "CLAIM"), prodigy(2, "ODD"), prodigy(3, "ODD"))
    assert [(one.name, one.n, one.key) for one in found.labels] == [
        ("ODD", 2, None),
        ("CLAIM", 1, "claim"),
    ]
    assert [one.name for one in found.unknown] == ["ODD"]


def test_what_was_said_about_a_label_holds():
    found = look(prodigy(1, "ODD"), prodigy(2, "FACT"), labels={"ODD": "", "FACT": "claim"})
    assert {one.name: one.key for one in found.labels} == {"ODD": "", "FACT": "claim"}
    assert found.unknown == ()


def test_a_bad_record_is_told_with_its_line():
    found = look(prodigy(1, "claim"), {"answer": "accept"})
    assert (found.n_faults, found.faults[0].where) == (1, "line 2")


def test_only_the_beginning_is_looked_at():
    found = look(*(prodigy(n, "claim") for n in range(9)), most=4)
    assert (found.n_texts, found.has_more) == (4, True)


@pytest.mark.parametrize("label", ["weather", ["weather"]])
def test_a_table_with_some_other_label_is_not_taken_until_one_is_chosen(label):
    news = {"text": "It rained.", "label": label}
    assert look(news).is_taken is False
    assert look(news, labels={"weather": "claim"}).is_taken is True


@pytest.mark.parametrize(
    ("name", "record"), [("a.jsonl", {"text": "It rained."}), ("a.txt", prodigy(1, "claim"))]
)
def test_a_file_without_labels_is_none(name, record):
    assert look(record, name=name) is None


def test_a_file_whose_columns_were_chosen_is_a_table():
    assert look(prodigy(1, "claim"), mapping={"text": "text"}) is None


def test_the_labels_asked_about_are_those_of_the_project(session, make):
    project = make.project()
    asked = labelled_previews.asked_in(session, actor=OPERATOR, slug=project.slug)
    assert asked.labels == labelled_previews.asked_in(session, actor=OPERATOR, slug=None).labels


def test_a_reviewer_is_not_told(session, make):
    project = make.project()
    actor = make.actor(project, role=Role.REVIEWER)
    with pytest.raises(NotAllowedError):
        labelled_previews.asked_in(session, actor=actor, slug=project.slug)
