"""Files made to do harm, through `workbench import` as a process of its own, each by itself.

Each is refused or survived with one clear line, in little memory, and leaves nothing behind it.
"""

import gzip
import json
import os
import subprocess
import sys
from dataclasses import dataclass

import pytest
import running

from tests.formats.readers import making
from tests.formats.readers.making import BRIDGE, FERRY, REPAIRS

MEGABYTE = 1_000_000
TEXT = f"{BRIDGE} {REPAIRS}"
ATTACK = (
    '<script src="http://127.0.0.1:9/a.js">alert(1)</script><img src="http://127.0.0.1:9/a.png" '
    'onerror="alert(1)"><iframe src="http://127.0.0.1:9/b"></iframe>'
)
ENTITIES = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)
SYMLINK = {"external_attr": 0o120777 << 16}


@dataclass(frozen=True)
class Case:
    """A file, what becomes of it, and what its lines say.

    Attributes:
        name: What it is called.
        data: Makes its bytes.
        outcome: What the line of the file says.
        words: Each stands in some line.
        n_articles: How many come in.
    """

    name: str
    data: object
    outcome: str
    words: tuple[str, ...]
    n_articles: int = 0


def lines(*rows: bytes) -> bytes:
    return b"\n".join(rows) + b"\n"


def record(text: str) -> bytes:
    return json.dumps({"text": text}).encode()


CASES = {
    "zip bomb": Case(
        "a.zip",
        lambda: making.packed({f"{n}.txt": b"x" * 19_000_000 for n in range(40)}),
        "refused",
        ("times its size",),
    ),
    "gzip bomb": Case(
        "a.txt.gz", lambda: gzip.compress(b"x" * 400_000_000), "refused", ("times its size",)
    ),
    "path traversal": Case(
        "a.zip",
        lambda: making.packed({"../../evil.txt": TEXT.encode(), "good.txt": TEXT.encode()}),
        "added",
        ("leads out of the archive",),
        n_articles=1,
    ),
    "absolute path": Case(
        "a.zip",
        lambda: making.packed({"/etc/evil.txt": TEXT.encode()}),
        "refused",
        ("leads out of the archive",),
    ),
    "nested archive": Case(
        "a.zip",
        lambda: making.packed({"in.zip": making.packed({"a.txt": TEXT.encode()})}),
        "refused",
        ("archive inside an archive",),
    ),
    "symlink": Case(
        "a.zip", lambda: making.packed({"a.txt": b"/etc/passwd"}, **SYMLINK), "refused", ("link",)
    ),
    "encrypted zip": Case(
        "a.zip",
        lambda: making.encrypted(making.packed({"a.txt": TEXT.encode()})),
        "refused",
        ("protected by a password",),
    ),
    "encrypted pdf": Case(
        "a.pdf",
        lambda: making.printed([[(72, 700, BRIDGE)]], extra=making.PROTECTED),
        "refused",
        ("password",),
    ),
    "pdf of scans": Case("a.pdf", lambda: making.printed([[], []]), "refused", ("no text",)),
    "page with scripts and remote images": Case(
        "a.html",
        lambda: making.page(ATTACK, *making.BODY, head=ATTACK).encode(),
        "added",
        (),
        n_articles=1,
    ),
    "entities in a Word file": Case(
        "a.docx",
        lambda: making.word(making.paragraph("&b;&c;"), doctype=ENTITIES),
        "refused",
        ("XML entities",),
    ),
    "ragged rows": Case(
        "a.csv",
        lambda: lines(
            b"text,title", BRIDGE.replace(",", ";").encode(), b"a,b,c,d", b"It rained.,R"
        ),
        "added",
        ("more cells",),
        n_articles=2,
    ),
    "lone quotes and embedded newlines": Case(
        "a.csv",
        lambda: lines(
            b"text,title", b'"Yes" he said,A', b'"It rained.\r\nIt snowed.",B', b'5" rain,C'
        ),
        "added",
        ("quotes nothing",),
        n_articles=3,
    ),
    "a quotation mark that is never closed": Case(
        "a.csv",
        lambda: lines(b"text,title", b"It rained.,A") + b'"It snowed' + b",B\nx" * 600_000,
        "added",
        ("not closed",),
        n_articles=1,
    ),
    "one broken line in the middle": Case(
        "a.jsonl",
        lambda: lines(record(BRIDGE), b'{"text": "half', record(FERRY)),
        "added",
        ("line 2",),
        n_articles=2,
    ),
    "an Excel file called csv": Case(
        "a.csv", lambda: making.packed({"xl/workbook.xml": b"<x/>"}), "refused", ("Excel",)
    ),
    "a page called txt": Case(
        "a.txt", lambda: making.page().encode(), "added", ("read as .html",), n_articles=1
    ),
    "a picture called txt": Case(
        "a.txt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(2_000), "refused", ("a picture",)
    ),
    "0 bytes": Case("a.txt", lambda: b"", "refused", ("empty",)),
    "50 MB in one line of text": Case("a.txt", lambda: b"x" * 50_000_000, "refused", ("longer",)),
    "50 MB in one line of a table": Case(
        "a.jsonl", lambda: b'{"text": "' + b"x" * 50_000_000, "refused", ("longer",)
    ),
    "50 MB in one line of a page": Case(
        "a.html", lambda: b"<p>" + b"x" * 50_000_000, "refused", ("20",)
    ),
    "a title and no text": Case(
        "a.json", lambda: b'{"title": "no text"}', "refused", ("known to hold the text",)
    ),
    "half a character pair": Case(
        "a.jsonl", lambda: lines(b'{"text": "\\ud800 rain"}'), "refused", ("line 1",)
    ),
    "nothing but NUL": Case("a.txt", lambda: bytes(3_000), "refused", ("not a text",)),
    "deep nesting": Case(
        "a.json",
        lambda: b'[{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
        "refused",
        ("deep",),
    ),
}


