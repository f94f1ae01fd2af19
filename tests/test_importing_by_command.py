"""`workbench import`: the choices of the import page, a preview, and taking an import out again."""

import json

import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.settings import settings

POLISH = "Łódź ponownie otworzyła nabrzeże. Nikt w Krakowie o to nie pytał, powiedziała."


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty data folder for commands that run in this process."""
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    settings.cache_clear()
    yield tmp_path / "home"
    settings.cache_clear()


@pytest.fixture
def bring_in(tmp_path):
    """Import a file of these bytes with these options."""

    def run(name, data, *options):
        (tmp_path / name).write_bytes(data)
        words = ["import", str(tmp_path / name), *options]
        return CliRunner().invoke(main, words, prog_name="workbench")

    return run


def texts():
    from sqlmodel import select

    from db.engine import engines, reading
    from db.models import Article

    with reading(engines(settings().database_url)) as session:
        found = session.exec(select(Article)).all()
        session.expunge_all()
    return found


def test_the_encoding_and_the_language_can_be_told(bring_in):
    ended = bring_in("a.txt", POLISH.encode("cp1250"), "--encoding", "cp1250", "--language", "pl")
    assert ended.exit_code == 0
    ((article,),) = [texts()]
    assert (article.text, article.encoding, article.language) == (POLISH, "cp1250", "pl")


def test_the_columns_can_be_told(bring_in):
    data = b"a,b,c\nRain,It rained on Monday.,2020-01-02\n"
    refused = bring_in("a.csv", data)
    assert (refused.exit_code, "refused" in refused.stdout) == (1, True)
    maps = ("--map", "text=b", "--map", "title=a", "--map", "published=c")
    assert bring_in("a.csv", data, *maps).exit_code == 0
    (article,) = texts()
    told = (article.text, article.title, article.published)
    assert told == ("It rained on Monday.", "Rain", "2020-01-02")


def test_mojibake_is_repaired_when_that_is_told(bring_in):
    garbled = "The café reopened.".encode().decode("cp1252").encode()
    bring_in("a.txt", garbled, "--repair-mojibake")
    assert [article.text for article in texts()] == ["The café reopened."]


def test_a_preview_is_a_table_and_stores_nothing(bring_in):
    data = b"text,title\nIt rained on Monday.,Rain\n,Nothing\nIt snowed.,Snow\n"
    ended = bring_in("a.csv", data, "--dry-run")
    rows = [line.split("\t") for line in ended.stdout.splitlines()]
    assert len({len(row) for row in rows}) == 1
    assert rows[0][:2] == ["file", "articles"]
    assert [row[1] for row in rows[1:]] == ["columns", "record 1", "refused", "record 3"]
    assert [row[4] for row in rows[1:]] == ["", "Rain", "", "Snow"]
    assert "text=text" in rows[1][-1]
    assert "line 3" in rows[3][-1]
    assert ended.exit_code == 1
    assert texts() == []


def test_a_preview_shows_what_a_repair_would_change(bring_in):
    garbled = "The café reopened.".encode().decode("cp1252").encode()
    ended = bring_in("a.txt", garbled, "--dry-run")
    assert "cafÃ© reopened. -> The café reopened." in ended.stdout
    assert ended.exit_code == 0


def test_an_import_can_be_taken_out_and_come_in_again(bring_in):
    data = b"It rained on Monday. It snowed on Tuesday."
    assert "Import 1: 1 added" in bring_in("a.txt", data).stderr
    run = lambda *words: CliRunner().invoke(main, list(words), prog_name="workbench")  # noqa: E731
    told = run("import", "--undo", "1", "--dry-run")
    assert "1 articles with 2 segments would be taken out" in told.stdout
    assert len(texts()) == 1
    assert "taken out, 2 of them from the queue" in run("import", "--undo", "1").stdout
    assert texts() == []
    assert run("import", "--undo", "1").exit_code == 1
    assert "Import 2: 1 added" in bring_in("a.txt", data).stderr
    assert run("db", "check").exit_code == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--encoding", "klingon"], "no such encoding"),
        (["--language", "1"], "is no language"),
        (["--map", "text"], "FIELD=COLUMN"),
        (["--map", "title=a"], "column for the text"),
        (["--map", "text=a", "--map", "mood=b"], "column for the text"),
        (["--undo", "3"], "not both"),
    ],
)
def test_a_choice_that_is_none_is_refused_in_one_line(bring_in, options, said):
    ended = bring_in("a.csv", b"text\nIt rained.\n", *options)
    assert ended.exit_code > 0
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert ended.stdout == ""


def test_an_import_that_is_not_there_is_told_in_one_line(bring_in):
    bring_in("a.txt", b"It rained.")
    ended = CliRunner().invoke(main, ["import", "--undo", "9"], prog_name="workbench")
    assert (ended.exit_code, ended.stderr.count("\n")) == (1, 1)
    assert "no import 9" in ended.stderr


STORIES = (
    "The bridge of Orlen fell on Friday.",
    "Two ferries met in fog off Mere.",
    "A tram was sold.",
)


def test_lines_that_were_set_aside_are_counted(bring_in):
    data = "".join(
        json.dumps(
            {
                "outlet": "Orlen Post",
                "text": f"A {at} day\n\n{story} Nobody was hurt by number {at}.\n\n"
                f"From the harbour desk\n\n{story} So number {at} was told.",
            }
        )
        + "\n"
        for at, story in enumerate(STORIES)
    )
    ended = bring_in("a.jsonl", data.encode())
    assert ended.exit_code == 0
    assert "Set aside, as several articles of a source carry them: 3 lines." in ended.stderr
