"""A site on this machine that answers conditional requests, and a crawl of it in a process of its own."""

import hashlib
import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from archive.limits import Limits
from archive.pipeline import Archive
from archive.settling import settle
from archive.sources import load_all
from scrapers.crawl import Options
from scrapers.crawl import crawl as run

# A process can crawl the web only once. These children come from one that has imported everything already.
_CHILDREN = multiprocessing.get_context("forkserver")
_CHILDREN.set_forkserver_preload(["tests.local_site"])


@dataclass
class Answer:
    """What an address answers. ``headers`` go with the body."""

    body: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class LocalSite:
    """The answers by path, and what was asked of them: (path, status, bytes of body, headers sent).

    ``times`` are seconds of a clock that never goes back, one for each entry of ``asked``.
    """

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, int, int, Mapping[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    port: int = 0

    @property
    def home(self) -> str:
        """Return the address of the site."""
        return f"http://127.0.0.1:{self.port}"

    def take(self) -> list[tuple[str, int]]:
        """Return path and status of what was asked since the last call, robots.txt aside."""
        taken = [(path, status) for path, status, _, _ in self.asked if path != "/robots.txt"]
        self.asked.clear()
        return taken


@contextmanager
def served() -> Iterator[LocalSite]:
    """Serve a site on a free port until the end of the block."""
    site = LocalSite()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            answer = site.pages.get(self.path, Answer("", 404))
            body = answer.body.encode()
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            status = answer.status
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            site.times.append(time.monotonic())
            site.asked.append((self.path, status, len(body), dict(self.headers)))
            self.send_response(status)
            fields = {"Content-Type": "text/html; charset=utf-8", "ETag": etag, **answer.headers}
            for name, value in {**fields, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


def crawl(
    site: LocalSite,
    sources: Path,
    data: Path,
    days: float = 0,
    full: bool = False,
    limits: Limits | None = None,
    clock: Callable[[], datetime] | None = None,
) -> None:
    """Crawl the declared sources once, as if ``days`` from now."""
    allowed = site.home.removeprefix("http://")
    now = datetime.now(UTC) + timedelta(days=days)
    options = Options(data, full=full, allow_private=(allowed,), now=now, limits=limits or Limits())
    options = options if clock is None else replace(options, clock=clock)
    child = _CHILDREN.Process(target=_crawl, args=(sources, options))
    child.start()
    child.join(300)
    assert child.exitcode == 0, f"the crawl ended with {child.exitcode}"


def _crawl(folder: Path, options: Options) -> None:
    sources = load_all(folder)
    with Archive(options.data, sources) as archive:
        archive.begin_crawl(sources)
        result = run(list(sources.values()), archive, options)
        settle(archive, sources)
        archive.end_crawl("ok" if result.finished else "interrupted")
