"""Read a file as a whole, for tests that look at one thing."""

from collections.abc import Mapping

from workbench.formats.readers import (
    BROWSER,
    ArticleRecord,
    Limits,
    ReaderError,
    RecordFault,
    read,
)


def records(
    name: str, data: bytes, mapping: Mapping[str, str] | None = None
) -> list[ArticleRecord]:
    found = list(read(name, data, mapping=mapping))
    assert not [each for each in found if isinstance(each, RecordFault)]
    return [each for each in found if isinstance(each, ArticleRecord)]


def one(name: str, data: bytes) -> ArticleRecord:
    (record,) = records(name, data)
    return record


def outline(name: str, data: bytes, limits: Limits = BROWSER) -> list[str]:
    """The text of each record and the place of each fault, then a refusal as `!`."""
    found = []
    try:
        for each in read(name, data, limits=limits):
            found.append(each.where if isinstance(each, RecordFault) else each.text)
    except ReaderError:
        found.append("!")
    return found


def reason(name: str, data: bytes, limits: Limits = BROWSER) -> str:
    """The first thing that is said against the file or a record of it."""
    try:
        for each in read(name, data, limits=limits):
            if isinstance(each, RecordFault):
                return each.reason
    except ReaderError as error:
        return str(error)
    raise AssertionError("nothing is said against it")


def kept(name: str, data: bytes, mapping: Mapping[str, str] | None = None) -> list[ArticleRecord]:
    """The records that were given before a refusal, if there was one."""
    found: list[ArticleRecord] = []
    try:
        for each in read(name, data, mapping=mapping):
            if isinstance(each, ArticleRecord):
                found.append(each)
    except ReaderError:
        pass
    return found
