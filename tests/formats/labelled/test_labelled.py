import json
from datetime import UTC, datetime

import pytest
from exported import LABELS, record
from exporting_formats import download, folder
from hypothesis import assume, given
from hypothesis import strategies as st

from workbench.formats.final_labels import LabelChoice
from workbench.formats.labelled import (
    LABELLED,
    Asked,
    Decision,
    LabelledFault,
    LabelledSpan,
    Problem,
    kind_of,
    read,
)
from workbench.formats.readers.limits import COMMAND, Limits
from workbench.formats.readers.record import ReaderError

ASKED = Asked({key: key.title() for key in LABELS})
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def jsonl(*values):
    return "".join(f"{json.dumps(value)}\n" for value in values).encode()


def found(kind, data, asked=ASKED, **given):
    return list(read("labels.jsonl", data, kind, asked, **given))


def only(kind, value, asked=ASKED):
    data = json.dumps([value]).encode() if kind == "labelstudio" else jsonl(value)
    (one,) = found(kind, data, asked)
    return one


def decision(kind, value, asked=ASKED):
    (given,) = only(kind, value, asked).decisions
    return given


def test_a_choice_of_prodigy_gives_all_labels_at_once():
    task = {
        "text": "Boats left.",
        "accept": ["CLAIM", "Dispute"],
        "answer": "accept",
        "_session_id": "set-ada",
        "_timestamp": 1772539200,
    }
    assert decision("prodigy", task) == Decision(
        "set-ada", labels=("claim", "dispute"), decided_at=NOON
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("accept", Decision(labels=("claim",), is_partial=True)),
        ("reject", Decision(rejected=("claim",), is_partial=True)),
        ("ignore", Decision(skipped=True, is_partial=True)),
    ],
)
def test_a_yes_or_no_task_of_prodigy_tells_of_one_label_alone(answer, expected):
    assert decision("prodigy", {"text": "x", "label": "CLAIM", "answer": answer}) == expected


@pytest.mark.parametrize("answer", ["ignore", "reject"])
def test_a_choice_of_prodigy_that_was_passed_over_is_skipped(answer):
    task = {"text": "x", "accept": ["claim"], "answer": answer}
    assert decision("prodigy", task) == Decision(skipped=True)


def test_an_empty_choice_of_prodigy_is_an_explicit_none():
    assert decision("prodigy", {"text": "x", "accept": [], "answer": "accept"}) == Decision()


def test_spans_come_in_the_order_of_the_text():
    spans = [{"start": 6, "end": 10, "label": "claim"}, {"start": 0, "end": 5, "label": "dispute"}]
    expected = (LabelledSpan(0, 5, "dispute"), LabelledSpan(6, 10, "claim"))
    task = {"text": "Boats left.", "spans": spans, "answer": "accept"}
    assert decision("prodigy", task).spans == expected
    example = {"text": "Boats left.", "label": [[6, 10, "claim"], [0, 5, "dispute"]]}
    assert decision("doccano", example).spans == expected
    entities = [{"start_offset": 0, "end_offset": 5, "label": "dispute"}]
    example = {"text": "Boats left.", "entities": entities, "relations": []}
    assert decision("doccano", example).spans == expected[:1]


def test_a_line_of_doccano_gives_labels_and_comments():
    example = {"id": 1, "text": "x", "label": ["claim"], "Comments": ["sure", "not so"]}
    asked = Asked(ASKED.labels, annotator="ada")
    assert decision("doccano", example, asked) == Decision(
        "ada", labels=("claim",), comment="sure\nnot so"
    )


@pytest.mark.parametrize("cats", [["claim"], {"claim": 1.0, "dispute": 0.0}])
def test_an_intent_project_of_doccano_has_cats(cats):
    assert decision("doccano", {"text": "x", "cats": cats}).labels == ("claim",)


def test_an_empty_line_of_doccano_counts_only_where_that_is_asked():
    assert only("doccano", {"text": "x", "label": []}).decisions == ()
    asked = Asked(ASKED.labels, empty_is_none=True)
    assert decision("doccano", {"text": "x", "label": []}, asked) == Decision()


