"""The same data gives the same snapshot, to the byte, on SQLite and on PostgreSQL."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from conftest import _fresh_postgres
from factories import Make

import workbench
from db.engine import engines, examining, transaction
from workbench.formats import labelled
from workbench.formats.choosing import Filters
from workbench.formats.final_labels import LabelChoice
from workbench.formats.readers import COMMAND
from workbench.services.labelled_files import Reading
from workbench.services.labelled_imports import take_in
from workbench.services.permissions import OPERATOR
from workbench.services.preparing import Source, prepare
from workbench.services.snapshot_taking import Wish, drafted, keep
from workbench.services.storing import begin_batch, store_all

SAMPLES = sorted((Path(workbench.__file__).parent / "samples").glob("*.txt"))[:4]
GIVEN = [["claim"], ["attribution", "claim"], [], ["dispute"]]


@pytest.fixture
def both(tmp_path, sqlite_template, postgres_template, postgres_url):
    """A database of each kind."""
    shutil.copyfile(sqlite_template, tmp_path / "workbench.db")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    url = _fresh_postgres(postgres_url, f"both_{worker}", template=postgres_template)
    pairs = [engines(f"sqlite:///{tmp_path / 'workbench.db'}"), engines(url)]
    yield pairs
    for pair in pairs:
        pair.dispose()


def filled(pair, now):
    """Sample articles, and what two people said about their sentences."""
    prepared = [prepare(path.name, path.read_bytes()) for path in SAMPLES]
    texts = [seg.of(one.text) for one in prepared for seg in one.segments if seg.kind == "body"]
    tasks = [
        {
            "text": text,
            "accept": GIVEN[(number + (who == "Bo") * (number % 3 == 0)) % 4],
            "_session_id": who,
            "_timestamp": (now + timedelta(minutes=number)).timestamp(),
            "answer": "accept" if number % 7 else "ignore",
        }
        for number, text in enumerate(texts)
        for who in (("Ada", "Bo") if number % 2 else ("Ada",))
    ]
    data = b"".join(orjson.dumps(task) + b"\n" for task in tasks)
    known = labelled.Asked(labels={key: key for key in ("claim", "attribution", "dispute")})
    with transaction(pair) as session:
        project = Make(session, now).project(slug="demo", name="Demo")
        into = {"actor": OPERATOR, "project": project, "now": now}
        into["batch"] = begin_batch(session, project=project)
        store_all(session, prepared=prepared, **into)
        read = Reading(Source("t.jsonl", lambda: data), "prodigy", known, COMMAND)
        report = take_in(session, file="t.jsonl", read=read, **into)
    assert report.n_faults == 0


def taken(pair, home, wish, now):
    who = {"actor": OPERATOR, "home": home}
    with (
        examining(pair) as reading,
        drafted(reading, project_slug="demo", wish=wish, **who) as draft,
        transaction(pair) as session,
    ):
        keep(session, draft=draft, now=now, **who)
    folder = home / "snapshots" / "demo" / "1"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    "wish",
    [Wish(), Wish(filters=Filters(whose=LabelChoice.ALL), plan=None)],
    ids=["gold and split", "all and whole"],
)
def test_every_file_is_the_same_to_the_byte(both, tmp_path, now, wish):
    found = []
    for number, pair in enumerate(both):
        filled(pair, now)
        found.append(taken(pair, tmp_path / str(number), wish, now))

    sqlite, postgresql = found
    assert sqlite.keys() == postgresql.keys()
    assert [name for name in sqlite if sqlite[name] != postgresql[name]] == []
