"""Two snapshots side by side: what came, went, changed, and whose answer did."""

from dataclasses import replace

import orjson
import pytest
from exported import ANNOTATION, record

from workbench.errors import InputError
from workbench.formats.manifest import SENTENCES
from workbench.services.snapshot_diffs import changes


def sentence(number, **given):
    start = 10 * number
    return record(id=f"0123456789abcdef:{start}-{start + 5}", start=start, end=start + 5, **given)


@pytest.fixture
def compare(tmp_path):
    def compared(before, after):
        for name, records in (("a", before), ("b", after)):
            folder = tmp_path / name
            folder.mkdir()
            data = b"".join(orjson.dumps(one, option=orjson.OPT_APPEND_NEWLINE) for one in records)
            (folder / SENTENCES).write_bytes(data)
        return list(changes(tmp_path / "a", tmp_path / "b"))

    return compared


def test_the_same_sentences_differ_in_nothing(compare):
    assert compare([sentence(1), sentence(2)], [sentence(1), sentence(2)]) == []


def test_a_sentence_that_came_and_one_that_went_are_told_in_order(compare):
    told = compare([sentence(1), sentence(3)], [sentence(2), sentence(3)])

    assert [(one.event, one.id[-5:]) for one in told] == [("went", "10-15"), ("came", "20-25")]
    assert [(one.before, one.after) for one in told] == [
        ("attribution, claim", None),
        (None, "attribution, claim"),
    ]


def test_a_changed_label_says_by_whom(compare):
    given = (ANNOTATION, replace(ANNOTATION, annotator="A2"))
    changed = (ANNOTATION, replace(ANNOTATION, annotator="A2", labels=()))
    before = sentence(1, annotations=given)
    after = sentence(1, annotations=changed, labels=(), label_source="none")

    [told] = compare([before], [after])

    assert (told.event, told.before, told.after) == ("changed", "attribution, claim", "-")
    assert [str(one) for one in told.annotators] == ["A2: attribution, claim -> none"]


def test_a_changed_split_is_told(compare):
    [told] = compare([sentence(1, split="train")], [sentence(1, split="test")])

    assert (told.split_before, told.split_after) == ("train", "test")


def test_a_changed_neighbour_is_no_change_of_the_sentence(compare):
    assert compare([sentence(1)], [sentence(1, before="Other.")]) == []


def test_an_answer_that_came_or_was_skipped_is_told(compare):
    skipped = replace(ANNOTATION, annotator="A10", skipped=True, labels=())
    [told] = compare([sentence(1)], [sentence(1, annotations=(ANNOTATION, skipped))])

    assert [str(one) for one in told.annotators] == ["A10: no answer -> skipped"]


def test_a_folder_that_is_no_snapshot_is_named(tmp_path):
    with pytest.raises(InputError, match="is no snapshot"):
        list(changes(tmp_path, tmp_path))