def test_a_task_of_label_studio_gives_every_annotation():
    annotation = {
        "completed_by": {"id": 3, "email": "ada@example.org"},
        "was_cancelled": False,
        "ground_truth": True,
        "lead_time": 4.288,
        "created_at": "2026-03-03T11:00:00Z",
        "updated_at": "2026-03-03T12:00:00.000000Z",
        "result": [
            {"from_name": "c", "type": "choices", "value": {"choices": ["Claim"]}},
            {"from_name": "n", "type": "textarea", "value": {"text": ["Look it up."]}},
            {
                "from_name": "s",
                "type": "labels",
                "value": {"start": 0, "end": 5, "labels": ["claim"]},
            },
        ],
    }
    skipped = {"completed_by": 7, "was_cancelled": True, "result": []}
    one = only(
        "labelstudio", {"data": {"text": "Boats left."}, "annotations": [annotation, skipped]}
    )
    assert one.decisions == (
        Decision(
            "ada@example.org",
            labels=("claim",),
            spans=(LabelledSpan(0, 5, "claim"),),
            is_final=True,
            comment="Look it up.",
            active_ms=4288,
            decided_at=NOON,
        ),
        Decision("7", skipped=True),
    )


def test_a_flattened_task_of_label_studio_is_one_annotation():
    task = {
        "id": 1,
        "text": "Boats left.",
        "labels": {"choices": ["claim", "dispute"]},
        "spans": [{"start": 0, "end": 5, "labels": ["claim"]}],
        "annotator": 4,
        "annotation_id": 9,
        "updated_at": "2026-03-03T12:00:00Z",
        "lead_time": 2.0,
    }
    assert decision("labelstudio", task) == Decision(
        "4",
        labels=("claim", "dispute"),
        spans=(LabelledSpan(0, 5, "claim"),),
        active_ms=2000,
        decided_at=NOON,
    )


@pytest.mark.parametrize("kind", ["prodigy", "labelstudio", "jsonl"])
@given(text=TEXT, comment=TEXT)
def test_what_this_workbench_exported_comes_back_in_full(kind, text, comment):
    assume(kind != "jsonl" or (text.strip() and "\0" not in text + comment))  # no import leaves it
    data = exported(kind, record(text=text, end=10 + len(text), annotation_comment=comment))
    (one,) = found(kind, data)
    mine = [given for given in one.decisions if not given.is_final]
    assert one.text == text
    assert one.origin.sentence_id == record().id
    assert [given.labels for given in mine] == [("attribution", "claim")]
    assert mine[0].comment == comment
    assert mine[0].decided_at == NOON
    assert mine[0].active_ms == 4210


@given(text=TEXT)
def test_a_final_label_comes_back_through_doccano(text):
    (one,) = found("doccano", download("doccano", record(text=text, labels=())))
    assert one.text == text
    assert one.decisions == (Decision(is_final=True, check_worthiness=2),)


def test_a_sentence_without_a_final_label_comes_back_undecided_through_doccano():
    data = download("doccano", record(labels=(), label_source="none"), whose=LabelChoice.ALL)
    assert found("doccano", data)[0].decisions == ()


def test_an_adjudicated_label_comes_back_beside_the_annotations():
    data = download("jsonl", record(labels=("dispute",), label_source="adjudicated"))
    *_, final = found("jsonl", data)[0].decisions
    assert final == Decision(labels=("dispute",), is_final=True, check_worthiness=2)


def exported(kind, *records):
    if kind == "labelstudio":
        return folder("labelstudio", *records)["tasks.json"]
    return download(kind, *records, whose=LabelChoice.ALL)


@pytest.mark.parametrize("kind", LABELLED)
def test_the_kind_of_a_file_is_seen_in_it(kind):
    assert kind_of("file", exported(kind, record())) == kind


@pytest.mark.parametrize(
    "data",
    [
        b'{"text": "An article."}\n',
        b"[1]",
        b"[]",
        b'[{"text": "x"}]',
        b"Not JSON.",
        b"[oops",
        b"3\n",
    ],
)
def test_a_file_without_labels_is_of_no_kind(data):
    assert kind_of("file", data) is None


