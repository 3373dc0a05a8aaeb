"""What does it cost to find the reprints among a hundred thousand articles, and are they found?"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click
from sqlite_utils import Database

from archive import clustering
from archive.store.database import open_database
from benchmarks.memory import resident
from benchmarks.reprints import CUTS, Invented, Press
from benchmarks.tables import machine, share, table

# Number, number of its story, share of the dispatch left out, whether it is a union's.
_Truth = tuple[int, int, float | None, bool]
_SEEN = "2026-11-28T08:00:00Z"


@click.command()
@click.option("--articles", type=click.IntRange(1000, 1_000_000), default=100_000, show_default=True)
@click.option(
    "--batch", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Articles a crawl."
)
def main(articles: int, batch: int) -> None:
    """Print Markdown tables: milliseconds an article as the archive grows, memory, what was found.

    \b
        python -m benchmarks.clusters --articles 100000
    """
    with TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "archive.db")
        _seed(database)
        rows, told = _grow(database, articles, batch)
        click.echo(f"{machine()}\n\n### {articles} invented articles, clustered {batch} at a time\n")
        head = (
            "articles",
            "ms an article (CPU), mean",
            "median batch",
            "slowest batch",
            "memory, MiB",
            "file, MiB",
        )
        click.echo(table(head, rows))
        click.echo("\n### Pairs of one story\n")
        click.echo(table(("", "planted", "found", "wrong", "precision", "recall"), _judged(database, told)))


def _grow(database: Database, count: int, batch: int) -> tuple[list[tuple[str, ...]], list[_Truth]]:
    """Store and cluster the articles, and return a row a tenth of them, and what is true of each."""
    press, told, rows, times = Press().articles(count), [], [], []
    while some := list(islice(press, batch)):
        _store(database, some)
        start = time.process_time()
        clustering.settle(database)
        times.append((time.process_time() - start) * 1000 / len(some))
        told += [(one.number, one.story, one.cut, one.host.startswith("www.union-")) for one in some]
        if len(told) % (count // 10) < batch and len(told) >= count // 10:
            rows.append(_row(database, len(told), times))
            click.echo(" ".join(rows[-1]), err=True)
            times = []
    return rows, told


def _row(database: Database, count: int, times: list[float]) -> tuple[str, ...]:
    size = database.execute(
        "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    ).fetchone()[0]
    figures = (sum(times) / len(times), median(times), max(times))
    return (str(count), *(f"{one:.2f}" for one in figures), f"{resident():.0f}", f"{size / 1024 / 1024:.0f}")


def _seed(database: Database) -> None:
    database.execute("INSERT INTO sources VALUES ('presse', 'Presse', 'press', '', 'feed', 'link', '')")
    database.execute(
        "INSERT INTO captures (id, source, url, role, status, fetched_at, digest, file, offset, length)"
        f" VALUES (1, 'presse', '', 'article', 200, '{_SEEN}', '', '', 0, 0)"
    )


def _store(database: Database, some: Iterable[Invented]) -> None:
    with database.atomic():
        database.conn.executemany(
            "INSERT INTO articles (id, source, kind, title, published, text, words, url, capture, first_seen,"
            " last_seen) VALUES (?, 'presse', 'article', ?, ?, ?, ?, ?, 1, ?, ?)",
            [
                (one.number, one.title, one.published, one.text, len(one.text.split()),
                 f"https://{one.host}/{one.number}", _SEEN, _SEEN)
                for one in some
            ],
        )  # fmt: skip


def _judged(database: Database, told: list[_Truth]) -> list[tuple[str, ...]]:
    """Return a row for all pairs, and one for the pairs of a dispatch and its reprint, by what was cut."""
    cluster = dict(database.execute("SELECT id, cluster FROM articles").fetchall())
    stories, clusters = defaultdict(list), defaultdict(list)
    for number, story, _, _ in told:
        stories[story].append(number)
        if cluster[number] is not None:
            clusters[cluster[number]].append(number)
    planted = {pair for group in stories.values() for pair in combinations(group, 2)}
    found = {pair for group in clusters.values() for pair in combinations(sorted(group), 2)}
    rows = [_pairs("all pairs", planted, found)]
    by_cut = {cut: {(story, number) for number, story, one, _ in told if one == cut} for cut in CUTS}
    for cut, pairs in by_cut.items():
        rows.append(_pairs(f"dispatch and reprint, {cut:.0%} cut", pairs, found & pairs))
    unions = {number for number, _, _, is_union in told if is_union}
    rows.append(_pairs("two articles of unions", set(), {pair for pair in found if unions.issuperset(pair)}))
    return rows


def _pairs(name: str, planted: set[tuple[int, int]], found: set[tuple[int, int]]) -> tuple[str, ...]:
    right = len(planted & found)
    counts = Counter(planted=len(planted), found=right, wrong=len(found) - right)
    return (
        name,
        *(str(counts[key]) for key in ("planted", "found", "wrong")),
        share(right, len(found)),
        share(right, len(planted)),
    )


if __name__ == "__main__":
    main()
