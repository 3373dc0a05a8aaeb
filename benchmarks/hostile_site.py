"""A server that misbehaves on purpose: raw bytes over loopback, one address of 127.0.0.0/8 for each case."""

import asyncio
import contextlib
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

# Reading a request, and pushing bytes at a robot that no longer wants them, ends after so many seconds.
_MOST_SECONDS = 120.0
_BLOCK = bytes(1 << 16)

Answer = Callable[["Visit"], Awaitable[None]]


@dataclass
class Visit:
    """One request under answer: what was asked (``path``), by which ``host``, and where bytes are sent."""

    host: str
    path: str
    port: int
    head: bytes
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send raw bytes; ConnectionError once the robot has hung up."""
        self.writer.write(data)
        await self.writer.drain()

    async def page(self, body: bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        """Send one proper response; a header's name is written with ``_`` for ``-``."""
        fields = {"Content-Type": kind, "Content-Length": str(len(body))}
        fields |= {name.replace("_", "-"): value for name, value in headers.items()}
        await self.send(head(status, fields))
        for start in range(0, len(body), len(_BLOCK)):
            await self.send(body[start : start + len(_BLOCK)])

    async def redirect(self, location: str, status: int = 302) -> None:
        """Send a redirect."""
        await self.page(b"", status=status, Location=location)

    async def trickle(self, data: bytes, every: float = 0.05) -> None:
        """Send ``data`` a byte at a time, for ever."""
        until = time.monotonic() + _MOST_SECONDS
        while time.monotonic() < until:
            for byte in data:
                await self.send(bytes([byte]))
                await asyncio.sleep(every)

    async def flood(self, data: bytes) -> None:
        """Send ``data`` as fast as it is taken, for ever."""
        until = time.monotonic() + _MOST_SECONDS
        while time.monotonic() < until:
            await self.send(data)

    def reset(self) -> None:
        """Tear the connection down without a farewell."""
        self.writer.transport.abort()


@dataclass
class Server:
    """The answers by address, what each address was asked, and when it was first and last heard of."""

    answers: Mapping[str, Answer]
    port: int = 0
    tls_port: int = 0
    asked: dict[str, list[str]] = field(default_factory=dict)
    seen: dict[str, tuple[float, float]] = field(default_factory=dict)
    listening: list[asyncio.Server] = field(default_factory=list)
    connected: set[asyncio.StreamWriter] = field(default_factory=set)

    def seconds(self, host: str) -> float:
        """Return how long an address was being asked, first contact to last hang-up."""
        first, last = self.seen.get(host, (0.0, 0.0))
        return last - first

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection, each as its address does."""
        host, port = writer.get_extra_info("sockname")[:2]
        self._touch(host)
        self.connected.add(writer)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while not writer.is_closing():
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _MOST_SECONDS)
                path = head.split(b" ", 2)[1].decode("latin-1")
                self.asked.setdefault(host, []).append(path)
                await self.answers[host](Visit(host, path, port, head, writer))
                await writer.drain()
        self._touch(host)
        writer.close()
        self.connected.discard(writer)

    def _touch(self, host: str) -> None:
        now = time.monotonic()
        self.seen[host] = (self.seen.get(host, (now, now))[0], now)


def head(status: int, fields: Mapping[str, str], reason: str = "OK") -> bytes:
    """Return a status line and headers, the blank line included."""
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in fields.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


@contextmanager
def served(answers: Mapping[str, Answer], tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Serve every address of ``answers`` on one port, and on another with ``tls``, until the block ends."""
    server = Server(answers)
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_serve, args=(loop, server, tls, ready), daemon=True)
    thread.start()
    assert ready.wait(10), "the hostile server did not start"
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _serve(
    loop: asyncio.AbstractEventLoop, server: Server, tls: ssl.SSLContext | None, ready: threading.Event
) -> None:
    asyncio.set_event_loop(loop)
    hosts = list(server.answers)
    server.port = loop.run_until_complete(_listen(server, hosts, None))
    if tls is not None:
        server.tls_port = loop.run_until_complete(_listen(server, hosts, tls))
    ready.set()
    loop.run_forever()
    loop.run_until_complete(_close(server))
    loop.close()


async def _close(server: Server) -> None:
    """Take no more connections, and drop those that are open."""
    for listening in server.listening:
        listening.close()
    for writer in server.connected:
        writer.transport.abort()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)  # for the sockets to be closed


async def _listen(server: Server, hosts: Sequence[str], tls: ssl.SSLContext | None) -> int:
    """Listen on every address, on the port that was free on the first of them, and return it."""
    port = 0
    for host in hosts:
        listening = await asyncio.start_server(server.answer, host, port, ssl=tls)
        server.listening.append(listening)
        port = listening.sockets[0].getsockname()[1]
    return port