def test_labels_of_another_name_are_mapped_or_left_out():
    asked = Asked(ASKED.labels, mapping={"FACT": "claim", "O": ""})
    task = {"text": "Boats left.", "accept": ["FACT", "O"], "answer": "accept"}
    assert decision("prodigy", task, asked).labels == ("claim",)
    example = {"text": "Boats left.", "label": [[0, 5, "O"]]}
    assert only("doccano", example, asked).decisions == ()


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("prodigy", {"text": "x", "accept": ["ORG"]}, Problem.UNKNOWN_LABEL),
        ("prodigy", {"text": "x", "answer": "maybe"}, Problem.UNREADABLE),
        ("prodigy", {"text": "x", "accept": [1]}, Problem.UNREADABLE),
        ("prodigy", {"text": " "}, Problem.NO_TEXT),
        ("prodigy", {"text": "x", "spans": ["a"]}, Problem.UNREADABLE),
        ("prodigy", {"text": "x\ud800", "accept": []}, Problem.UNREADABLE),
        ("doccano", {"text": "x", "label": [[0, 1]]}, Problem.BAD_SPAN),
        ("doccano", {"text": "x", "label": [[0, 2, "claim"]]}, Problem.BAD_SPAN),
        ("doccano", {"text": "x", "label": [["0", 1, "claim"]]}, Problem.BAD_SPAN),
        ("labelstudio", {"data": {"text": "x"}, "annotations": 3}, Problem.UNREADABLE),
        ("labelstudio", {"data": {}, "annotations": []}, Problem.NO_TEXT),
        ("labelstudio", 3, Problem.UNREADABLE),
        ("jsonl", {"schema": "other"}, Problem.UNREADABLE),
    ],
)
def test_what_cannot_be_taken_is_a_fault_of_its_line(kind, value, problem):
    one = only(kind, value)
    assert isinstance(one, LabelledFault)
    assert one.problem is problem
    assert one.where in ("line 1", "task 1")
    assert "\n" not in one.reason


def test_an_unknown_label_is_named_with_those_there_are():
    one = only("prodigy", {"text": "x", "accept": ["OR\nG" * 40]})
    assert one.reason.startswith("The label 'OR�GOR�G")
    assert "claim, attribution, dispute" in one.reason


def test_one_bad_line_does_not_lose_the_others():
    data = b'{"text": "a", "accept": []}\n\n{oops\n{"text": "b", "accept": []}\n'
    first, fault, last = found("prodigy", data)
    assert (first.where, first.text, last.where, last.text) == ("line 1", "a", "line 4", "b")
    assert (fault.where, fault.problem) == ("line 3", Problem.UNREADABLE)


def test_a_line_that_is_too_long_is_a_fault():
    short = Limits(file_bytes=None, records=None, archive_bytes=1, whole_bytes=10**6, line=20)
    (fault,) = found("prodigy", jsonl({"text": "x" * 40}), limits=short)
    assert "longer than 20" in fault.reason


@pytest.mark.parametrize("data", [b'{"a": 1}', b"[\xff]", b"[1"])
def test_a_file_that_is_no_list_of_tasks_is_refused(data):
    with pytest.raises(ReaderError):
        found("labelstudio", data, limits=COMMAND)


ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["start", "end", "label", "labels", "value"]), inner)
    ),
    max_leaves=8,
)
KEYS = (
    *("text", "answer", "accept", "label", "spans", "meta", "_timestamp", "active_ms", "cats"),
    *("entities", "Comments", "data", "annotations", "result", "was_cancelled", "completed_by"),
    *("lead_time", "updated_at", "labels"),
)


@pytest.mark.parametrize("kind", ["prodigy", "doccano", "labelstudio"])
@given(values=st.dictionaries(st.sampled_from(KEYS), ANY))
def test_any_json_is_a_text_or_a_fault(kind, values):
    one = only(kind, {"text": "Boats left.", **values})
    assert isinstance(one, LabelledFault) or one.text


@given(values=st.dictionaries(st.sampled_from(KEYS), ANY))
def test_any_annotation_of_label_studio_is_a_decision_or_a_fault(values):
    result = [{"type": "labels", "value": values}]
    annotation = {**values, "result": result}
    one = only("labelstudio", {"data": {"text": "Boats left."}, "annotations": [annotation]})
    assert isinstance(one, LabelledFault) or len(one.decisions) == 1


@pytest.mark.parametrize("said", ["yesterday", -1, 10**15, True, None])
def test_a_time_that_is_none_is_left_out(said):
    assert decision("prodigy", {"text": "x", "accept": [], "_timestamp": said}).decided_at is None


def test_a_rating_from_another_screen_is_no_check_worthiness():
    result = [{"from_name": "check_worthiness", "type": "choices", "value": {"choices": ["9"]}}]
    task = {"data": {"text": "x"}, "annotations": [{"result": result}]}
    assert decision("labelstudio", task) == Decision()
