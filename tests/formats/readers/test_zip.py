import gzip
import io
import struct
import zipfile

import pytest

from tests.formats.readers import making, reading
from tests.formats.readers.making import BRIDGE, packed
from workbench.formats.readers import BROWSER, Limits

ONE = b"One."
SMALL = Limits(
    file_bytes=None,
    records=None,
    archive_bytes=3_000_000,
    whole_bytes=10**8,
    member_bytes=2_000_000,
    members=5,
)


def test_members_are_read_each_as_what_it_is():
    members = {
        "reports/": b"",
        "reports/a.txt": BRIDGE.encode(),
        "reports/b.csv": b"text\nOne.\nTwo.\n",
        "reports/c.docx": making.word(making.paragraph("Three.")),
    }
    found = reading.records("all.zip", packed(members))

    assert [record.text for record in found] == [BRIDGE, "One.", "Two.", "Three."]
    assert found[0].raw == BRIDGE.encode()
    assert [record.source for record in found[:2]] == [
        "all.zip/reports/a.txt",
        "all.zip/reports/b.csv",
    ]
    assert [record.number for record in found] == [0, 1, 2, 0]


@pytest.mark.parametrize(
    "name",
    [
        *("../a.txt", "b/../../a.txt", "..\\a.txt", "/etc/a.txt", "\\\\host\\a.txt", "C:\\a.txt"),
        *("c:a.txt", "a\n.txt", "a\x7f.txt"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused_and_the_others_go_in(name):
    refused, read = reading.outline("a.zip", packed({name: ONE, "b.txt": ONE}))

    assert refused.startswith("member ")
    assert read == "One."


def test_a_name_with_nul_is_refused():
    data = packed({"a_.txt": ONE, "b.txt": ONE}).replace(b"a_.txt", b"a\0.txt")

    assert reading.outline("a.zip", data) == ["member a\ufffd.txt", "One."]


@pytest.mark.parametrize(
    ("member", "word"),
    [
        (packed({"a.txt": ONE}, external_attr=0o120777 << 16), "link"),
        (packed({"a.txt": ONE}, external_attr=0o020666 << 16), "device"),
        (making.encrypted(packed({"a.txt": ONE})), "password"),
        (packed({"a.txt": BRIDGE.encode() * 9}, compress_type=zipfile.ZIP_BZIP2), "deflate"),
        (packed({"a.txt": BRIDGE.encode()}, compress_type=0).replace(b"lorr", b"cars"), "damaged"),
        (packed({"a.txt": b"x\n" * 5_000_000}), "100 times"),
        (packed({"a.zip": packed({"a.txt": ONE})}), "inside"),
        (packed({"a.txt": packed({"a.txt": ONE})}), "inside"),
        (packed({"a.csv.gz": gzip.compress(b"text\nOne.\n")}), "inside"),
        (packed({"a.rtf": b"{\\rtf1 One.}"}), "not read"),
        (packed({"a.txt": b"\x89PNG\r\n"}), "picture"),
        (packed({"a.txt": b""}), "empty"),
    ],
)
def test_a_member_is_refused_in_a_clear_line(member, word):
    assert word in reading.reason("a.zip", member)
    assert reading.outline("a.zip", member) == [reading.outline("a.zip", member)[0]]


def test_what_is_no_article_beside_others_is_passed_over():
    beside = ("a.css", "b.PNG", ".hidden.txt", "__MACOSX/a.txt", "c/.git/a.txt")
    data = packed({**dict.fromkeys(beside, ONE), "z.txt": ONE})

    assert reading.outline("a.zip", data) == ["One."]


def test_the_fault_of_a_record_names_its_member():
    data = packed({"a/b.csv": b"id,text\n1,\n2,Two.\n"})

    assert reading.outline("a.zip", data) == ["member a/b.csv, line 2", "Two."]


def test_a_long_name_is_cut_where_it_is_told():
    (place,) = reading.outline("a.zip", packed({"x" * 5_000 + ".txt": b""}))

    assert len(place) < 250


@pytest.mark.parametrize(
    "data",
    [
        packed({}),
        packed({"a.css": ONE}),
        packed({"a.txt": ONE})[:-22],
        packed({"a.txt": ONE})[:40],
        packed({f"{n}.txt": ONE for n in range(6)}),
        b"PK\x03\x04" + b"x" * 99,
    ],
)
def test_an_archive_that_cannot_be_read_is_refused(data):
    assert reading.outline("a.zip", data, SMALL) == ["!"]


def test_all_members_together_are_counted_while_they_are_unpacked():
    text = b"".join(b"Line %d of a long report.\n" % n for n in range(60_000))
    data = packed({f"{n}.txt": text for n in range(4)})

    assert len(text) < SMALL.member_bytes
    assert reading.outline("a.zip", data, SMALL)[1:] == ["!"]


def test_a_member_that_is_too_large_is_refused_by_itself():
    text = b"".join(b"Line %d of a long report.\n" % n for n in range(80_000))

    assert reading.outline("a.zip", packed({"a.txt": text, "b.txt": ONE}), SMALL) == [
        "member a.txt",
        "One.",
    ]


def test_what_a_packed_file_unpacks_to_counts_too():
    body = "".join(making.paragraph(f"Line {n} of a long report.") for n in range(20_000))
    data = packed({f"{n}.docx": making.word(body) for n in range(3)})

    assert reading.outline("a.zip", data, SMALL)[-1] == "!"


def test_a_table_of_contents_that_says_it_is_huge_is_not_read():
    data = bytearray(packed({"a.txt": ONE}))
    data += b"x" * 20_000_000
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(40):
            archive.writestr(zipfile.ZipInfo(f"{number}" + "x" * 300), b"")
    end = bytearray(file.getvalue())
    end[-10:-6] = struct.pack("<I", 15_000_000)

    assert "members" in reading.reason("a.zip", b"PK\x03\x04" + bytes(data) + bytes(end))


def test_a_file_packed_with_gzip_is_read_as_what_it_is():
    record = reading.one("a.csv.gz", gzip.compress(b"text\nOne.\n"))

    assert (record.text, record.raw, record.source) == ("One.", b"One.\n", "a.csv")
    assert reading.one("a.csv", gzip.compress(b"text\nOne.\n")).problems == (
        "read as .gz, although called .csv",
    )


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(ONE)[:-4],
        gzip.compress(ONE)[:-8] + b"12345678",
        b"\x1f\x8b\x08\x00" + b"x" * 40,
        b"\x1f\x8b\x07",
        gzip.compress(b""),
        gzip.compress(b"\n" * 50_000_000),
        gzip.compress(packed({"a.txt": ONE})),
        gzip.compress(gzip.compress(ONE)),
    ],
    ids=["cut", "wrong sum", "garbage", "other method", "empty", "bomb", "zip", "twice"],
)
def test_a_packed_file_that_cannot_be_read_is_refused(data):
    assert reading.outline("a.txt.gz", data, BROWSER) == ["!"]
