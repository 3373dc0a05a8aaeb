"""How much slower than bare Scrapy is a crawl that archives, reads and stores each page?"""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.local_site import LocalSite, served
from benchmarks.tables import machine, table

_MOST_SECONDS = 900
# The crawl sets Scrapy's CONCURRENT_ITEMS to 1: what that alone gains must not count as ours.
_TUNED = "bare Scrapy, CONCURRENT_ITEMS = 1"
_BARE, _ALONE, _WHOLE = "bare Scrapy", "coopress, pages not yet read", "coopress"


@click.command()
@click.option("--pages", type=click.IntRange(1, 5000), default=1000, show_default=True, help="Articles.")
@click.option("--rounds", type=click.IntRange(1), default=3, show_default=True, help="Of each, in turns.")
def main(pages: int, rounds: int) -> None:
    """Print a Markdown table of pages a second, from a server's first request to the end of the process.

    \b
        python -m benchmarks.throughput --pages 1000
    """
    took: dict[str, list[float]] = {_BARE: [], _TUNED: [], _ALONE: [], _WHOLE: []}
    for _ in range(rounds):
        for name, times in took.items():
            with served(pages) as site, TemporaryDirectory() as folder:
                times.append(_seconds(site, _command(name, site, Path(folder)), pages))
            click.echo(f"{name}: {times[-1]:.1f} s", err=True)
    medians = {name: statistics.median(times) for name, times in took.items()}
    rows = [
        (name, f"{seconds:.1f}", f"{pages / seconds:.0f}", f"{medians[_BARE] / seconds:.2f}")
        for name, seconds in medians.items()
    ]
    click.echo(f"{machine()}\n\n### Throughput on loopback, no delay, {pages} articles\n")
    click.echo(table(("", "seconds", "pages/s", "times bare Scrapy"), rows))


def _command(name: str, site: LocalSite, folder: Path) -> list[str]:
    if name in (_BARE, _TUNED):
        tuned = ["1"] if name == _TUNED else []
        return [sys.executable, "-m", "benchmarks.bare_scrapy", site.home, *tuned]
    sources, data = site.declare(folder / "sources"), folder / "data"
    if name == _WHOLE:
        return site.crawl_command(sources, data)
    allowed = f"127.0.0.1:{site.port}"
    return [sys.executable, "-m", "benchmarks.crawl_alone", str(sources), str(data), allowed]


def _seconds(site: LocalSite, command: list[str], pages: int) -> float:
    done = subprocess.run(command, timeout=_MOST_SECONDS, capture_output=True, text=True, check=False)
    ended = time.monotonic()
    articles = sum(path.startswith("/recits/") for path in site.counts())
    if done.returncode != 0 or articles != pages:
        raise click.ClickException(f"exit code {done.returncode}, {articles} articles: {done.stderr[-2000:]}")
    return ended - site.asked[0].at


if __name__ == "__main__":
    main()
