"""The workbench's own JSONL: a record a line, with everything that was given."""

from workbench.errors import InputError
from workbench.formats.final_labels import LabelSource
from workbench.formats.labelled.asked import Asked
from workbench.formats.labelled.found import Decision, LabelledText, LineError, Origin, Problem
from workbench.formats.labelled.values import when
from workbench.formats.record_lines import parse_record
from workbench.formats.records import Record, RecordAnnotation


def read(line: str, where: str, asked: Asked) -> LabelledText:
    """One record: every annotation, and the adjudicated label where there is one.

    Raises:
        LineError: It cannot be taken.
    """
    try:
        record = parse_record(line.encode())
    except (InputError, UnicodeEncodeError) as error:
        raise LineError(Problem.UNREADABLE, str(error)) from error
    _check(record)
    decisions = [_decision(one, asked) for one in record.annotations]
    if record.label_source == LabelSource.ADJUDICATED:
        decisions.append(_final(record, asked))
    article = record.article
    origin = Origin(
        sentence_id=record.id,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        published=article.published,
        url=article.url,
    )
    return LabelledText(where, record.text, tuple(decisions), origin, record)


def _check(record: Record) -> None:
    """See that a record can be taken in: it is in its place, and every text can be stored.

    Raises:
        LineError: Its text is longer or shorter than its place, or holds what no import leaves.
    """
    if not record.text.strip():
        raise LineError(Problem.NO_TEXT, "Its text is blank.")
    if record.end - record.start != len(record.text):
        raise LineError(Problem.BAD_SPAN, "Its text does not fit its place, start to end.")
    told = [record.text, record.before, record.after, *vars(record.article).values()]
    for one in record.annotations:
        told += (one.comment, one.annotator)
    if "\0" in "".join(filter(None, told)):
        raise LineError(Problem.UNREADABLE, "It holds a NUL, which no import leaves in a text.")


def _decision(one: RecordAnnotation, asked: Asked) -> Decision:
    return Decision(
        annotator=one.annotator,
        labels=asked.keys(one.labels),
        skipped=one.skipped,
        check_worthiness=one.check_worthiness,
        comment=one.comment,
        active_ms=one.active_ms,
        decided_at=when(one.decided_at),
    )


def _final(record: Record, asked: Asked) -> Decision:
    return Decision(
        labels=asked.keys(record.labels),
        is_final=True,
        check_worthiness=record.check_worthiness,
    )
