import json
import re
from dataclasses import replace

import pytest
from exported import ANNOTATION, record
from exporting_formats import ABOUT
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.card import Collector, Column, Config, DataFile, croissant, readme, sections
from workbench.formats.card.words import plain, quoted

EMPTY = {"claim": 0, "attribution": 0, "dispute": 0}


def annotation(annotator, *labels, **given):
    return replace(ANNOTATION, annotator=annotator, labels=labels, **given)


def facts(*records, **about):
    collector = Collector(replace(ABOUT, **about))
    assert list(collector.passing(records)) == list(records)
    return collector.facts()


def text(*records, **about):
    return readme(facts(*records, **about)).decode()


TWO = (
    record(
        id="a:1-2",
        annotations=(annotation("A1", "claim"), annotation("A2", "claim", active_ms=1000)),
        labels=("claim",),
        label_source="unanimous",
        n_annotations=2,
        check_worthiness=1,
        wire_cluster="7",
        split="train",
    ),
    record(
        id="b:1-2",
        article_id="b",
        article_outlet=None,
        article_published=None,
        annotations=(
            annotation("A1", "attribution", "claim", label_set=2, suggestion_shown=True),
            annotation("A2", decided_at="2026-03-05T12:00:00.000Z", comment="Look it up."),
            annotation("A10", skipped=True),
        ),
        labels=(),
        label_source="adjudicated",
        n_annotations=2,
        check_worthiness=None,
        kind="headline",
        split="test",
    ),
    record(id="b:3-4", article_id="b", article_outlet=None, annotations=(), label_source="none"),
)


def test_everything_is_counted_as_it_passes():
    found = facts(*TWO)
    assert (found.n_sentences, found.n_articles) == (3, 2)
    assert (found.n_annotations, found.n_skipped, found.n_comments, found.n_shown) == (4, 1, 1, 1)
    assert found.n_labels == {"claim": 1, "attribution": 0, "dispute": 0}
    assert (found.n_explicit_none, found.n_unsettled) == (1, 1)
    assert found.n_sources == {"adjudicated": 1, "unanimous": 1, "none": 1}
    assert found.n_outlets == {None: 2, "The Calvenna Courier": 1}
    assert found.n_kinds == {"body": 2, "headline": 1}
    assert found.n_splits == {"train": 1, "test": 1}
    assert found.n_votes == {0: 1, 2: 2}
    assert found.n_worth == {1: 1, 2: 1}
    assert (found.n_wire_sentences, found.n_wire_clusters) == (1, 1)
    assert (found.published.first, found.n_undated) == ("2026-03-02", 1)
    assert (found.decided.first[:10], found.decided.last[:10]) == ("2026-03-03", "2026-03-05")
    assert (found.label_sets, found.guidelines) == ((1, 2), (1,))
    assert found.n_unanimous == 1


def test_labels_that_stand_together_are_counted_once_a_pair():
    both = record(labels=("attribution", "claim"))
    assert facts(both, record(labels=("claim",))).n_together == {
        ("claim", "attribution"): 1,
        ("claim", "dispute"): 0,
        ("attribution", "dispute"): 0,
    }


def test_reviewers_come_by_number_with_what_they_gave():
    first, second, tenth = facts(*TWO).reviewers
    assert (first.annotator, second.annotator, tenth.annotator) == ("A1", "A2", "A10")
    assert first.n_labels == {"claim": 2, "attribution": 1, "dispute": 0}
    assert (tenth.n_annotations, tenth.n_skipped) == (0, 1)
    assert second.active_ms == 1000 + ANNOTATION.active_ms


def test_the_card_tells_the_numbers():
    card = text(*TWO, n_unsettled=4, n_unlabelled=9, seed=7, shares={"train": 80})
    for line in (
        "3 sentences from 2 articles",
        "| `claim` | 1 | 33.3% |",
        "| explicit none | 1 | 33.3% |",
        "| no final label | 1 | 33.3% |",
        "from 2026-03-03 to 2026-03-05, under label set versions 1, 2 and guideline version 1",
        "Left out: 4 sentences because the votes leave the label open; 9 sentences",
        "| A2 | 2 | 0 | 50.0% | 0.0% | 0.0% |",
        "| train | 1 | 33.3% | 80 % |",
        "Drawn with the seed 7.",
        "1 sentence (33.3%) are copies of 1 wire text",
        "Licence: left to the owner of the set.",
        "Before 1 decision a suggestion was on the screen",
    ):
        assert line in card, line


def test_the_card_says_what_is_not_known():
    card = text(record(article_published=None))
    assert "Articles were published at times that are not known." in card
    assert "How the sentences were chosen to be labelled is not recorded." in card
    assert "undefined: no sentence has two votes" in card
    assert "The set is not split." in card


@pytest.mark.parametrize(
    ("records", "about", "limit"),
    [
        ([record()], {}, "labelled by one reviewer only"),
        ([record()], {}, "Agreement is undefined for: claim, attribution, dispute, label sets."),
        (TWO[:2], {}, "Agreement is low (alpha below 0.667) for: claim"),
        ([record()], {}, "Fewer than 50 sentences have the label: claim, attribution, dispute."),
        ([record()], {}, "by one outlet: The Calvenna Courier"),
        (TWO, {}, "more than one version of label set or guideline"),
        (TWO, {}, "Reviewers saw suggestions before some decisions"),
        ([record()], {}, "Shares of labels need not be those of the news"),
    ],
)
def test_known_limits_follow_from_the_numbers(records, about, limit):
    assert limit in text(*records, **about)


