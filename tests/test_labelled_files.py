"""`workbench import` and files that hold labels: which are taken for one, and what comes of it."""

import json

import pytest
from click.testing import CliRunner

from workbench.cli import main
from workbench.settings import settings


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("WORKBENCH_DATABASE_URL", raising=False)
    yield use(tmp_path / "home", monkeypatch)
    settings.cache_clear()


def use(home, monkeypatch):
    monkeypatch.setenv("WORKBENCH_HOME", str(home))
    settings.cache_clear()
    return home


def run(*words):
    return CliRunner().invoke(main, list(words), prog_name="workbench")


def written(path, records, *, as_list=False):
    lines = "\n".join(map(json.dumps, records))
    path.write_text(json.dumps(records) if as_list else lines)
    return str(path)


PRODIGY = {"text": "Two boats left.", "accept": ["claim"], "answer": "accept"}
DOCCANO = {"id": 1, "text": "Two boats left.", "label": ["Claim"], "Comments": []}
LABEL_STUDIO = {
    "id": 1,
    "data": {"text": "Two boats left."},
    "annotations": [
        {
            "id": 1,
            "completed_by": 1,
            "result": [{"type": "choices", "value": {"choices": ["claim"]}}],
        }
    ],
}


@pytest.mark.parametrize(
    ("name", "record", "as_list"),
    [("a.jsonl", PRODIGY, False), ("b.jsonl", DOCCANO, False), ("c.json", LABEL_STUDIO, True)],
)
def test_a_labelled_file_comes_in_with_its_labels(tmp_path, name, record, as_list):
    done = run("import", written(tmp_path / name, [record], as_list=as_list))

    assert done.exit_code == 0, done.output
    assert "1 answer" in done.output
    out = run("export", "--format", "jsonl", "--out", "-").stdout_bytes
    assert json.loads(out)["labels"] == ["claim"]


def test_a_table_of_articles_with_some_other_label_stays_a_table_of_articles(tmp_path):
    news = {"text": "It rained on Monday.\n\nIt snowed on Tuesday.", "label": "weather"}
    done = run("import", written(tmp_path / "news.jsonl", [news]))

    assert done.exit_code == 0
    assert "2 segments, 2 in the queue" in done.output
    assert "answer" not in done.output


def test_labels_that_are_called_otherwise_are_mapped(tmp_path):
    path = written(tmp_path / "a.jsonl", [{"text": "Two boats left.", "label": ["FACT"]}])
    assert "1 answer" in run("import", path, "--label-map", "FACT=claim").output

    refused = run("import", path, "--label-map", "FACT")
    assert refused.exit_code == 1
    assert "LABEL=KEY" in refused.output


def test_an_export_into_an_empty_installation_gives_the_same_export(tmp_path, monkeypatch):
    run("import", written(tmp_path / "a.jsonl", [PRODIGY, PRODIGY | {"text": "It rained."}]))
    first = tmp_path / "export.jsonl"
    run("export", "--format", "jsonl", "--labels", "all", "--out", str(first))
    use(tmp_path / "empty", monkeypatch)

    assert run("import", str(first)).exit_code == 0
    second = tmp_path / "again.jsonl"
    run("export", "--format", "jsonl", "--labels", "all", "--out", str(second))
    assert second.read_bytes() == first.read_bytes()
    assert run("db", "check").exit_code == 0


def test_a_line_with_an_unknown_label_is_named_and_the_others_come_in(tmp_path):
    lines = [PRODIGY, PRODIGY | {"text": "It rained.", "accept": ["weather"]}]
    done = run("import", written(tmp_path / "a.jsonl", lines))

    assert done.exit_code == 1
    assert "line 2" in done.output
    assert "'weather' is not in the label set" in done.output
    assert "1 answer" in done.output
