"""A small reverse proxy for tests: sticky by a cookie, WebSockets too, nothing held back."""

import asyncio
import re
import threading
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any

COOKIE = "process"
STICKY = re.compile(rb"\b" + COOKIE.encode() + rb"=([0-9]+)")
HOP = {b"connection", b"keep-alive"}
END = b"\r\n\r\n"
PIECE = 65536


class Proxy:
    """Passes requests on to processes by their ports; each visitor stays with one that answers.

    `says` are headers that it writes itself, in place of what the visitor sent.
    """

    def __init__(self, targets: Sequence[int]) -> None:
        """Listen on a free port, in a thread of its own, until `stop`."""
        self.targets = list(targets)
        self.says: dict[str, str] = {}
        self._next = 0
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server = self._do(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    async def _end(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        with suppress(OSError, asyncio.IncompleteReadError):
            await self._passed(reader, writer)
        writer.close()  # whatever is left to be sent is sent first
        self._writers.discard(writer)

    async def _passed(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(END)
        found = STICKY.search(head)
        sticky = int(found[1]) if found else None
        for target in self._order(sticky):
            try:
                theirs, ours = await asyncio.open_connection("127.0.0.1", self.targets[target])
            except OSError:
                continue
            ours.write(_forwarded(head, writer.get_extra_info("peername")[0], self.says))
            asking = asyncio.ensure_future(_pumped(reader, ours))
            try:
                answer = await theirs.readuntil(END)
                told = b"" if target == sticky else _told(target)
                writer.write(answer[:-2] + told + b"\r\n")
                await _pumped(theirs, writer)
            finally:
                asking.cancel()
                ours.close()
            return
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0" + END)

    def _order(self, sticky: int | None) -> list[int]:
        """Where to ask first, and where if nobody is there."""
        first = sticky
        if first is None:
            first, self._next = self._next, (self._next + 1) % len(self.targets)
        return [(first + i) % len(self.targets) for i in range(len(self.targets))]


def _told(target: int) -> bytes:
    return f"set-cookie: {COOKIE}={target}; Path=/; HttpOnly; SameSite=Lax\r\n".encode()


def _forwarded(head: bytes, peer: str, says: dict[str, str]) -> bytes:
    """One request a connection, with who asked behind whatever was claimed."""
    first, *lines = head[: -len(END)].split(b"\r\n")
    headers = [(line.partition(b":")[0].lower(), line) for line in lines]
    is_upgrade = any(name == b"upgrade" for name, _ in headers)
    claimed = [line.partition(b":")[2] for name, line in headers if name == b"x-forwarded-for"]
    replaced = HOP | {b"x-forwarded-for"} | {name.lower().encode() for name in says}
    kept = [line for name, line in headers if name not in replaced]
    kept += [f"{name}: {value}".encode() for name, value in says.items()]
    how = b"connection: Upgrade" if is_upgrade else b"connection: close"
    chain = b",".join([*claimed, f" {peer}".encode()])
    return b"\r\n".join([first, *kept, how, b"x-forwarded-for:" + chain]) + END


async def _pumped(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    while piece := await source.read(PIECE):
        sink.write(piece)
        await sink.drain()