# A child's peak begins with what its parent has in memory: so it gets a small one of its own.
LAUNCH = """
import os, subprocess, sys
out, err = open(sys.argv[1], "w"), open(sys.argv[2], "w")
process = subprocess.Popen(sys.argv[3:], stdout=out, stderr=err)
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss * 1024, used.ru_utime + used.ru_stime)
"""


def import_it(home, *paths):
    """The command's exit code, what it printed, its processor seconds and its memory in bytes."""
    environment = os.environ | {"WORKBENCH_HOME": str(home)}
    out, err = home / "out", home / "err"
    command = [running.COMMAND, "import", *map(str, paths)]
    told = subprocess.run(
        [sys.executable, "-c", LAUNCH, str(out), str(err), *command],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    code, memory, seconds = told.split()
    return int(code), out.read_text(), err.read_text(), float(seconds), int(memory)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What the command takes for a plain file, a page and a table: libraries loaded included."""
    home = tmp_path_factory.mktemp("plain")
    (home / "a.html").write_bytes(making.page().encode())
    (home / "a.csv").write_bytes(b"text\nIt rained.\n")
    return import_it(home, home / "a.html", home / "a.csv")[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="resource use of a child is POSIX")
@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_or_survived_with_one_clear_line(name, plain, tmp_path):
    case = CASES[name]
    path = tmp_path / case.name
    path.write_bytes(case.data())
    code, told, said, seconds, memory = import_it(tmp_path, path)

    assert "Traceback" not in said
    rows = [line.split("\t") for line in told.splitlines()]
    assert rows[0][:2] == [case.name, case.outcome]
    assert [words for words in case.words if not any(words in row[-1] for row in rows)] == []
    assert code == (1 if any("refused" in line for line in told.splitlines()) else 0)
    assert memory - plain < 300 * MEGABYTE
    assert seconds < 30
    assert stored(tmp_path) == case.n_articles
    assert {each.name for each in tmp_path.iterdir()} <= {
        *(case.name, "out", "err"),
        *(each.name for each in tmp_path.glob("workbench*")),
        *(each.name for each in tmp_path.glob("*.lock")),
    }


def stored(home):
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(home / "workbench.db")) as database:
        articles = [text for (text,) in database.execute("SELECT text FROM article")]
    assert not [text for text in articles if "root:" in text or "alert(" in text]
    return len(articles)


def test_all_of_them_together_harm_no_good_file(tmp_path):
    for number, case in enumerate(CASES.values()):
        (tmp_path / f"{number:02}-{case.name}").write_bytes(case.data())
    (tmp_path / "zz-good.txt").write_text(f"{FERRY} It rained.")
    paths = sorted(tmp_path.iterdir())
    code, told, said, *_ = import_it(tmp_path, *paths)

    assert code == 1
    assert "Traceback" not in said
    assert "zz-good.txt\tadded" in told
    files = {path.name for path in paths}
    assert {line.split("\t")[0] for line in told.splitlines()} == files
