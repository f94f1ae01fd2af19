"""Reviewers without a browser: each labels through `POST /api/ops` as the annotator does.

A process of its own, `python -m tests.bench.load`: what to do comes as JSON on standard input, what
was measured leaves as JSON on standard output.
"""

import asyncio
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import uvloop

FEW, FULL = 15, 40  # when the annotator asks for more sentences, and how many it then holds
PRESETS = (["claim"], ["attribution"], ["attribution", "claim"], [], ["claim", "dispute"])
HEAD = (
    "POST /api/ops HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncookie: workbench={cookie}\r\n"
    "content-type: application/json\r\nx-workbench: 1\r\ncontent-length: {length}\r\n\r\n"
)


@dataclass
class Reviewer:
    """One reviewer on one kept-alive connection, one request in flight."""

    port: int
    project: str
    cookie: str
    public_id: str
    line: list[tuple[str, int]] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    cursor: str = ""
    waits: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    n: int = 0

    async def work(self, until: float, pause: float, most: int, sign: Path | None) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        await self._ask(ops=[])
        while self.line and time.perf_counter() < until and self.n < most:
            if sign is not None and not sign.exists():
                break
            started = time.perf_counter()
            if await self._label():
                self.waits.append((time.perf_counter() - started) * 1000)
            if pause:
                await asyncio.sleep(max(0.0, started + pause - time.perf_counter()))
        self.writer.close()

    async def look(self, *, n: int) -> None:
        """Ask for the first window again and again, holding no article."""
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        for _ in range(n):
            self.line, self.held, self.cursor = [], [], ""
            self.seen.clear()
            started = time.perf_counter()
            status, answer = await self._ask(ops=[])
            if status == 200 and self.line:
                self.waits.append((time.perf_counter() - started) * 1000)
            else:
                self.faults.append(f"{status} {answer}"[:200])
        self.writer.close()

    async def _label(self) -> bool:
        sentence, version = self.line.pop(0)
        op = {
            "op_id": str(uuid.uuid4()),
            "sentence": sentence,
            "base_version": version,
            "act": "label",
            "labels": PRESETS[self.n % len(PRESETS)],
            "check_worthiness": None,
            "reason": None,
            "active_ms": 1500,
            "shown_at": "2026-03-03T12:00:00.000Z",
            "decided_at": "2026-03-03T12:00:01.500Z",
        }
        self.n += 1
        status, answer = await self._ask(ops=[op])
        acks = [ack["status"] for ack in answer.get("acks", [])]
        if status != 200 or acks != ["applied"]:
            self.faults.append(f"{status} {answer.get('acks') or answer}"[:200])
            return False
        return True

    async def _ask(self, *, ops: list[dict[str, Any]]) -> tuple[int, dict[str, Any]]:
        want = FULL - len(self.line) if len(self.line) < FEW else 0
        body = orjson.dumps(
            {
                "project": self.project,
                "reviewer": self.public_id,
                "ops": ops,
                "after": self.cursor,
                "want": want,
                "have": self.held[-200:] if want else [],
            }
        )
        head = HEAD.format(port=self.port, cookie=self.cookie, length=len(body))
        self.writer.write(head.encode() + body)
        status, answer = await _answer(self.reader)
        if want and status == 200:
            self.cursor = answer["cursor"]
            new = [item for item in answer["window"] if item["id"] not in self.seen]
            self.line += [(item["id"], item["version"]) for item in new]
            self.seen.update(item["id"] for item in new)
            self.held += [name for name in answer["articles"] if name not in self.held]
        return status, answer


async def _answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, Any]]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    body = await reader.readexactly(length)
    return int(head.split(b" ", 2)[1]), orjson.loads(body)


async def _run(asked: dict[str, Any]) -> dict[str, Any]:
    reviewers = [
        Reviewer(asked["port"], asked["project"], cookie, public_id)
        for cookie, public_id in asked["people"]
    ]
    started = time.perf_counter()
    until, pause = started + asked["seconds"], asked.get("pause", 0.0)
    most = asked.get("most", 1 << 30)
    sign = Path(asked["sign"]) if "sign" in asked else None  # they work as long as it is there
    works = []
    for reviewer in reviewers:
        if pause:  # people do not press in step
            await asyncio.sleep(pause / len(reviewers))
        looks = asked.get("windows")
        work = reviewer.look(n=looks) if looks else reviewer.work(until, pause, most, sign)
        works.append(asyncio.create_task(work))
    ended = await asyncio.gather(*works, return_exceptions=True)
    broken = [f"{type(each).__name__}: {each}" for each in ended if isinstance(each, BaseException)]
    return {
        "waits": [wait for reviewer in reviewers for wait in reviewer.waits],
        "each": [len(reviewer.waits) for reviewer in reviewers],
        "faults": [fault for reviewer in reviewers for fault in reviewer.faults] + broken,
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time(),
    }


def main() -> None:
    asked = orjson.loads(sys.stdin.buffer.read())
    sys.stdout.buffer.write(orjson.dumps(uvloop.run(_run(asked))))


if __name__ == "__main__":
    main()
