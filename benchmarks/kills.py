"""Does a crawl that is killed again and again lose or change a page? One of our own, with SIGKILL.

Killed while it asks for pages, while those are read and stored, while the archive is settled and clustered;
and its readers alone, while it goes on. What it holds in the end is compared with a crawl left in peace.
"""

import os
import random
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks import audit
from benchmarks.local_site import LocalSite, served
from benchmarks.tables import machine, table

_MOST_SECONDS = 900
# Requests that a crawl makes before it is killed, at most, in shares of what leaves some for every kill.
# Counted, not timed: a fast crawl would end before it was killed so often. Then some seconds, at most.
_SHARE = 1.2
_SECONDS = 0.03


@dataclass
class Trial:
    """One crawl, killed again and again, then left to its end; and the site and archive it leaves.

    The kills are those of the crawl while it asked, while it stored, while it settled, and of its readers.
    """

    site: LocalSite
    data: Path
    kills: int = 0
    storing: int = 0
    settling: int = 0
    readers: int = 0
    command: list[str] = field(default_factory=list)


@click.command()
@click.option("--pages", type=click.IntRange(1, 5000), default=500, show_default=True, help="Articles.")
@click.option("--kills", type=click.IntRange(0), default=20, show_default=True, help="While it asks.")
@click.option("--storing", type=click.IntRange(0), default=10, show_default=True, help="While it stores.")
@click.option("--settling", type=click.IntRange(0), default=10, show_default=True, help="While it settles.")
@click.option("--readers", type=click.IntRange(0), default=10, show_default=True, help="Of its readers.")
@click.option("--seed", type=int, help="Of the moments; a new one each time, when not given.")
def main(pages: int, kills: int, storing: int, settling: int, readers: int, seed: int | None) -> None:
    """Print a Markdown table of what is archived after so many kills at random moments.

    A kill that would come after the crawl has ended by itself is not counted. Exit code 1 if a page is lost,
    stored twice, or other than in a crawl that nobody killed.

    \b
        python -m benchmarks.kills --seed 5
    """
    seed = random.randrange(10_000) if seed is None else seed
    chance = random.Random(seed)
    with served(pages) as site, TemporaryDirectory() as folder:
        peace = Trial(site, Path(folder) / "peace")
        _begin(peace)
        _end(peace)
        usual = audit.content(peace.data)
        started = time.monotonic()
        _end(peace)  # nothing to ask for: how long it takes to begin and to settle
        longest = time.monotonic() - started
        site.asked.clear()
        trial = killed(site, Path(folder) / "killed", kills, chance, storing, settling, longest)
        asked = site.counts()
        rows = _rows(trial, usual, asked.total(), len(asked), max(asked.values()))
        site.asked.clear()
        other = without_readers(site, Path(folder) / "readers", readers, chance)
        rows.append((f"{other.readers} kills of readers: archive", _difference(usual, other.data)))
    click.echo(
        f"{machine()}\n\n### {len(site.pages) - 1} pages, SIGKILL at {trial.kills} moments while asking,"
        f" {trial.storing} while storing, {trial.settling} while settling (seed {seed})\n"
    )
    click.echo(table(("", "result"), rows))
    if any(said != _SAME for name, said in rows if name.endswith("archive")):
        raise click.ClickException("a page was lost, stored twice or changed")


_SAME = "identical to one that nobody killed"


def _rows(
    trial: Trial, usual: dict[str, list[str]], asked: int, distinct: int, most: int
) -> list[tuple[str, str]]:
    expected = trial.site.pages.keys() - {"/robots.txt"}
    stored, articles = audit.responses([trial.data]), audit.articles([trial.data])
    return [
        ("archived", audit.verdict(stored, expected)),
        ("articles", audit.verdict(articles, (path for path in expected if path.startswith("/recits/")))),
        ("requests", f"{asked} for {distinct} pages, at most {most} for one"),
        ("archive", _difference(usual, trial.data)),
    ]


def _difference(usual: dict[str, list[str]], data: Path) -> str:
    found = audit.content(data)
    wrong = [
        f"{name}: {len(set(usual[name]) ^ set(found[name]))} differ"
        for name in usual
        if usual[name] != found[name]
    ]
    return "; ".join(wrong) or _SAME


