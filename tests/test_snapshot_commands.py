"""`workbench snapshot`: from the command line to the folder and back, and what it refuses."""

import pytest
from click.testing import CliRunner
from disks import small_disk

from workbench.cli import main
from workbench.settings import settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A data folder with two short articles in it."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    settings.cache_clear()
    (tmp_path / "a.txt").write_text("It rained on Monday.\n\nThe ferry left on Tuesday.\n")
    (tmp_path / "b.txt").write_text("Nobody saw the second boat.\n")
    assert run("import", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")).exit_code == 0
    yield tmp_path / "home"
    settings.cache_clear()


def run(*words):
    return CliRunner().invoke(main, list(words), prog_name="workbench")


def created(*words):
    return run("snapshot", "create", "--labels", "all", *words)


def test_a_snapshot_is_taken_listed_shown_and_verified(home):
    taken = created("--note", "first")

    folder = home / "snapshots" / "default" / "1"
    assert taken.stdout.splitlines()[-1] == str(folder)
    assert "\t3 sentences\toperator\tfirst" in run("snapshot", "list").stdout
    assert run("snapshot", "show", "1").stdout.encode() == (folder / "manifest.json").read_bytes()
    assert run("snapshot", "verify", "1").exit_code == 0
    assert run("snapshot", "verify", str(folder)).exit_code == 0


def test_one_altered_byte_is_named_by_file_and_line_and_exits_with_2(home):
    created()
    path = home / "snapshots" / "default" / "1" / "sentences.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace(b'"kind":"b', b'"kind":"B')
    path.write_bytes(b"".join(lines))

    verified = run("snapshot", "verify", "1")

    assert verified.exit_code == 2
    assert verified.stdout.splitlines()[-1] == "sentences.jsonl, line 2: the line was altered."


def test_the_next_snapshot_is_compared_with_the_one_before(home, tmp_path):
    created("--split", "no")
    (tmp_path / "c.txt").write_text("A third boat was seen.\n")
    run("import", str(tmp_path / "c.txt"))
    created("--split", "no")

    told = run("snapshot", "diff", "1", "2")

    assert told.exit_code == 0
    [line] = told.stdout.splitlines()
    assert line.startswith("came\t")
    assert line.endswith("\tA third boat was seen.")
    assert "1 came, 0 went, 0 changed." in told.stderr


def test_what_was_asked_for_is_compared_too():
    created("--split", "no")
    created("--split", "no", "--kind", "body")

    told = run("snapshot", "diff", "1", "2")

    assert told.stdout.splitlines() == ["asked for\tkinds nothing -> body"]
    assert "0 came, 0 went, 0 changed." in told.stderr


def test_a_copy_is_written_where_it_is_asked_for(tmp_path):
    taken = created("--out", str(tmp_path / "out"))

    assert taken.stdout.splitlines()[-1] == str(tmp_path / "out")
    assert run("snapshot", "verify", str(tmp_path / "out")).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("create",), "No sentence is as asked"),
        (("create", "--split", "80,20"), "is no split"),
        (("create", "--split", "80,30,10"), "100 together"),
        (("create", "--labels", "mine"), "no --labels mine"),
        (("create", "--kind", "prose"), "no kind 'prose'"),
        (("create", "--from", "Monday"), "no day or month"),
        (("create", "--out", "/"), "is not empty"),
        (("show", "7"), "no snapshot 7"),
        (("verify", "7"), "no snapshot 7"),
        (("verify", "/nowhere"), "/nowhere is no snapshot"),
        (("diff", "/nowhere", "/nowhere"), "/nowhere is no snapshot"),
    ],
)
def test_what_cannot_be_done_is_said_on_one_line(words, said):
    refused = run("snapshot", *words)

    assert refused.exit_code == 1
    [line] = [line for line in refused.stderr.splitlines() if line.startswith("workbench: ")]
    assert said in line


def test_on_a_full_disk_nothing_is_left_under_a_name(tmp_path, monkeypatch):
    with small_disk(tmp_path / "disk", megabytes=4) as disk:
        monkeypatch.setenv("WORKBENCH_HOME", str(disk.path))
        settings.cache_clear()
        (tmp_path / "long.txt").write_text("It rained on Monday, and it snowed.\n" * 200)
        assert run("import", str(tmp_path / "long.txt")).exit_code == 0
        filler = disk.fill()
        with filler.open("r+b") as file:
            file.truncate(max(filler.stat().st_size - 100_000, 0))

        refused = created()

        assert refused.exit_code == 1
        assert "The disk is full" in refused.stderr
        folder = disk.path / "snapshots" / "default"
        assert [path.name for path in folder.iterdir()] == []
