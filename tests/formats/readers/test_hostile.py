"""Files made to do harm: each is refused or survived, and nothing is fetched, run or swollen."""

import http.server
import io
import subprocess
import sys
import threading
import zipfile

import pytest

from tests.formats.readers import making, reading
from tests.formats.readers.making import BRIDGE, page

LONG = 50_000_000


@pytest.fixture
def server():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}", asked
    running.shutdown()
    running.server_close()
    thread.join()


def test_nothing_is_fetched(server):
    address, asked = server
    head = (
        f'<base href="{address}/"><script src="{address}/a.js"></script>'
        f'<link rel="stylesheet" href="{address}/a.css">'
        f'<meta http-equiv="refresh" content="0; url={address}/">'
        f'<link rel="canonical" href="{address}/canonical">'
    )
    noise = f'<img src="{address}/a.png"><iframe src="{address}/b"></iframe>'
    markup = page(noise, *making.BODY, head=head).replace(
        "<!DOCTYPE html>", f'<!DOCTYPE html PUBLIC "x" "{address}/x.dtd">'
    )
    doctype = f'<!DOCTYPE w SYSTEM "{address}/w.dtd" [<!ENTITY % e SYSTEM "{address}/e"> %e;]>'

    assert BRIDGE in reading.one("a.html", markup.encode()).text
    assert BRIDGE in reading.one("a.mhtml", making.saved_page(markup)).text
    assert reading.outline("a.docx", making.word("<w:p/>", doctype=doctype)) == ["!"]
    assert asked == []


def test_entities_in_a_page_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]>'
    text = reading.one("a.html", page("&a; &b; x", *making.BODY).encode()).text

    assert "root:" not in reading.one("a.html", bomb.encode() + page("&a;&b;").encode()).text
    assert "&a; &b; x" in text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"x" * LONG),
        ("a.md", b"x" * LONG),
        ("a.html", b"<p>" + b"x" * (LONG - 3)),
        ("a.csv", b"text\n" + b"x" * (LONG - 5)),
        ("a.jsonl", b'{"text": "' + b"x" * (LONG - 10)),
        ("a.json", b'[{"text": "' + b"x" * (LONG - 14) + b'"}]'),
        ("a.pdf", b"%PDF-" + b"x" * (LONG - 5)),
        ("a.mhtml", b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + b"x" * (LONG - 50)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_fifty_megabytes_in_one_line_give_nothing(name, data):
    found = reading.outline(name, data)

    assert found[0] in ("!", "line 1", "line 2", "record 1")


def test_scripts_do_not_reach_the_text():
    texts = [
        reading.one("a.html", page(f"{BRIDGE} {attack}", *making.BODY).encode()).text
        for attack in (
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<style>@import 'x'</style>",
        )
    ]

    assert not [text for text in texts if "alert" in text or "import" in text]


@pytest.mark.parametrize(
    "data",
    [
        b"id,text\n" + bytes(range(256)) * 4_000,
        bytes(range(256)) * 4_000,
        b"id,text\n1,\0\0\0\0\0\0\0\0\n",
        b"id,text\n1,One.\n2," + b"\x01\x02\x03\x04\x05" * 9 + b"\n",
    ],
)
def test_binary_in_a_table_is_told(data):
    assert reading.outline("a.csv", data)[-1] in ("!", "line 2", "line 3")


MEMORY = """
import resource, sys
from workbench.formats.readers import BROWSER, ReaderError, read
data = open(sys.argv[1], "rb").read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    n = sum(1 for _ in read(sys.argv[1], data))
except ReaderError:
    pass
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def crowded() -> bytes:
    """An archive whose table of contents alone would fill the memory."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(3_000):
            archive.writestr(f"{number:04}" + "x" * 600 + ".txt", b"")
    data = file.getvalue()
    start = data.index(b"PK\x01\x02")
    listed = data[start : data.rindex(b"PK\x05\x06")] * 20
    end = bytearray(data[data.rindex(b"PK\x05\x06") :])
    end[12:16] = len(listed).to_bytes(4, "little")
    return data[:start] + listed + bytes(end)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.zip", making.packed({f"{n}.txt": b"x" * 19_000_000 for n in range(20)})),
        ("a.zip", crowded()),
        ("a.docx", making.word(making.paragraph("x" * 19_000_000))),
        ("a.jsonl", b'{"text": "' + b"x" * LONG),
        ("a.csv", b'text\n"' + b"x\n" * 20_000_000),
    ],
    ids=["bomb", "crowded", "word", "lines", "table"],
)
def test_memory_stays_small(name, data, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    told = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], capture_output=True, text=True, check=True
    )

    assert int(told.stdout) < 60  # megabytes beside the file itself
