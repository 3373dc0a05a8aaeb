"""Does a crawl that is killed again and again lose or double a page? One of our own, with SIGKILL."""

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks import audit
from benchmarks.local_site import LocalSite, served
from benchmarks.tables import machine, table

_MOST_SECONDS = 600
# Requests that a crawl makes before it is killed, at most, in shares of what leaves some for every kill.
# Counted, not timed: a fast crawl would end before it was killed so often. Then some seconds, at most.
_SHARE = 1.2
_SECONDS = 0.03


@dataclass
class Trial:
    """One crawl, killed again and again, then left to its end; and the site and archive it leaves."""

    site: LocalSite
    data: Path
    kills: int = 0


@click.command()
@click.option("--pages", type=click.IntRange(1, 5000), default=500, show_default=True, help="Articles.")
@click.option("--kills", type=click.IntRange(0), default=20, show_default=True)
@click.option("--seed", type=int, help="Of the moments; a new one each time, when not given.")
def main(pages: int, kills: int, seed: int | None) -> None:
    """Print a Markdown table of what is archived after so many kills at random moments.

    A kill that would come after the crawl has ended by itself is not counted. Exit code 1 if a page is lost
    or stored twice.

    \b
        python -m benchmarks.kills --seed 5
    """
    seed = random.randrange(10_000) if seed is None else seed
    with served(pages) as site, TemporaryDirectory() as folder:
        trial = killed(site, Path(folder), kills, random.Random(seed))
        expected = site.pages.keys() - {"/robots.txt"}
        stored, rows = audit.responses([trial.data]), audit.articles([trial.data])
    asked = site.counts()
    said = [
        ("archived", audit.verdict(stored, expected)),
        ("articles", audit.verdict(rows, (path for path in expected if path.startswith("/recits/")))),
        ("requests", f"{asked.total()} for {len(asked)} pages, at most {max(asked.values())} for one"),
    ]
    click.echo(f"{machine()}\n\n### {len(expected)} pages, SIGKILL at {trial.kills} moments (seed {seed})\n")
    click.echo(table(("", "result"), said))
    if trial.kills < kills:
        click.echo(f"\nOf {kills} kills, {kills - trial.kills} would have come after the end.")
    if set(stored) != expected or max(stored.values()) > 1 or max(rows.values()) > 1:
        raise click.ClickException("a page was lost or stored twice")


def killed(site: LocalSite, folder: Path, kills: int, chance: random.Random) -> Trial:
    """Crawl ``site``, kill the crawl so often, each time at a random moment, and let it end."""
    trial = Trial(site, folder / "data")
    command = site.crawl_command(site.declare(folder / "sources"), trial.data)
    most = max(1, int(_SHARE * len(site.pages) / (kills + 1)))
    while trial.kills < kills and _is_killed(
        site, command, chance.randint(1, most), chance.uniform(0, _SECONDS)
    ):
        trial.kills += 1
        click.echo(f"killed {trial.kills} times, {len(site.counts())} pages asked for", err=True)
    done = subprocess.run(command, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False)
    if done.returncode != 0:
        raise click.ClickException(f"the crawl ended with {done.returncode}: {done.stderr[-2000:]}")
    return trial


def _is_killed(site: LocalSite, command: list[str], requests: int, seconds: float) -> bool:
    """Start a crawl, kill it so many seconds after so many requests; ``False`` if it ended before."""
    before = len(site.asked)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as crawl:
        while crawl.poll() is None and len(site.asked) < before + requests:
            _wait(crawl, 0.001)
        _wait(crawl, seconds)
        crawl.kill()
    return crawl.returncode != 0


def _wait(crawl: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        crawl.wait(seconds)
    except subprocess.TimeoutExpired:
        return


if __name__ == "__main__":
    main()
