"""Filters: what a sentence has to be to get into a training set."""

import pytest
from exported import record

from workbench.errors import InputError
from workbench.formats.choosing import Filters, chosen

NOTHING = {"labels": (), "n_annotations": 1}
OPEN = {"labels": (), "label_source": "none", "n_annotations": 2}


@pytest.mark.parametrize(
    ("asked", "sentence", "gets_in"),
    [
        ({}, {}, True),
        ({"labels": ("claim",)}, {}, True),
        ({"labels": ("dispute",)}, {}, False),
        ({"labels": ("dispute", "none")}, NOTHING, True),
        ({"labels": ("none",)}, {}, False),
        ({"labels": ("none",)}, OPEN, False),
        ({"kinds": ("headline",)}, {"kind": "headline"}, True),
        ({"kinds": ("headline",)}, {}, False),
        ({"outlets": ("The Calvenna Courier",)}, {}, True),
        ({"outlets": ("Meridian",)}, {}, False),
        ({"outlets": ("Meridian",)}, {"article_outlet": None}, False),
        ({"sources": ("unanimous",)}, {}, False),
        ({"sources": ("single", "unanimous")}, {}, True),
        ({"annotators": ("A2",)}, {}, False),
        ({"annotators": ("A1",)}, {}, True),
        ({"min_annotations": 2}, {}, False),
        ({"min_annotations": 2}, {"n_annotations": 2}, True),
        ({"published_from": "2026-03-02"}, {}, True),
        ({"published_from": "2026-03-03"}, {}, False),
        ({"published_to": "2026-03-02"}, {}, True),
        ({"published_to": "2026-03-01"}, {}, False),
        ({"published_from": "2026-03", "published_to": "2026-03"}, {}, True),
        ({"published_from": "2026-03-15"}, {"article_published": "2026-03"}, True),
        ({"published_from": "2026-04"}, {"article_published": "2026-03"}, False),
        ({"published_to": "2026-12"}, {"article_published": None}, False),
    ],
)
def test_a_sentence_gets_in_if_it_is_all_that_is_asked(asked, sentence, gets_in):
    assert bool(list(chosen([record(**sentence)], Filters(**asked)))) is gets_in


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"kinds": ("prose",)}, "no kind 'prose'"),
        ({"sources": ("me",)}, "no label source 'me'"),
        ({"published_from": "March"}, "'March' is no day"),
        ({"published_to": "2026-13-01"}, "is no day"),
        ({"min_annotations": -1}, "0 or more"),
    ],
)
def test_what_no_sentence_can_be_is_refused(asked, words):
    with pytest.raises(InputError, match=words):
        Filters(**asked)


def test_the_manifest_is_told_what_was_asked_and_nothing_else():
    asked = Filters(kinds=("headline", "body"), min_annotations=2)

    assert asked.told() == {"whose": "gold", "kinds": ["body", "headline"], "min_annotations": 2}
