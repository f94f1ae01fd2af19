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
CELLS = "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
IMPORT = re.compile(r"^Import \d+$")
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
    """The report of an import, row by row."""
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    rows = page.get_by_role("region", name="Report").first.locator("tbody tr")
    expect(rows.first).to_be_visible()
    return rows.evaluate_all(CELLS)  # of one moment


def lay(manager, *files):
    """Lay files ready on the import page."""
    page = manager.open("/import")
    given = [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in files]
    page.locator("input[type=file]").set_input_files(given)
    expect(page.get_by_role("button", name=re.compile(r"^Import \d+ file"))).to_be_visible()
    return page


def choose(page, label, option):
    page.get_by_label(label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    expect(page.locator("[data-test-script-state=notRunning]")).to_be_visible()


def download(manager, fmt):
    page = manager.open("/export")
    choose(page, "Format", fmt)
    button = page.get_by_role("link", name="Download").first
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
    page.get_by_role("button", name="Import articles").click()
    page.locator("input[type=file]").set_input_files(FILES)
    page.get_by_role("button", name="Import 5 files").click()

    expect(page.get_by_role("heading", name=IMPORT)).to_be_visible()
    expect(page.get_by_text("3 articles added, 2 files refused.")).to_be_visible()
    report = {name: (outcome, reason) for name, outcome, _, reason, *_ in cells(page)}
    assert len(report) == 5
    for name, words in (("empty.txt", "The file is empty"), ("picture.txt", "not a text")):
        assert report[name][0] == "Refused"
        assert words in report[name][1]
    assert {report[name][0] for name in GOOD} == {"Added"}
    page.get_by_role("button", name="Go to articles").click()
    expect(page.get_by_test_id("article-list").get_by_role("row")).to_have_count(4)


def test_files_can_be_dropped_on_the_page_and_the_same_ones_again_add_nothing(manager):
    page = manager.page
    for words in ("3 articles added. ", "3 already there"):
        manager.open("/import")
        data = page.evaluate_handle(DROP, list(GOOD.items()))
        page.get_by_test_id("stFileUploaderDropzone").dispatch_event("drop", {"dataTransfer": data})
        page.get_by_role("button", name="Import 3 files").click()
        expect(page.get_by_text(words)).to_be_visible()


def test_what_was_imported_by_the_page_is_labelled_at_once(manager, installation, slug):
    page = lay(manager, ("quay.txt", GOOD["quay.txt"].encode()))
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.get_by_text("1 article added.")).to_be_visible()
    page.get_by_role("link", name="Annotate").click()
    annotator = AnnotatorPage(manager, installation).ready()
    annotator.press("3")

    assert annotator.stored() == {installation.queue(slug)[0]: "attribution claim"}


def test_a_file_in_the_wrong_encoding_is_put_right_before_it_is_stored(manager, installation):
    text = "Łódź ponownie otworzyła nabrzeże.\nNikt w Krakowie o to nie pytał.\n"
    page = lay(manager, ("łódź.txt", text.encode("cp1250")))
    shown = page.get_by_role("region", name="Text")
    choose(page, "Encoding", "cp1252")
    expect(shown).not_to_contain_text("Łódź")
    choose(page, "Encoding", "cp1250")
    expect(shown).to_contain_text("Łódź ponownie otworzyła nabrzeże.")
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.get_by_text("1 article added.")).to_be_visible()
    page.get_by_role("link", name="Annotate").click()
    annotator = AnnotatorPage(manager, installation).ready()
    expect(annotator.page.get_by_test_id("sentence")).to_contain_text("Łódź")


def test_the_columns_of_a_table_are_chosen_and_remembered(manager):
    table = "a,b\nRain,It rained on Monday.\nSnow,It snowed on Tuesday.\nx,y,z\n"
    page = lay(manager, ("a.csv", table.encode()))
    expect(page.get_by_text("known to hold the text")).to_be_visible()
    choose(page, "Text", "b")
    expect(page.get_by_role("region", name="Text")).to_contain_text("It rained on Monday.")
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.get_by_text("2 articles added, 1 record of other files refused.")).to_be_visible()
    assert [row[2] for row in cells(page)] == ["line 4", ""]

    page = lay(manager, ("b.csv", table.replace("rained", "hailed").encode()))
    expect(page.get_by_text("as the last time for these columns")).to_be_visible()
    expect(page.get_by_role("region", name="Text")).to_contain_text("It hailed on Monday.")


