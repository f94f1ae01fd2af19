"""`workbench export` and `join`: every format, from the present state and from a snapshot."""

import json
import zipfile

import pytest
from click.testing import CliRunner
from disks import small_disk

from db.engine import database_now, engines, transaction
from workbench.cli import main
from workbench.formats import labelled
from workbench.formats.final_labels import LabelChoice
from workbench.formats.readers import COMMAND
from workbench.formats.writers import FORMATS
from workbench.services import exporting, projects, repairing
from workbench.services.labelled_files import Reading
from workbench.services.labelled_imports import take_in
from workbench.services.permissions import OPERATOR
from workbench.services.preparing import Source
from workbench.settings import settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A data folder with three short articles and a snapshot of all their sentences."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    settings.cache_clear()
    for name, text in (
        ("a", "It rained on Monday.\n\nThe ferry left on Tuesday.\n"),
        ("b", "Nobody saw the second boat.\n"),
        ("c", "The mayor said the pier was safe.\n"),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
        assert run("import", str(tmp_path / f"{name}.txt")).exit_code == 0
    label("Nobody saw the second boat.", "It rained on Monday.")
    assert run("snapshot", "create", "--labels", "all").exit_code == 0
    yield tmp_path / "home"
    settings.cache_clear()


def label(*texts):
    """Somebody calls each of these sentences a claim."""
    tasks = [{"text": text, "label": ["claim"]} for text in texts]
    data = "\n".join(map(json.dumps, tasks)).encode()
    asked = labelled.Asked(labels={"claim": "Claim"}, annotator="Ada")
    with transaction(engines(settings().database_url)) as session:
        take_in(
            session,
            actor=OPERATOR,
            project=projects.find(session, actor=OPERATOR, slug=None),
            batch=1,
            file="tasks.jsonl",
            read=Reading(Source("tasks.jsonl", lambda: data), "doccano", asked, COMMAND),
            now=database_now(session),
        )


def run(*words):
    return CliRunner().invoke(main, list(words), prog_name="workbench")


def exported(fmt, out, *words):
    done = run("export", "--format", fmt, "--out", str(out), *words)
    assert done.exit_code == 0, done.stderr
    return done


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("whence", [("--labels", "all"), ("--snapshot", "1")], ids=["now", "one"])
def test_every_format_is_written_from_both_and_is_the_same_again(fmt, whence, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    told = exported(fmt, first, *whence)
    exported(fmt, second, *whence)

    assert "4 sentences exported" in told.stderr
    assert contents(first) == contents(second)
    assert all(contents(first).values())


def contents(path):
    if path.is_file():
        return {"": path.read_bytes()}
    files = (one for one in path.rglob("*") if one.is_file())
    return {str(one.relative_to(path)): one.read_bytes() for one in files}


@pytest.mark.parametrize("fmt", ["jsonl", "csv", "parquet", "prodigy"])
@pytest.mark.parametrize("choice", ["gold", "all"])
def test_answers_of_a_sentence_that_was_split_are_counted_where_they_are_left_out(
    fmt, choice, tmp_path
):
    words = "answer was left out: given to sentences that were split, merged or replaced since."
    asked = (fmt, tmp_path / "out", "--labels", choice)
    assert words not in exported(*asked).stderr
    split("It rained on Monday.", at=10)

    assert f"\n1 {words}\n" in exported(*asked).stderr


def split(text, *, at):
    """Split the sentence with this text, which begins its article, at a place in it."""
    with transaction(engines(settings().database_url)) as session:
        project = projects.find(session, actor=OPERATOR, slug=None)
        (one,) = [
            record
            for record in exporting.records(
                session, actor=OPERATOR, project_slug=project.slug, labels=LabelChoice.ALL
            )
            if record.text == text
        ]
        repairing.split(
            session,
            actor=OPERATOR,
            slug=project.slug,
            sentence=one.id,
            at=at,
            now=database_now(session),
        )


def test_a_folder_goes_to_standard_output_as_one_archive(tmp_path):
    packed = exported("hf", "-", "--snapshot", "1").stdout_bytes
    exported("hf", tmp_path / "hf", "--snapshot", "1")

    (tmp_path / "hf.zip").write_bytes(packed)
    with zipfile.ZipFile(tmp_path / "hf.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == contents(
            tmp_path / "hf"
        )


def test_each_split_can_have_a_file(tmp_path):
    exported("jsonl", tmp_path / "out", "--snapshot", "1", "--by-split")

    splits = {
        path.stem: {json.loads(line)["split"] for line in path.read_text().splitlines()}
        for path in (tmp_path / "out").iterdir()
    }
    assert splits == {name: {name} for name in ("train", "validation", "test")}


def test_a_standoff_export_joins_with_the_articles_to_the_records_it_was_made_of(tmp_path):
    exported("standoff", tmp_path / "s.jsonl", "--snapshot", "1")
    exported("jsonl", tmp_path / "r.jsonl", "--snapshot", "1")

    joined = run("join", str(tmp_path / "s.jsonl"), "--out", str(tmp_path / "j.jsonl"))

    assert "4 sentences joined" in joined.stderr
    assert (tmp_path / "j.jsonl").read_bytes() == (tmp_path / "r.jsonl").read_bytes()


def test_a_line_that_fits_no_article_is_named_and_the_others_are_joined(tmp_path):
    exported("standoff", tmp_path / "s.jsonl", "--snapshot", "1")
    lines = (tmp_path / "s.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "s.jsonl").write_bytes(b"".join([lines[0], b"{}\n", *lines[1:]]))

    joined = run("join", str(tmp_path / "s.jsonl"), "--out", str(tmp_path / "j.jsonl"))

    assert joined.exit_code == 1
    assert "s.jsonl\tline 2:" in joined.stderr
    assert "1 lines could not be joined" in joined.stderr
    assert len((tmp_path / "j.jsonl").read_bytes().splitlines()) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--format", "xlsx", "--out", "-"), "no format 'xlsx'"),
        (("--format", "jsonl", "--out", "-", "--snapshot", "7"), "no snapshot 7"),
        (
            ("--format", "jsonl", "--out", "-", "--snapshot", "1", "--labels", "all"),
            "has its labels",
        ),
        (("--format", "jsonl", "--out", "x", "--by-split"), "Only a snapshot is split"),
        (("--format", "jsonl", "--out", "-", "--by-split", "--snapshot", "1"), "standard output"),
        (("--format", "hf", "--out", "/", "--snapshot", "1"), "is not empty"),
        (("--format", "parquet", "--out", "/nowhere/x.parquet"), "no folder /nowhere"),
        (("--format", "prodigy", "--out", "-", "--excel"), "csv"),
    ],
)
def test_what_cannot_be_written_is_said_on_one_line(words, said):
    refused = run("export", *words)

    assert refused.exit_code == 1
    [line] = [line for line in refused.stderr.splitlines() if line.startswith("workbench: ")]
    assert said in line


def test_a_full_disk_leaves_no_half_folder(tmp_path):
    with small_disk(tmp_path / "disk", megabytes=1) as disk:
        filler = disk.fill()
        with filler.open("r+b") as file:
            file.truncate(filler.stat().st_size - 8_192)

        refused = run("export", "--format", "hf", "--out", str(disk.path / "hf"), "--snapshot", "1")

        assert refused.exit_code == 1
        assert "The disk is full" in refused.stderr
        assert [path.name for path in disk.path.iterdir()] == ["filler"]
