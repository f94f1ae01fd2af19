"""A team's installation: PostgreSQL, two processes of the workbench, a proxy in front."""

import http.client
import json
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.engine import engines, examining
from tests.e2e.installation import Installation
from tests.proxy import COOKIE, Proxy
from tests.running import Workbench
from workbench.services import checking
from workbench.services.permissions import OPERATOR

# The statements of an installation are SQLite's: PostgreSQL's words for the same.
WORDS = (("?", "%s"), ("group_concat", "string_agg"), ("e.new", "e.new::text AS new"))


class Team(Installation):
    """Two processes on one database and one data folder."""

    def __init__(self, database: str, home: Path, **settings: str) -> None:
        """Start the processes and the proxy."""
        self.database = database
        self.engines = engines(database)
        self._names = defaultdict(int)
        given = {"WORKBENCH_DATABASE_URL": database, "FORWARDED_ALLOW_IPS": "127.0.0.1"}
        self.processes = [Workbench(home, settings=given | settings) for _ in range(2)]
        for each in self.processes:
            each.start()
        self.workbench = self.processes[0]
        self.proxy = Proxy([each.port for each in self.processes])

    @property
    def url(self) -> str:
        return self.proxy.url

    @property
    def ports(self) -> list[int]:
        return [each.port for each in self.processes]

    def stop(self) -> None:
        self.proxy.stop()
        for each in self.processes:
            each.stop()
        self.engines.dispose()

    def process_of(self, cookies: list[Any]) -> Workbench:
        """The process that a browser with these cookies is sent to."""
        (number,) = [int(each["value"]) for each in cookies if each["name"] == COOKIE]
        return self.processes[number]

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        for ours, theirs in WORDS:
            statement = statement.replace(ours, theirs)
        with self.engines.read.connect() as connection:
            found: Any = connection.exec_driver_sql(statement, values).mappings().all()
            return list(found)

    def faults(self) -> list[str]:
        """What a check of the whole database finds."""
        with examining(self.engines) as session:
            return [str(fault) for fault in checking.faults(session, actor=OPERATOR)]


@contextmanager
def team(database: str, home: Path, **settings: str) -> Iterator[Team]:
    found = Team(database, home, **settings)
    try:
        yield found
    finally:
        found.stop()


def ask(
    port: int,
    method: str,
    path: str,
    body: Any = None,
    *,
    cookie: str = "",
    source: str = "127.0.0.1",
    **headers: str,
) -> tuple[int, dict[str, str], bytes]:
    """One request from an address of this machine: status, headers, content."""
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=20, source_address=(source, 0)
    )
    given = {"x-workbench": "1"} | {name.replace("_", "-"): one for name, one in headers.items()}
    if cookie:
        given["cookie"] = f"workbench={cookie}"
    if isinstance(body, dict):
        body, given["content-type"] = json.dumps(body), "application/json"
    connection.request(method, path, body, given)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): one for name, one in answer.getheaders()}, content


def label(sentence: str, base: int = 0, *labels: str) -> dict[str, Any]:
    """An op as a browser sends it."""
    values = {"op_id": str(uuid.uuid4()), "sentence": sentence, "base_version": base}
    return values | {"act": "label", "labels": list(labels or ("claim",))}
