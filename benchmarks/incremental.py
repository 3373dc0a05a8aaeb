"""What does a second crawl cost a site? A site of our own on this machine, crawled again and again."""

import hashlib
import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from archive.pipeline import Archive
from archive.settling import settle
from archive.sources import load_all
from benchmarks.tables import machine, table
from scrapers.crawl import Options, crawl

_ON_A_LISTING = 20
# Each crawl needs a process of its own; it is given up after so many seconds.
_MOST_SECONDS = 600
_STORY = (
    "La Scop du Bief numéro {number}, à Flers (61), a fêté ses dix ans avec ses salariés, ses clients et les "
    "élus du canton, dans l’atelier qu’elle a repris à la barre du tribunal. "
)


@dataclass
class Cost:
    """What a site was asked and what it sent: ``size`` counts the bytes of bodies."""

    requests: int = 0
    unmodified: int = 0
    size: int = 0


@click.command()
@click.option("--pages", type=click.IntRange(1, 5000), default=1000, show_default=True, help="Articles.")
def main(pages: int) -> None:
    """Print a Markdown table of what crawls of an unchanged site ask for, beside the first.

    \b
        python -m benchmarks.incremental --pages 1000
    """
    rows = []
    with TemporaryDirectory() as folder, _served(_site(pages)) as (port, cost):
        sources = _declare(Path(folder), port)
        first = _crawled(sources, port, cost)
        for name, days, full in (
            ("the next crawl", 0, False),
            ("a crawl a week later", 7, False),
            ("a full crawl", 7, True),
        ):
            rows.append(_row(name, _crawled(sources, port, cost, days, full), first))
            click.echo(rows[-1], err=True)
    head = ("crawl", "requests", "of them 304", "bytes", "% of requests", "% of bytes")
    click.echo(f"{machine()}\n\n### Crawls of an unchanged site of {pages} articles\n")
    click.echo(table(head, [_row("the first crawl", first, first), *rows]))


def _row(name: str, cost: Cost, first: Cost) -> tuple[str, ...]:
    shares = (100 * cost.requests / first.requests, 100 * cost.size / first.size)
    counts = map(str, (cost.requests, cost.unmodified, cost.size))
    return (name, *counts, *(f"{share:.1f}" for share in shares))


def _site(pages: int) -> dict[str, bytes]:
    """Return the pages of the site by path: listings of twenty, articles of a few thousand characters."""
    listings = -(-pages // _ON_A_LISTING)
    found = {"/robots.txt": b"User-agent: *\nDisallow: /prive\n"}
    for number in range(pages):
        text = _STORY.format(number=number) * 20
        found[f"/recits/{number}"] = f"<h1>Récit {number}</h1><p>3 mai 2021</p><p>{text}</p>".encode()
    for listing in range(listings):
        numbers = range(listing * _ON_A_LISTING, min((listing + 1) * _ON_A_LISTING, pages))
        anchors = [f'<a href="/recits/{number}">Récit {number}</a>' for number in numbers]
        anchors += [f'<a href="/actu?page={other}">{other}</a>' for other in range(2, listings + 1)]
        address = f"/actu?page={listing + 1}" if listing else "/actu"
        found[address] = "\n".join(anchors).encode()
    return found


@contextmanager
def _served(pages: dict[str, bytes]) -> Iterator[tuple[int, Cost]]:
    cost = Cost()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            body = pages.get(self.path)
            status = 404 if body is None else 200
            etag = f'"{hashlib.sha256(body or b"").hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            cost.requests += 1
            cost.unmodified += status == 304
            cost.size += len(body or b"")
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port, cost
        server.shutdown()


def _declare(folder: Path, port: int) -> Path:
    sources = folder / "sources"
    sources.mkdir()
    home = f"http://127.0.0.1:{port}"
    (sources / "recits.toml").write_text(
        f'title = "Récits"\nkind = "blog"\nhome = "{home}/"\n[fetch]\nvia = "listing"\n'
        f"start = [\"{home}/actu\"]\narticles = '/recits/'\ndelay = 0.0\n",
        "utf-8",
    )
    return sources


def _crawled(sources: Path, port: int, cost: Cost, days: int = 0, full: bool = False) -> Cost:
    """Crawl as if ``days`` from now, and return what that cost the site."""
    before = Cost(cost.requests, cost.unmodified, cost.size)
    now = datetime.now(UTC) + timedelta(days=days)
    wishes = Options(sources.parent / "data", full=full, allow_private=(f"127.0.0.1:{port}",), now=now)
    child = multiprocessing.get_context("spawn").Process(target=_crawl, args=(sources, wishes))
    child.start()
    child.join(_MOST_SECONDS)
    if child.exitcode != 0:
        child.kill()
        raise click.ClickException(f"the crawl ended with {child.exitcode}")
    return Cost(cost.requests - before.requests, cost.unmodified - before.unmodified, cost.size - before.size)


def _crawl(folder: Path, wishes: Options) -> None:
    sources = load_all(folder)
    with Archive(wishes.data, sources) as archive:
        archive.begin_crawl(sources)
        result = crawl(list(sources.values()), archive, wishes)
        settle(archive, sources)
        archive.end_crawl("ok" if result.finished else "interrupted")


if __name__ == "__main__":
    main()
