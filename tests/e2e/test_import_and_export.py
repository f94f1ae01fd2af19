"""From files on a disk to a training set in a program, exact to the code point."""

import csv
import io
import json
import re

import pandas as pd
import pytest
from playwright.sync_api import expect

from tests.e2e.annotator_page import AnnotatorPage

GOOD = {
    "quay.txt": "The “quay” reopened on Monday, the port office said.\r\n"
    "Two ferries 😀 came in.\r\n\r\n"
    '=2+2, the mayor said, "is four".\r\nShe said, "wait;\r\nthen" and left.\r\n'
    "The log\rwas wet, the harbour master said.\r\n",
    "ferry.txt": "-1,5 metres was the mark, the pilots said.\n@noon it fell. +3 boats left.\n"
    "It was \ufffdshut\ufffd, an officer said. Nobody denied it.\n",
    "chapel.txt": "كان الجسر مغلقا، قال العمدة. The chapel stood.\u2028It leaned, they said.\n",
}
BAD = {"empty.txt": b"", "picture.txt": bytes(range(256)) * 20}
FILES = [
    {"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in GOOD.items()
]
FILES += [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in BAD.items()]
DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name, { type: "text/plain" }));
  return data;
}"""


@pytest.fixture
def slug(installation):
    """A project of its own for each test, still without an article."""
    return installation.create_another("import")


@pytest.fixture
def manager(sign_in, slug):
    """Who may import into it, at the Articles page."""
    visitor = sign_in(role="manager", project=slug)
    visitor.open("/articles")
    return visitor


@pytest.fixture
def labelled(manager, installation, slug):
    """The good files, imported, and every sentence of theirs labelled by keyboard."""
    installation.bring(slug, GOOD)
    manager.open("/")
    annotator = AnnotatorPage(manager, installation).ready()
    queue = installation.queue(slug)
    assert len(queue) >= 10
    for number, _ in enumerate(queue):
        annotator.press("123450"[number % 6])
    annotator.has_sent_all()
    return manager


def cells(page):
    """The table of the page, row by row, as it is told to a screen reader."""
    rows = page.get_by_test_id("stDataFrame").locator("tbody tr")
    return [row.locator("td").all_text_contents() for row in rows.all()]


def download(manager, fmt):
    page = manager.open("/export")
    page.get_by_test_id("stRadio").get_by_text(fmt, exact=True).click()
    button = page.get_by_role("link", name="Download")
    ending = "jsonl" if fmt == "JSONL" else "csv"
    expect(button).to_have_attribute("href", re.compile(rf"latest\.{ending}"))
    with page.expect_download() as found:
        button.click()
    return found.value.path().read_bytes()


def is_exact(source, start, end, text):
    """Whether a record's text is the slice of the raw file that it says it is."""
    raw = GOOD[source].encode().decode("utf-8")
    return raw[int(start) : int(end)] == text


def test_files_are_imported_by_the_page_and_each_bad_one_is_named_with_its_reason(manager):
    page = manager.page
    page.locator("input[type=file]").set_input_files(FILES)
    page.get_by_role("button", name="Import 5 files").click()

    expect(page.get_by_text("3 articles added, 2 refused.")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("tbody tr")).to_have_count(5)
    report = {name: (outcome, reason) for name, outcome, reason, *_ in cells(page)}
    for name, words in (("empty.txt", "The file is empty"), ("picture.txt", "not a text")):
        assert report[name][0] == "Refused"
        assert words in report[name][1]
    assert {report[name][0] for name in GOOD} == {"Added"}
    expect(page.get_by_test_id("article-list").get_by_role("row")).to_have_count(4)


def test_files_can_be_dropped_on_the_page_and_the_same_ones_again_add_nothing(manager):
    page = manager.page
    for words in ("3 articles added. ", "3 already there"):
        data = page.evaluate_handle(DROP, list(GOOD.items()))
        page.get_by_test_id("stFileUploaderDropzone").dispatch_event("drop", {"dataTransfer": data})
        page.get_by_role("button", name="Import 3 files").click()
        expect(page.get_by_text(words)).to_be_visible()


def test_what_was_imported_by_the_page_is_labelled_at_once(manager, installation, slug):
    page = manager.page
    page.locator("input[type=file]").set_input_files(FILES[:1])
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.get_by_text("1 article added.")).to_be_visible()
    page.get_by_role("link", name="Annotate").click()
    annotator = AnnotatorPage(manager, installation).ready()
    annotator.press("3")

    assert annotator.stored() == {installation.queue(slug)[0]: "attribution claim"}


def test_every_text_of_a_downloaded_jsonl_is_a_slice_of_its_raw_file(labelled, installation, slug):
    records = [json.loads(line) for line in download(labelled, "JSONL").decode().splitlines()]

    assert {record["id"] for record in records} == set(installation.queue(slug))
    for record in records:
        source = record["article"]["source"]
        assert is_exact(source, record["start"], record["end"], record["text"])
    labels = installation.labels(labelled.name)
    assert {record["id"]: " ".join(record["labels"]) or "none" for record in records} == labels


def test_every_text_of_a_downloaded_csv_is_a_slice_of_its_raw_file(labelled, installation, slug):
    data = download(labelled, "CSV").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(data, newline="")))

    assert {row["id"] for row in rows} == set(installation.queue(slug))
    for row in rows:
        assert is_exact(row["article_source"], row["start"], row["end"], row["text"])


def test_pandas_reads_the_texts_back_as_they_were(labelled, installation, slug):
    frame = pd.read_csv(
        io.BytesIO(download(labelled, "CSV")),
        dtype=str,
        keep_default_na=False,
        lineterminator="\n",
    )

    assert len(frame) == len(installation.queue(slug))
    for row in frame.itertuples():
        assert is_exact(row.article_source, row.start, row.end, row.text)


@pytest.mark.parametrize(("fmt", "ending"), [("JSONL", "jsonl"), ("CSV", "csv")])
def test_the_command_writes_the_same_bytes_as_the_page(
    labelled, installation, slug, tmp_path, fmt, ending
):
    path = tmp_path / f"out.{ending}"
    command = ("export", "--project", slug, "--format", ending, "--out", str(path))
    installation.workbench.run(*command)

    assert path.read_bytes() == download(labelled, fmt)


def test_a_reviewer_can_neither_import_nor_export(installation, slug, sign_in):
    installation.bring(slug, {"quay.txt": GOOD["quay.txt"]})
    page = sign_in(project=slug).page
    expect(page.get_by_test_id("sentence")).to_be_visible()
    expect(page.get_by_role("link", name="Export")).to_have_count(0)
    answer = page.request.get(f"{installation.url}/export/{slug}/latest.csv")
    assert answer.status in (403, 404)

    page.get_by_role("link", name="Articles").click()
    expect(page.get_by_test_id("article-list")).to_be_visible()
    expect(page.get_by_role("button", name="Import articles")).to_have_count(0)