def test_limits_that_do_not_hold_are_not_told():
    limits = dict(sections(facts(*[TWO[0]] * 60, random_share=0.5)))["Known limits"]
    assert not [line for line in limits if "reviewer only" in line or "Shares of labels" in line]
    assert "50.0% of the sentences were chosen at random." in text(record(), random_share=0.5)


def test_good_agreement_from_many_outlets_is_no_limit():
    agreed = [
        replace(
            TWO[0],
            article=replace(TWO[0].article, outlet=f"Outlet {n}"),
            labels=labels,
            annotations=(annotation("A1", *labels), annotation("A2", *labels)),
        )
        for n, labels in enumerate([("claim",), ("attribution",), ("dispute",), ()])
    ]
    limits = " ".join(dict(sections(facts(*agreed)))["Known limits"])
    assert "Agreement" not in limits
    assert "by one outlet" not in limits


def test_votes_that_leave_a_label_open_count_for_agreement():
    agreed = [
        replace(TWO[0], labels=("claim",)),
        replace(TWO[1], annotations=(annotation("A1"), annotation("A2"))),
    ]
    split = {((), ("claim",)): 2}
    alone, whole = facts(*agreed), facts(*agreed, n_unsettled=2, unsettled_votes=split)
    assert alone.agreement[0].alpha == 1
    assert whole.agreement[0].alpha < 0.5
    assert (whole.agreement[0].n_sentences, whole.n_unanimous) == (4, 2)
    assert whole.n_votes == alone.n_votes
    assert "are counted here: 2." in text(*agreed, n_unsettled=2, unsettled_votes=split)


def test_agreement_without_them_is_said_to_be_too_good():
    card = text(record(), n_unsettled=2)
    assert "Not counted: 2 sentences that are not in the set" in card
    assert "- Agreement is too good" in card
    assert "Agreement is too good" not in text(record())


def test_a_long_word_is_cut():
    assert plain("x" * 100) == "x" * 79 + "…"


def test_what_was_asked_and_who_owns_it_are_told():
    card = text(
        record(),
        filters={"kinds": "body"},
        licence="cc-by-4.0",
        snapshot=3,
        description="From the *harbour* desk.",
        splitter="punkt 2",
    )
    assert "This set holds those that fit: kinds: body." in card
    assert "Licence: cc-by-4.0." in card
    assert 'license: "cc-by-4.0"' in card
    assert "Snapshot 3 of the project calvenna" in card
    assert "From the \\*harbour\\* desk." in card
    assert "cut into sentences by punkt 2" in card


def test_many_outlets_are_cut_to_those_with_most_sentences():
    card = text(*(record(article_outlet=f"Outlet {n}") for n in range(40)))
    assert "| 10 others | 10 | 25.0% |" in card


@given(st.text())
def test_no_word_from_outside_leaves_its_line_or_its_cell(word):
    shown = plain(word)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<\[*`]", shown)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_quoted_scalar_is_json_too_where_it_is_printable(word):
    shown = quoted(word)
    assert shown.isprintable()
    assert "\\U" in shown or json.loads(shown) == word


@pytest.mark.parametrize(
    ("n", "size"),
    [(1, "n<1K"), (1000, "1K<n<10K"), (10**7, "n>10M")],
)
def test_the_size_is_told_in_the_words_of_the_hub(n, size):
    assert f'- "{size}"' in readme(replace(facts(record()), n_sentences=n)).decode()


def test_the_header_names_each_config_with_its_files():
    config = Config("default", {"train": "data/train-*"}, [{"name": "id", "dtype": "string"}])
    head = readme(facts(record()), [config]).decode().split("---")[1]
    assert '- config_name: "default"' in head
    assert 'path: "data/train-*"' in head


def test_croissant_has_every_property_of_its_vocabulary_and_makes_nothing_up():
    made = json.loads(croissant(facts(*TWO), []))
    assert made["conformsTo"] == [
        "http://mlcommons.org/croissant/1.1",
        "http://mlcommons.org/croissant/RAI/1.0",
    ]
    assert {name for name in made if name.startswith("rai:")} == {
        f"rai:{name}"
        for name in [
            "dataAnnotationProtocol",
            "dataAnnotationPlatform",
            "dataAnnotationAnalysis",
            "annotationsPerItem",
            "annotatorDemographics",
            "machineAnnotationTools",
            "dataCollection",
            "dataCollectionTimeframe",
            "dataPreprocessingProtocol",
            "dataBiases",
            "dataLimitations",
            "personalSensitiveInformation",
            "dataReleaseMaintenancePlan",
        ]
    }
    assert not {"license", "url", "datePublished", "creator", "version"} & made.keys()


def test_croissant_tells_what_the_owner_said():
    about = {
        "licence": "cc-by-4.0",
        "creator": "The desk",
        "published": "2026-04-01",
        "snapshot": 3,
    }
    made = json.loads(croissant(facts(record(), **about), []))
    assert (made["license"], made["datePublished"], made["version"]) == (
        "cc-by-4.0",
        "2026-04-01",
        "3.0.0",
    )
    assert made["creator"]["name"] == "The desk"


def test_croissant_describes_files_and_the_columns_it_can():
    columns = [Column("text", "sc:Text"), Column("labels", "sc:Integer", is_list=True)]
    file = DataFile("data/a.parquet", "ab" * 32, 12, "application/x-parquet", columns)
    beside = DataFile("README.md", "cd" * 32, 3, "text/markdown")
    made = json.loads(croissant(facts(record()), [file, beside]))
    assert [one["sha256"][:2] for one in made["distribution"]] == ["ab", "cd"]
    (records,) = made["recordSet"]
    assert [field["dataType"] for field in records["field"]] == ["sc:Text", "sc:Integer"]
    assert records["field"][1]["isArray"] is True
