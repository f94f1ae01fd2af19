"""One small valid file of each format."""

import gzip

import pytest

from tests.formats.readers import making

LINES = [
    (72.0, 700.0, "The bridge over the Orle was closed to lorries on Monday."),
    (72.0, 686.0, "Repairs will take until March."),
]


@pytest.fixture(scope="session")
def samples() -> dict[str, bytes]:
    """The files by suffix."""
    text = "\n".join(making.BODY).encode()
    body = "".join(map(making.paragraph, making.BODY))
    rows = b'id,text,date\r\n1,"One, ""two"".",2015-10-16\r\n2,Two.,\r\n'
    return {
        ".txt": text,
        ".md": b"---\ntitle: Bridge\n---\n" + text,
        ".html": making.page(head=making.HEAD).encode(),
        ".mhtml": making.saved_page(making.page(head=making.HEAD)),
        ".csv": rows,
        ".tsv": b"id\ttext\n1\tOne.\n2\tTwo.\n",
        ".jsonl": b'{"id": 1, "text": "One."}\n{"id": 2, "text": "Tw\\u00f6."}\n',
        ".json": b'{"n": 1, "articles": [{"text": "One."}, {"text": "Two."}]}',
        ".parquet": making.table({"id": [1, 2], "text": ["One.", "Two."]}),
        ".docx": making.word(body, title="Bridge"),
        ".pdf": making.printed([LINES, LINES], title="Bridge"),
        ".zip": making.packed({"a.txt": text, "b/c.csv": rows}),
        ".gz": gzip.compress(rows),
    }