def killed(
    site: LocalSite,
    folder: Path,
    kills: int,
    chance: random.Random,
    storing: int = 0,
    settling: int = 0,
    longest: float = 0.0,
) -> Trial:
    """Crawl ``site``, kill the crawl so often, each time at a random moment, and let it end.

    Besides ``kills`` while it asks: ``storing`` while pages wait to be read, once all are there, and
    ``settling`` within ``longest`` seconds from its start, when nothing is left to read.
    """
    trial = Trial(site, folder / "data")
    _begin(trial)
    most = max(1, int(_SHARE * len(site.pages) / (kills + 1)))
    while trial.kills < kills and _is_killed(trial, _asked(site, chance.randint(1, most)), chance):
        trial.kills += 1
        click.echo(f"killed {trial.kills} times, {len(site.counts())} pages asked for", err=True)
    while trial.storing < storing and _is_killed(trial, _stored(trial, storing, chance), chance):
        trial.storing += 1
        click.echo(f"killed {trial.storing} times while storing, {_read(trial.data)} pages read", err=True)
    for _ in range(settling):
        moment = time.monotonic() + chance.uniform(0, longest)
        trial.settling += _is_killed(trial, lambda until=moment: time.monotonic() >= until, chance)  # type: ignore[misc]
    _end(trial)
    return trial


def without_readers(site: LocalSite, folder: Path, kills: int, chance: random.Random) -> Trial:
    """Crawl ``site`` once, and kill one of its readers so often, each time at a random moment."""
    trial = Trial(site, folder / "data")
    _begin(trial)
    moments = sorted(chance.sample(range(len(site.pages)), min(kills, len(site.pages))))
    with subprocess.Popen(trial.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as crawl:
        while crawl.poll() is None:
            if moments and _read(trial.data) >= moments[0]:
                moments.pop(0)
                trial.readers += _kill_one(crawl.pid, chance)
            _wait(crawl, 0.005)
    if crawl.returncode != 0:
        raise click.ClickException(f"the crawl ended with {crawl.returncode}")
    return trial


def _kill_one(crawl: int, chance: random.Random) -> bool:
    """Kill one of the readers of a crawl, which are children of its child; ``False`` when it has none."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(
                stat.read_text("utf-8", "replace").rpartition(")")[2].split()[1]
            )
        except OSError:
            continue
    readers = sorted(pid for pid, parent in parents.items() if parents.get(parent) == crawl)
    if not readers:
        return False
    os.kill(chance.choice(readers), signal.SIGKILL)
    return True


def _begin(trial: Trial) -> None:
    sources = trial.site.declare(trial.data.parent / f"{trial.data.name}-sources")
    # With two readers: what is to be read waits for them also where there is one processor.
    trial.command = trial.site.crawl_command(sources, trial.data, "--readers", "2")


def _end(trial: Trial) -> None:
    done = subprocess.run(trial.command, capture_output=True, text=True, timeout=_MOST_SECONDS, check=False)
    if done.returncode != 0:
        raise click.ClickException(f"the crawl ended with {done.returncode}: {done.stderr[-2000:]}")


def _asked(site: LocalSite, requests: int) -> Callable[[], bool]:
    most = len(site.asked) + requests
    return lambda: len(site.asked) >= most


def _stored(trial: Trial, kills: int, chance: random.Random) -> Callable[[], bool]:
    """Return what tells that all pages have come and some more are read than before."""
    pages = len(trial.site.pages) - 1
    most = _read(trial.data) + chance.randint(1, max(1, pages // (kills + 1)))
    return lambda: len(trial.site.counts()) >= pages and _read(trial.data) >= most


def _read(data: Path) -> int:
    """Return how many pages of an archive are read and stored."""
    path = data / "archive.db"
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=10)) as database:
        try:
            query = "SELECT count(*) FROM captures WHERE role = 'article' AND state = 'read'"
            return int(database.execute(query).fetchone()[0])
        except sqlite3.OperationalError:  # not made yet
            return 0


def _is_killed(trial: Trial, comes: Callable[[], bool], chance: random.Random) -> bool:
    """Start a crawl, kill it some moments after something ``comes`` true; ``False`` if it ended before."""
    with subprocess.Popen(trial.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as crawl:
        while crawl.poll() is None and not comes():
            _wait(crawl, 0.001)
        _wait(crawl, chance.uniform(0, _SECONDS))
        crawl.kill()
    return crawl.returncode != 0


def _wait(crawl: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        crawl.wait(seconds)
    except subprocess.TimeoutExpired:
        return


if __name__ == "__main__":
    main()
