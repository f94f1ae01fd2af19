"""Records of our own export by their articles, in whatever order a file has them.

A training set is often shuffled or sorted anew before it comes back. An article is rebuilt from all
that a file tells of it, so its records have to be met one after the other.
"""

import pickle
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import TemporaryFile

from workbench.formats.labelled.found import LabelledFound, LabelledText

N_BOXES = 64  # of a file with a million records, each holds some 16,000

# As an export writes it. In a text its quotation marks would be escaped.
_ARTICLE = re.compile(r'"article"\s*:\s*\{\s*"id"\s*:\s*"([^"\\]+)"')


def is_gathered(lines: Iterable[str]) -> bool:
    """Whether the records of each article stand one after the other; no for what cannot be told."""
    ended: set[str] = set()
    last = None
    for line in lines:
        found = _ARTICLE.search(line)
        if found is None:
            return False
        name = found[1]
        if name != last:
            if name in ended:
                return False
            if last is not None:
                ended.add(last)
            last = name
    return True


@contextmanager
def gathered(found: Iterable[LabelledFound]) -> Iterator[Callable[[], Iterator[LabelledFound]]]:
    """The same texts and faults, those of one article one after the other, to be read again.

    They are kept in files without a name; a part of them is in memory at a time.
    """
    with ExitStack() as held:
        boxes = [held.enter_context(TemporaryFile()) for _ in range(N_BOXES)]
        for one in found:
            box = boxes[zlib.crc32(_article(one).encode(errors="surrogatepass")) % N_BOXES]
            pickle.dump(one, box, pickle.HIGHEST_PROTOCOL)
        ends = [box.tell() for box in boxes]

        def read() -> Iterator[LabelledFound]:
            for box, end in zip(boxes, ends, strict=True):
                box.seek(0)
                part: list[LabelledFound] = []
                while box.tell() < end:
                    part.append(pickle.load(box))  # noqa: S301 - written above, by nobody else
                yield from sorted(part, key=_article)

        yield read


def _article(found: LabelledFound) -> str:
    record = found.record if isinstance(found, LabelledText) else None
    return record.article.id if record else ""
