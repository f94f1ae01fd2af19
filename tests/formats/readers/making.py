"""Files as programs write them, small and made here; no file of the world is among them."""

import io
import zipfile
import zlib

import pyarrow as pa
import pyarrow.parquet as pq

BRIDGE = (
    "The bridge over the Orle was closed to lorries on Monday after two cracks were found in its "
    "eastern pier, the town's engineer said."
)
REPAIRS = (
    "Repairs will take until March and cost 3.4 million crowns, according to the council, which "
    "had put off an inspection twice."
)
FERRY = (
    "The operator of the ferry disputed that figure on Tuesday and said the true cost would be "
    "higher by half."
)
BODY = (BRIDGE, REPAIRS, FERRY)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def page(*paragraphs: str, head: str = "", lang: str = "en") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or BODY)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>Bridge closed</title>{head}</head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>Bridge closed</h1>{body}</article>"
        "</body></html>"
    )


HEAD = (
    '<meta property="og:title" content="Bridge over the Orle closed">'
    '<meta property="og:site_name" content="Orle Courier">'
    '<meta name="author" content="Ada Marsh">'
    '<meta property="article:published_time" content="2015-10-16T08:00:00+02:00">'
    '<meta property="article:modified_time" content="2022-04-20T10:00:00Z">'
    '<link rel="canonical" href="https://courier.example/bridge">'
)


def saved_page(markup: str, *, address: str = "https://courier.example/bridge") -> bytes:
    lines = (
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {address}",
        "Subject: Bridge closed",
        "Date: Wed, 20 Apr 2022 10:00:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary="edge"',
        "",
        "--edge",
        'Content-Type: text/html; charset="utf-8"',
        "Content-Transfer-Encoding: 8bit",
        f"Content-Location: {address}",
        "",
        markup,
        "--edge",
        "Content-Type: image/png",
        "Content-Transfer-Encoding: base64",
        "",
        "iVBORw0KGgo=",
        "--edge--",
        "",
    )
    return "\r\n".join(lines).encode()


def word(
    body: str, *, title: str | None = None, doctype: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": (
            f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<w:document xmlns:w="{WORD}">'
            f"<w:body>{body}</w:body></w:document>"
        ).encode(),
    }
    if title is not None:
        parts["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title><dc:creator>A clerk</dc:creator>"
            "<dc:language>en-GB</dc:language></cp:coreProperties>"
        ).encode()
    return packed(parts | (more or {}))


def paragraph(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def packed(members: dict[str, bytes], **settings: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = settings.get("compress_type", zipfile.ZIP_DEFLATED)
            info.external_attr = settings.get("external_attr", 0)
            archive.writestr(info, data)
    return file.getvalue()


def encrypted(archive: bytes) -> bytes:
    """The same archive with the bit for encryption set in both places."""
    data = bytearray(archive)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def printed(
    pages: list[list[tuple[float, float, str]]], *, title: str | None = None, extra: str = ""
) -> bytes:
    """A PDF file with lines of 12-point Helvetica at the places given, from the lower left."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    objects.append(f"<< /Title ({title or ''}) /Author (A clerk) /CreationDate (D:20220420) >>")
    kids = []
    for lines in pages:
        marks = "".join(f"BT /F1 12 Tf {x} {y} Td ({text}) Tj ET\n" for x, y, text in lines)
        kids.append(len(objects) + 1)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects) + 2} 0 R >>"
        )
        objects.append(f"<< /Length {len(marks)} >>\nstream\n{marks}endstream")
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n"
        f"<< /Size {size} /Root 1 0 R /Info 4 0 R {extra}>>\nstartxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


def again_and_again(mark: bytes, times: int, *, depth: int = 0, n_pages: int = 1) -> bytes:
    """A small PDF file whose page repeats a mark so often, packed; or so often at each depth."""
    packed = "/Filter /FlateDecode"
    used = "/Resources << /Font << /F1 5 0 R >> /XObject << /X %d 0 R >> >>"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 600 800]"
    text = b"BT /F1 12 Tf 72 700 Td " + mark * (1 if depth else times) + b"ET "
    inner, kids = b"/X Do " * times, "3 0 R " * n_pages
    out = (
        f"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        f"5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n"
        f"2 0 obj\n<< /Type /Pages /Kids [{kids}] /Count {n_pages} >>\nendobj\n"
    ).encode()
    page = f"/Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R {used % 6}"
    out += f"3 0 obj\n<< {page} >>\nendobj\n".encode()
    for number in range(depth + 1):
        stream = zlib.compress(text if number == depth else inner, 9)
        told = f"{form} {used % (6 + number)}" if number else ""
        place = 5 + number if number else 4
        out += f"{place} 0 obj\n<< {told} {packed} /Length {len(stream)} >>\nstream\n".encode()
        out += stream + b"\nendstream\nendobj\n"
    return out + b"trailer\n<< /Size %d /Root 1 0 R >>\n%%%%EOF\n" % (depth + 6)


PROTECTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    f"/O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<00><00>] "
)


def table(columns: dict[str, list[object]]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()
