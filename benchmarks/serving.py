"""How long does a reader wait? Our pages and plain Datasette's on one large invented archive, in one run.

    python -m benchmarks.serving [--articles 200000] [--data DIR] [--requests 40] [--no-plain]

Builds the archive in DIR when it is not there (about ten minutes for 200,000 articles), serves it twice and
asks for pages of each kind, with one reader and with eight at once, and again while a crawl writes.
"""

import argparse
import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.press_archive import build, vocabulary

ROOT = Path(__file__).parents[1]
_START = "import sys; sys.argv = {arguments!r}; from {module} import {name}; {name}()"
# What a crawl does to a reader: one article after the other is saved, indexed and committed.
_CRAWL = """
import sys, time
from archive.store.database import open_database
from archive.store import stem_index
from pathlib import Path
database = open_database(Path(sys.argv[1]))
rows = database.execute("select id, text from articles limit 2000").fetchall()
while True:
    for identifier, text in rows:
        with database.atomic():
            database.execute("update articles set text = ? where id = ?", [text + " relu", identifier])
            stem_index.refresh(database)
            database.execute("update articles set text = ? where id = ?", [text, identifier])
            stem_index.refresh(database)
        time.sleep(0.3)
"""

_SERVERS: dict[str, int] = {}  # the process behind each address; it may have children

Kinds = dict[str, Callable[[], str]]


def main() -> None:
    """Print one table a server and load."""
    options = _options()
    with tempfile.TemporaryDirectory() as made:
        data = options.data or Path(made)
        data.mkdir(parents=True, exist_ok=True)
        path = data / "archive.db"
        if not path.exists():
            build(path, options.articles)
        with _coopress(data) as address:
            chosen = _ours(random.Random(5), path)
            _measure("coopress, one reader", address, chosen, options.requests, 1)
            _measure("coopress, eight readers", address, chosen, options.requests, 8)
            with _crawl(path):
                title = "coopress, eight readers, a crawl writing"
                _measure(title, address, chosen, options.requests, 8)
            _measure("coopress, whole archive", address, _whole("/recherche.csv"), 8, 1)
        if options.no_plain:
            return
        with _datasette(path) as address:
            streamed = _whole("/archive/articles.csv?_stream=1")
            plain = _plain(random.Random(5), path)
            _measure("plain Datasette, one reader", address, plain, options.plain_requests, 1)
            _measure("plain Datasette, eight readers", address, plain, options.plain_requests, 8)
            _measure("plain Datasette, whole archive", address, streamed, 8, 1)


def _whole(path: str) -> Kinds:
    return {"export, first byte": lambda: path}


def _ours(chance: random.Random, path: Path) -> Kinds:
    articles = _ids(path)
    return {
        "home": lambda: "/",
        "search": lambda: f"/recherche?q={quote(_question(chance))}",
        "facet": lambda: (
            f"/recherche?q={quote('departement:' + chance.choice(('91', '75', '13', '2a', '974')))}"
        ),
        "table with facets": lambda: "/archive/articles",
        "article": lambda: f"/a/{chance.choice(articles)}",
        "co-op": lambda: f"/archive/coops/{chance.randint(1, 4000)}",
    }


def _plain(chance: random.Random, path: Path) -> Kinds:
    articles = _ids(path)
    faceted = "/archive/articles?_facet=source&_facet=year&_facet=kind&_facet_array=departments"
    return {
        "home": lambda: "/",
        "search": lambda: f"/archive/articles?_search={quote(_words(chance))}",
        "facet": lambda: f"{faceted}&departments__arraycontains={chance.choice(('91', '75', '13'))}",
        "table with facets": lambda: faceted,
        "article": lambda: f"/archive/articles/{chance.choice(articles)}",
        "co-op": lambda: f"/archive/coops/{chance.randint(1, 4000)}",
    }


def _words(chance: random.Random) -> str:
    """Return one to three words, the frequent ones more often, as readers ask for them."""
    words = vocabulary()
    return " ".join(words[int(900 * chance.random() ** 2)] for _ in range(chance.choice((1, 1, 2, 2, 3))))