def test_an_import_that_is_stopped_keeps_what_is_done_and_can_be_undone(
    manager, installation, slug
):
    files = [
        (f"{n:03}.txt", "".join(f"On day {n} boat {m} came in, she said. " for m in range(900)))
        for n in range(150)
    ]
    page = lay(manager, *[(name, text.encode()) for name, text in files])
    page.get_by_role("button", name="Import 150 files").click()
    expect(page.get_by_text(re.compile(r"[1-9]\d* of 150 files(?! looked)"))).to_be_visible()
    page.reload()
    later = page.get_by_text(re.compile(r"([2-9]\d|1\d\d) of 150 files(?! looked)"))
    expect(later).to_be_visible(timeout=120_000)  # a busy machine reads files slowly
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("It was stopped.")).to_be_visible()
    n_in = len({sentence.partition(":")[0] for sentence in installation.queue(slug)})
    assert 0 < n_in < 150
    assert len(cells(page)) == min(n_in, 100)

    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text(f"This takes {n_in} article")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Undo import \d+$")).click()
    expect(page.get_by_text(f"{n_in} articles taken out.")).to_be_visible()
    assert installation.queue(slug) == []


def test_the_report_of_an_import_can_be_fetched(manager):
    page = lay(manager, *[(file["name"], file["buffer"]) for file in FILES])
    page.get_by_role("button", name="Import 5 files").click()
    expect(page.get_by_role("heading", name=IMPORT)).to_be_visible()
    with page.expect_download() as found:
        page.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(io.StringIO(found.value.path().read_text("utf-8-sig"), newline="")))
    assert [row["file"] for row in rows] == [file["name"] for file in FILES]
    assert [row["outcome"] for row in rows].count("refused") == 2


def test_the_report_of_an_import_is_for_those_who_import(manager, installation, slug, sign_in):
    page = lay(manager, ("quay.txt", GOOD["quay.txt"].encode()))
    page.get_by_role("button", name="Import 1 file").click()
    expect(page.get_by_role("heading", name=IMPORT)).to_be_visible()
    number = page.url.rpartition("=")[2]
    assert page.request.get(f"{installation.url}/imports/{slug}/{number}.csv").status == 200
    other = sign_in(project=slug).page
    expect(other.get_by_test_id("sentence")).to_be_visible()
    answer = other.request.get(f"{installation.url}/imports/{slug}/{number}.csv")
    assert answer.status in (403, 404)


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


def test_many_files_stand_in_a_table_and_a_click_opens_one(manager):
    lay(manager, ("quay.txt", GOOD["quay.txt"].encode()), ("empty.txt", b""))
    page = manager.page
    expect(page.get_by_text("2 files, something to note in 1.")).to_be_visible()
    expect(page.get_by_label("Look at")).to_have_value("quay.txt")
    rows = page.get_by_test_id("stDataFrame")
    expect(rows).to_have_count(1)
    expect(rows).to_be_visible()
    rows.click(position={"x": 60, "y": 52})  # the first row, drawn on a canvas
    expect(page.get_by_label("Look at")).to_have_value("empty.txt")


def test_a_labelled_file_comes_in_with_the_labels_that_were_chosen(manager, installation, slug):
    records = [
        {"text": f"Boat {n} left.", "accept": [label], "answer": "accept", "_annotator_id": who}
        for n, (label, who) in enumerate([("claim", "ada"), ("FACT", "bea"), ("FACT", "ada")])
    ]
    lay(manager, ("boats.jsonl", "\n".join(map(json.dumps, records)).encode()))
    page = manager.page
    expect(page.get_by_text("Holds labels by 2 annotators; 3 texts, 3 answers.")).to_be_visible()
    page.get_by_label("Label 1 of the file").click()
    page.get_by_role("option", name="Claim", exact=True).click()
    expect(page.get_by_text("not known here")).to_have_count(0)
    page.get_by_role("button", name=re.compile(r"^Import \d+ file")).click()
    expect(page.get_by_role("heading", name=IMPORT)).to_be_visible()

    assert any("3 answers" in cell for row in cells(page) for cell in row)
