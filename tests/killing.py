"""Reviewers at work while processes are killed under them: what they were told, what is stored."""

import http.client
import itertools
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa

from db.engine import Engines, engines, examining
from db.models import Annotation, AnnotationEvent
from db.models.naming import table
from tests.bench import fill, stage
from tests.bench.fill import Person
from tests.running import Workbench, until
from workbench.services import checking
from workbench.services.permissions import OPERATOR

FEW, FULL = 15, 40  # when the annotator asks for more sentences, and how many it then holds
MOST_OPS = 3  # in one request
PATIENCE = 120.0  # a machine may be busy with other things while a server starts
OVERLAP = 2  # reviewers that each sentence needs: all are given out by lease


@dataclass
class Writer(threading.Thread):
    """A reviewer who labels without pause, and sends again whatever was not acknowledged."""

    person: Person
    ports: Sequence[int]
    stopped: threading.Event
    rng: random.Random
    acknowledged: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    statuses: Counter[str] = field(default_factory=Counter)
    n_cut: int = 0
    fault: str = ""
    line: list[dict[str, Any]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    cursor: str = ""

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self._port = itertools.cycle(self.ports)
        self._connection: http.client.HTTPConnection | None = None

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        try:
            self._ask([])
            while self.line and not self.stopped.is_set():
                self._label(self.line[: self.rng.randint(1, MOST_OPS)])
        except AssertionError as error:
            self.fault = str(error)
        finally:
            if self._connection is not None:
                self._connection.close()

    def _label(self, items: list[dict[str, Any]]) -> None:
        ops = [_op(item, self.rng) for item in items]
        self.sent |= {op["op_id"] for op in ops}
        del self.line[: len(items)]
        for ack in self._ask(ops)["acks"]:
            self.statuses[ack["status"]] += 1
            assert ack["status"] in {"applied", "replayed"}, ack
            self.acknowledged.append(ack["op_id"])

    def _ask(self, ops: list[dict[str, Any]]) -> dict[str, Any]:
        """Post the same request, to one process after the other, until one answers it."""
        want = FULL - len(self.line) if len(self.line) < FEW else 0
        body = {"project": fill.SLUG, "reviewer": self.person.public_id, "ops": ops}
        raw = orjson.dumps(body | {"after": self.cursor, "want": want, "have": []})
        deadline = time.monotonic() + PATIENCE
        while (answer := self._posted(raw)) is None:
            assert time.monotonic() < deadline, f"no answer within {PATIENCE} s"
            self.n_cut += 1
            time.sleep(0.02)
        if want:
            self.cursor = answer["cursor"]
            # As the annotator does: what is held already may be in a window again.
            self.line += [item for item in answer["window"] if item["id"] not in self.seen]
            self.seen |= {item["id"] for item in answer["window"]}
        return answer

    def _posted(self, body: bytes) -> dict[str, Any] | None:
        """The answer; None where the connection broke or the database was away."""
        headers = {"cookie": f"workbench={self.person.cookie}", "x-workbench": "1"}
        headers |= {"content-type": "application/json"}
        connection = self._connection or http.client.HTTPConnection(
            "127.0.0.1", next(self._port), timeout=PATIENCE
        )
        try:
            connection.request("POST", "/api/ops", body, headers)
            reply = connection.getresponse()
            content = reply.read()
        except (OSError, http.client.HTTPException):
            connection.close()
            self._connection = None
            return None
        self._connection = connection
        if reply.status == 503:
            return None
        assert reply.status == 200, f"{reply.status} {content[:200]!r}"
        answer: dict[str, Any] = orjson.loads(content)
        return answer


def _op(item: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    labels = rng.choice((["claim"], ["attribution"], ["attribution", "claim"], []))
    return {
        "op_id": str(uuid.uuid4()),
        "sentence": item["id"],
        "base_version": item["version"],
        "act": "label",
        "labels": labels,
        "active_ms": 1500,
    }


_annotation = table(Annotation)
_OVER = (
    sa.select(_annotation.c.sentence_id)
    .group_by(_annotation.c.sentence_id)
    .having(sa.func.count() > OVERLAP)
)


@dataclass(frozen=True)
class Tally:
    """What became of everything that was sent.

    Attributes:
        n_acknowledged: Labels that a reviewer was told are stored.
        n_resent: Of these, how many had been stored by a request whose answer was cut off.
        n_cut: Requests that got no answer.
        n_lost: Acknowledged labels that are not there.
        n_doubled: Labels that are there more than once.
        n_strange: Labels that are there and that nobody sent.
        n_over: Sentences that more reviewers have than need them.
        faults: What a check of the whole database found: hashes, chains, folds, counts.
        broken: What went wrong for a reviewer, in words.
    """

    n_acknowledged: int
    n_resent: int
    n_cut: int
    n_lost: int
    n_doubled: int
    n_strange: int
    n_over: int
    faults: list[str]
    broken: list[str]

    @property
    def is_whole(self) -> bool:
        """Whether every promise was kept."""
        n_wrong = self.n_lost + self.n_doubled + self.n_strange + self.n_over
        return n_wrong + len(self.faults) + len(self.broken) == 0


def filled(url: str, *, n_sentences: int, n_people: int = 4) -> list[Person]:
    """A database with sentences that are given out by lease; who is signed in to label them."""
    pair = fill.open_empty(url)
    people = fill.people(pair, n_people)
    fill.articles(pair, n_sentences)
    stage.lease_out(pair, overlap=OVERLAP)
    stage.close(pair)
    return people


@contextmanager
def at_work(
    people: Sequence[Person], workbenches: Sequence[Workbench], *, seed: int = 1
) -> Iterator[list[Writer]]:
    """Reviewers who work until the block ends; the last answers have come by then."""
    stopped = threading.Event()
    ports = [each.port for each in workbenches]
    writers = [
        Writer(person, ports[i % len(ports) :] + ports[: i % len(ports)], stopped, _chance(seed, i))
        for i, person in enumerate(people)
    ]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        stopped.set()
        for writer in writers:
            writer.join(PATIENCE)


def _chance(seed: int, i: int) -> random.Random:
    return random.Random(f"{seed} {i}")  # noqa: S311 - no secret


def tally(url: str, writers: Sequence[Writer]) -> Tally:
    """Compare what the reviewers were told with what stands in the database."""
    pair = engines(url)
    found = _tally(pair, writers)
    pair.dispose()
    return found


def _tally(pair: Engines, writers: Sequence[Writer]) -> Tally:
    events = table(AnnotationEvent)
    with examining(pair) as session:
        stored = Counter(session.execute(sa.select(events.c.op_id)).scalars())
        n_over = len(session.execute(_OVER).all())
        faults = [str(fault) for fault in checking.faults(session, actor=OPERATOR)]
        if pair.path is not None:
            found = session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one()
            faults += [found] * (found != "ok")
    acknowledged = [op_id for writer in writers for op_id in writer.acknowledged]
    sent = set().union(*(writer.sent for writer in writers))
    return Tally(
        n_acknowledged=len(acknowledged),
        n_resent=sum(writer.statuses["replayed"] for writer in writers),
        n_cut=sum(writer.n_cut for writer in writers),
        n_lost=sum(op_id not in stored for op_id in acknowledged),
        n_doubled=sum(n > 1 for n in stored.values()),
        n_strange=sum(op_id not in sent for op_id in stored),
        n_over=n_over,
        faults=faults,
        broken=[writer.fault for writer in writers if writer.fault],
    )


def n_told(writers: Sequence[Writer]) -> int:
    """How many labels have been acknowledged so far."""
    return sum(len(writer.acknowledged) for writer in writers)


def until_told(writers: Sequence[Writer], *, more: int) -> None:
    """Wait until so many more labels were acknowledged: the work goes on."""
    there = n_told(writers)
    until(
        lambda: n_told(writers) >= there + more or _is_over(writers),
        seconds=PATIENCE,
        what=f"{more} more labels",
    )
    assert not _is_over(writers), [writer.fault for writer in writers]


def _is_over(writers: Sequence[Writer]) -> bool:
    return not any(writer.is_alive() for writer in writers)


def seconds_until(answers: Callable[[], bool]) -> float:
    """How long it takes until something answers."""
    started = time.monotonic()
    until(answers)
    return time.monotonic() - started
