"""A news site of invented articles on this machine, which remembers what it was asked and when."""

import asyncio
import hashlib
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks import stories

# What each process asks a site first: what it wants.
RULES = ("/robots.txt", "/.well-known/tdmrep.json")
_ON_A_LISTING = 20
_MENU = "".join(f'<li><a href="/rubrique/{n}">Rubrique numéro {n}</a></li>' for n in range(25))
_TEASERS = "".join(
    f'<div class="bloc"><h3>À lire aussi : brève {n}</h3><p>Quelques mots pour la brève numéro {n}, que rien '
    f"ne relie à la page.</p></div>"
    for n in range(12)
)
_PAGE = (
    '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{title} - Gazette du Bief</title>'
    '<link rel="stylesheet" href="/style.css"></head><body><header><nav><ul>{menu}</ul></nav></header>'
    '<main><article><h1>{title}</h1><p class="date">Publié le {day} mai 2021</p>{text}</article></main>'
    "<aside>{teasers}</aside><footer><p>Gazette du Bief, mentions légales, contact</p></footer></body></html>"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path, when (seconds of a clock that never goes back), and what it cost."""

    path: str
    at: float
    status: int
    size: int


@dataclass
class LocalSite:
    """The pages by path, and everything that was asked of them."""

    pages: Mapping[str, bytes]
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def home(self) -> str:
        """Return the address of the site."""
        return f"http://127.0.0.1:{self.port}"

    def counts(self) -> Counter[str]:
        """Return how often each page was asked for, a site's rules aside: each process reads them anew."""
        return Counter(asked.path for asked in self.asked if asked.path not in RULES)

    def least_gap(self) -> float:
        """Return the seconds between the two requests closest to each other."""
        times = sorted(asked.at for asked in self.asked)
        return min((later - sooner for sooner, later in pairwise(times)), default=0.0)

    def declare(self, folder: Path, delay: float = 0.0) -> Path:
        """Write a source file for the site into ``folder``, made if absent, and return the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "gazette.toml").write_text(
            f'title = "Gazette du Bief"\nkind = "blog"\nhome = "{self.home}/"\n[fetch]\nvia = "listing"\n'
            f"start = [\"{self.home}/actu\"]\narticles = '/recits/'\ndelay = {delay}\n",
            "utf-8",
        )
        return folder

    def crawl_command(self, sources: Path, data: Path, *more: str) -> list[str]:
        """Return the command that crawls the declared site into ``data``."""
        program = Path(sys.executable).with_name("coopress")
        places = ["--sources", str(sources), "--data", str(data), "--allow-private", f"127.0.0.1:{self.port}"]
        return [str(program), "crawl", *places, *more]


def pages(articles: int) -> dict[str, bytes]:
    """Return the pages of a site by path: articles of some 500 words and what usually stands around them.

    Listings have twenty each and lead to all others. No two articles share a sentence.
    """
    found = {"/robots.txt": b"User-agent: *\nDisallow: /prive\n"}
    for number, written in enumerate(stories.articles(articles)):
        text = "".join(f"<p>{paragraph}</p>" for paragraph in written.split("\n"))
        page = _PAGE.format(
            title=f"Récit numéro {number}", menu=_MENU, day=number % 28 + 1, text=text, teasers=_TEASERS
        )
        found[f"/recits/{number}"] = page.encode()
    listings = -(-articles // _ON_A_LISTING)
    for listing in range(listings):
        numbers = range(listing * _ON_A_LISTING, min((listing + 1) * _ON_A_LISTING, articles))
        anchors = [f'<a href="/recits/{number}">Récit {number}</a>' for number in numbers]
        anchors += [f'<a href="/actu?page={other}">{other}</a>' for other in range(2, listings + 1)]
        found[f"/actu?page={listing + 1}" if listing else "/actu"] = "\n".join(anchors).encode()
    return found


@contextmanager
def served(articles: int) -> Iterator[LocalSite]:
    """Serve a site of so many articles on a free port of 127.0.0.1 until the end of the block."""
    site = LocalSite(pages(articles))
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(lambda: _Visitor(site), "127.0.0.1", 0))
    site.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield site
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


class _Visitor(asyncio.Protocol):
    """One connection: answers GET requests one after the other, as cheaply as Python can."""

    def __init__(self, site: LocalSite) -> None:
        self._site = site
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head, self._buffer = self._buffer[:end], self._buffer[end + 4 :]
            self._transport.write(self._answer(head.decode("latin-1")))  # type: ignore[attr-defined]

    def _answer(self, head: str) -> bytes:
        line, *fields = head.split("\r\n")
        path = line.split(" ")[1]
        known = dict(field.lower().split(": ", 1) for field in fields)
        body = self._site.pages.get(path)
        status = 404 if body is None else 200
        body = body or b""
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and known.get("if-none-match") == etag:
            status, body = 304, b""
        self._site.asked.append(Asked(path, time.monotonic(), status, len(body)))
        kind = "text/plain" if path == "/robots.txt" else "text/html; charset=utf-8"
        answer = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nETag: {etag}\r\nContent-Length: {len(body)}"
        return f"{answer}\r\n\r\n".encode() + body
