"""Label Studio: an array of tasks with their annotations, beside the labelling configuration."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any
from xml.sax.saxutils import quoteattr

from workbench.formats.records import Record, RecordAnnotation
from workbench.formats.writers.format import File, FolderFormat, Setting, Source
from workbench.formats.writers.origin import is_settled, origin, stable_int32
from workbench.formats.writers.pieces import array, chunked

_CHOICES, _WORTH = "labels", "check_worthiness"
_TEXT = "text"
_NEVER = "1970-01-01T00:00:00.000Z"


def _files(setting: Setting, source: Source) -> Iterator[File]:
    yield File("config.xml", iter([config(setting).encode()]))
    tasks = (_task(record, n) for n, record in enumerate(source(), 1))
    yield File("tasks.json", chunked(array(tasks)))


def config(setting: Setting) -> str:
    """The labelling configuration that the tasks fit."""
    choices = "\n".join(
        f"    <Choice value={_attribute(face.key)} hint={_attribute(face.meaning or face.name)}/>"
        for face in setting.about.labels
    )
    return f"""<View>
  <Text name="{_TEXT}" value="$text"/>
  <Choices name="{_CHOICES}" toName="{_TEXT}" choice="multiple">
{choices}
  </Choices>
  <Choices name="{_WORTH}" toName="{_TEXT}" choice="single">
    <Choice value="0"/>
    <Choice value="1"/>
    <Choice value="2"/>
  </Choices>
</View>
"""


def _attribute(value: str) -> str:
    return quoteattr("".join(sign if sign >= " " else " " for sign in value))


def _task(record: Record, number_of_task: int) -> dict[str, Any]:
    annotations = [_annotation(record, one) for one in record.annotations]
    if is_settled(record):
        annotations.insert(0, _final(record))
    return {
        "id": number_of_task,
        "data": {"text": record.text, **origin(record)},
        "annotations": annotations,
        "predictions": [],
    }


def _final(record: Record) -> dict[str, Any]:
    """The final label: the ground truth, as Label Studio calls it, by nobody in particular."""
    key = f"{record.id}/final"
    decided_at = max((one.decided_at for one in record.annotations), default=_NEVER)
    return {
        "id": _id(key),
        "was_cancelled": False,
        "ground_truth": True,
        "created_at": decided_at,  # Label Studio sorts by it
        "updated_at": decided_at,
        "result": _result(key, record.labels, record.check_worthiness),
    }


def _annotation(record: Record, one: RecordAnnotation) -> dict[str, Any]:
    """What a reviewer gave, without `completed_by`.

    That takes an account of the Label Studio it is imported into: an import with one that is not
    there is refused, and one that is there would be somebody else.
    """
    key = f"{record.id}/{one.annotator}"
    seconds = one.active_ms / 1000
    comment = {"comment": one.comment} if one.comment else {}
    return {
        "id": _id(key),
        "annotator": one.annotator,
        "was_cancelled": one.skipped,
        "ground_truth": False,
        "lead_time": seconds,
        "created_at": one.decided_at,
        "updated_at": one.decided_at,
        "result": _result(key, one.labels, one.check_worthiness),
        **comment,
    }


def _result(key: str, labels: tuple[str, ...], worth: int | None) -> list[dict[str, Any]]:
    given = {_CHOICES: list(labels), _WORTH: [] if worth is None else [str(worth)]}
    return [
        {
            "id": blake2b(f"{key}/{name}".encode(), digest_size=5).hexdigest(),
            "from_name": name,
            "to_name": _TEXT,
            "type": "choices",
            "value": {"choices": choices},
        }
        for name, choices in given.items()
        if choices
    ]


def _id(key: str) -> int:
    return stable_int32(key) & 0x7FFFFFFF


LABEL_STUDIO = FolderFormat(
    name="labelstudio",
    title="Label Studio",
    has_text=True,
    summary="Label Studio: tasks.json with every annotation, and config.xml for the project.",
    files=_files,
)