def _question(chance: random.Random) -> str:
    more = ("", "", "", "annee:2019", "departement:91", "depuis:2020 type:coupure", "source:source_3")
    return f"{_words(chance)} {chance.choice(more)}".strip()


def _measure(title: str, address: str, kinds: Kinds, requests: int, readers: int) -> None:
    sys.stdout.write(f"\n{title} (load {os.getloadavg()[0]:.1f})\n")
    sys.stdout.write(f"{'':20} {'median':>8} {'p95':>8} {'longest':>8} {'CPU':>8}  failed, timed out\n")
    for kind, path_of in kinds.items():
        asked = [path_of() for _ in range(requests)]
        _asked(address, asked[0])  # the first opens files and connections
        before = _cpu(address)
        with ThreadPoolExecutor(readers) as pool:
            found = list(pool.map(lambda path: _asked(address, path), asked))
        times = sorted(seconds for seconds, _, _ in found)
        p95 = statistics.quantiles(times, n=20)[-1]
        wrong = sum(status != 200 for _, status, _ in found)
        cut = sum(timed_out for _, _, timed_out in found)
        cpu = (_cpu(address) - before) / requests
        figures = (statistics.median(times), p95, times[-1], cpu)
        line = f"{kind:20} {' '.join(map(_ms, figures))}  {wrong}, {cut}\n"
        sys.stdout.write(line)
        sys.stdout.flush()


def _asked(address: str, path: str) -> tuple[float, int, bool]:
    """Return the seconds to the page (or an export's first byte), its status, if a facet timed out."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=120)
    started = time.perf_counter()
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read(1) if ".csv" in path else response.read()
    seconds = time.perf_counter() - started
    connection.close()
    timed_out = "Décomptes trop longs".encode() in body or b"These facets timed out" in body
    return seconds, response.status, timed_out


def _cpu(address: str) -> float:
    """Return the seconds of processor that a server has used, whatever else the machine does."""
    server, ticks = str(_SERVERS[address]), 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if server in (path.parent.name, fields[1]):
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _ids(path: Path) -> Sequence[int]:
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = [row[0] for row in connection.execute("select id from article_summaries limit 5000")]
    connection.close()
    return found


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:6.0f} ms"


@contextmanager
def _coopress(data: Path) -> Iterator[str]:
    arguments = ["coopress", "serve", "--data", str(data), "--port", "0"]
    code = _START.format(arguments=arguments, module="archive.cli", name="main")
    with _process([sys.executable, "-c", code], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        _SERVERS[address] = server.pid
        yield address


@contextmanager
def _datasette(path: Path) -> Iterator[str]:
    arguments = ["datasette", str(path), "--port", "8799"]
    code = _START.format(arguments=arguments, module="datasette.cli", name="cli")
    environment = {**os.environ, "DATASETTE_LOAD_PLUGINS": ""}
    with _process([sys.executable, "-c", code], env=environment, stdout=subprocess.DEVNULL) as server:
        for _ in range(100):
            time.sleep(0.2)
            try:
                _asked("http://127.0.0.1:8799", "/-/versions.json")
                break
            except OSError:
                continue
        _SERVERS["http://127.0.0.1:8799"] = server.pid
        yield "http://127.0.0.1:8799"


@contextmanager
def _crawl(path: Path) -> Iterator[None]:
    with _process([sys.executable, "-c", _CRAWL, str(path)]):
        time.sleep(2)
        yield


@contextmanager
def _process(command: list[str], **options: object) -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(command, text=True, cwd=ROOT, **options)  # type: ignore[call-overload]
    try:
        yield started
    finally:
        started.terminate()
        started.wait()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long a reader waits.")
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--data", type=Path, help="folder of the invented archive, kept")
    parser.add_argument("--requests", type=int, default=40, help="of each kind and load")
    parser.add_argument("--plain-requests", type=int, default=12, help="of each kind, to plain Datasette")
    parser.add_argument("--no-plain", action="store_true", help="leave plain Datasette out")
    return parser.parse_args()


if __name__ == "__main__":
    main()
