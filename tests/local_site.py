"""A site on this machine that answers conditional requests, and a crawl of it in a process of its own."""

import hashlib
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from archive.limits import Limits
from archive.pipeline import Archive
from archive.settling import settle
from archive.sources import load_all
from scrapers.crawl import Options
from scrapers.crawl import crawl as run

# What each crawl asks a site first: what it wants.
RULES = ("/robots.txt", "/.well-known/tdmrep.json")
# A process can crawl the web only once. These children come from one that has imported everything already.
_CHILDREN = multiprocessing.get_context("forkserver")
_CHILDREN.set_forkserver_preload(["tests.local_site"])


@dataclass
class Answer:
    """What an address answers, after so many ``seconds``. ``headers`` go with the body.

    Where ``headers`` are pairs, one may come several times; a value may be made when it is sent.
    """

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str | Callable[[], str]] | Sequence[tuple[str, str]] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass
class LocalSite:
    """The answers by path, and what was asked of them: (path, status, bytes of body, headers sent).

    ``times`` are seconds of a clock that never goes back, one for each entry of ``asked``.
    """

    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, int, int, Mapping[str, str]]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    port: int = 0
    host: str = "127.0.0.1"

    @property
    def home(self) -> str:
        """Return the address of the site."""
        return f"http://{self.host}:{self.port}"

    def gaps(self) -> list[float]:
        """Return the seconds between each two requests, robots.txt included."""
        return [later - sooner for sooner, later in pairwise(self.times)]

    def paths(self) -> list[str]:
        """Return what was asked for, in order, a site's rules aside."""
        return [path for path, *_ in self.asked if path not in RULES]

    def take(self) -> list[tuple[str, int]]:
        """Return path and status of what was asked since the last call, a site's rules aside."""
        taken = [(path, status) for path, status, _, _ in self.asked if path not in RULES]
        self.asked.clear()
        return taken


@contextmanager
def served(host: str = "127.0.0.1") -> Iterator[LocalSite]:
    """Serve a site on a free port of a loopback address until the end of the block."""
    site = LocalSite(host=host)
    end = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            answer = site.pages.get(self.path, Answer("", 404))
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            status = answer.status
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            site.times.append(time.monotonic())
            site.asked.append((self.path, status, len(body), dict(self.headers)))
            end.wait(answer.seconds)  # a slow server
            self.send_response(status)
            fields = {"Content-Type": "text/html; charset=utf-8", "ETag": etag, **dict(answer.headers)}
            pairs = answer.headers.items() if isinstance(answer.headers, Mapping) else answer.headers
            told = {name for name, _ in pairs}
            for name, value in [*pairs, *((name, fields[name]) for name in fields.keys() - told)]:
                self.send_header(name, value() if callable(value) else value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer((host, 0), Handler) as server:
        server.daemon_threads = True
        site.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        end.set()
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
    others: Sequence[LocalSite] = (),
) -> None:
    """Crawl the declared sources, on ``site`` and ``others``, once, as if ``days`` from now."""
    allowed = tuple(one.home.removeprefix("http://") for one in (site, *others))
    now = datetime.now(UTC) + timedelta(days=days)
    options = Options(data, full=full, allow_private=allowed, now=now, limits=limits or Limits())
    options = options if clock is None else replace(options, clock=clock)
    # The process that children come from is older than what a test sets.
    contact = os.environ.get("COOPRESS_CONTACT", "")
    child = _CHILDREN.Process(target=_crawl, args=(sources, options, contact))
    child.start()
    child.join(300)
    assert child.exitcode == 0, f"the crawl ended with {child.exitcode}"


def _crawl(folder: Path, options: Options, contact: str) -> None:
    os.environ["COOPRESS_CONTACT"] = contact
    sources = load_all(folder)
    with Archive(options.data, sources) as archive:
        archive.begin_crawl(sources)
        result = run(list(sources.values()), archive, options)
        settle(archive, sources)
        archive.end_crawl("ok" if result.finished else "interrupted")
