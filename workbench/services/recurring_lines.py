"""Lines that recur in a source's articles are set aside once an import is in.

What a single line does not tell, several articles of one outlet do: a line that stands in three
of its stories is the page's and not theirs. Nothing that anybody answered, or changed by hand, is
touched, and each article's change is recorded and can be taken back like one by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import urlsplit

from db.queries import recurring as queries
from db.queries.recurring import Head, Whole
from workbench.services.labelled_articles import REBUILT, UNSPLIT
from workbench.services.permissions import Permission, check
from workbench.services.recurring_edits import After, store
from workbench.text.kinds import Kind
from workbench.text.recurring import FEWEST, RECURRING, recurring_lines

NEWEST = 5_000  # articles of the project among which those of a source are looked for
LOOKED_AT = 200  # articles of one source
SEGMENTS_AT_ONCE = 2_500  # read and stored in about 0.1 s: labels wait no longer than that

_LEFT_ALONE = (REBUILT, UNSPLIT)  # their pieces are what somebody else had labelled


def set_aside(after: After) -> Iterator[int]:
    """Set the recurring lines of an import's sources aside, a hundred articles to a transaction.

    A source is an outlet or, where none is known, the host of an address. It counts once three of
    its articles are among the project's newest; the newest two hundred of them tell its lines.
    These are set aside in the import's own articles, and in the earlier ones that were looked at.

    Args:
        after: The import. Its `hold` is called first in every transaction that stores something,
            and may end this by an error.

    Yields:
        How many segments were set aside, after each transaction.

    Raises:
        NotAllowedError: The actor may not import.
    """
    check(after.actor, Permission.IMPORT_ARTICLES, project_id=after.project.id)
    project_id = after.project.id
    with after.open_session() as session:
        newest = queries.newest(session, project_id=project_id, but=_LEFT_ALONE, limit=NEWEST)
    by_source: defaultdict[str, list[Head]] = defaultdict(list)
    for head in newest:
        if name := _source(head):
            by_source[name].append(head)
    lines: dict[str, frozenset[str]] = {}
    earlier: list[Head] = []
    for name, heads in by_source.items():
        if len(heads) < FEWEST or all(head.batch != after.batch for head in heads):
            continue
        looked_at = heads[:LOOKED_AT]
        found = _lines(after, looked_at)
        if found:
            lines[name] = found
            earlier += [head for head in looked_at if head.batch != after.batch]
    for part in _parts(chain(earlier, _own(after)) if lines else ()):
        wanted = [head for head in part if _source(head) in lines]
        if wanted:
            yield store(after, {head.id: lines[_source(head)] for head in wanted})


def source_of(outlet: str | None, url: str | None) -> str:
    """What articles of one source have in common; empty where nothing tells."""
    name = " ".join((outlet or "").casefold().split())
    if name or not url:
        return name
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # an address in brackets that is none
        return ""
    return host.removeprefix("www.")


def _source(head: Head) -> str:
    return source_of(head.outlet, head.url)


def _lines(after: After, heads: Sequence[Head]) -> frozenset[str]:
    pieces = []
    for part in _parts(heads):
        with after.open_session() as session:
            wholes = queries.wholes(session, article_ids=[head.id for head in part])
        pieces += [_pieces(whole) for whole in wholes]
    return recurring_lines(pieces)


def _pieces(whole: Whole) -> list[tuple[Kind, str]]:
    # What was set aside before still tells that its line recurs.
    return [
        (
            Kind.BODY if row.reason == RECURRING[1] else Kind(row.kind),
            whole.text[row.start : row.end],
        )
        for row in whole.rows
    ]


def _own(after: After) -> Iterator[Head]:
    last = 0
    while True:
        with after.open_session() as session:
            heads = queries.of_batch(
                session,
                project_id=after.project.id,
                batch=after.batch,
                but=_LEFT_ALONE,
                after=last,
                limit=NEWEST,
            )
        if not heads:
            return
        yield from heads
        last = heads[-1].id


def _parts(heads: Iterable[Head]) -> Iterator[list[Head]]:
    part: list[Head] = []
    size = 0
    for head in heads:
        part.append(head)
        size += head.n_segments
        if size >= SEGMENTS_AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part
