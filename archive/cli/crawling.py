"""Commands that fill an archive and keep it true: demo, crawl, rebuild, verify."""

import gc
import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive import forking
from archive.cli import options
from archive.configuration import load as load_configuration
from archive.errors import SourceError, StoreError
from archive.progress import Bar
from archive.sources import Source, load_all

if TYPE_CHECKING:
    from archive.pipeline import Archive
    from scrapers.run import Options, Result

# Exit code of a crawl that ran but left a source unhealthy.
UNHEALTHY = 3
# One process fetches and stores; more readers than this would wait for it.
_MOST_READERS = 4
# What the crawl, and each of its readers, may hold at the worst (python -m benchmarks.hostile).
_BYTES_EACH = 300 * 1024 * 1024


@click.command()
@click.option("--port", type=int, default=8001, show_default=True, envvar="DEMO_PORT")
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("demo-data"), show_default=True
)
@click.option("--serve/--no-serve", default=True, help="Serve the archive once it is built.")
def demo(port: int, data: Path, serve: bool) -> None:
    """Build an archive from the bundled sample press web and serve it.

    \b
        coopress demo --no-serve
    """
    from archive import sample
    from archive.serve import run
    from scrapers.crawl import Options

    _crawl(load_all(sample.sources()), Options(data, replay=sample.warc()), sample.directory())
    if serve:
        run.serve(data, "127.0.0.1", port)


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@options.sources
@options.data
@click.option(
    "--replay",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Answer from this WARC file, not the web.",
)
@click.option("--full", is_flag=True, help="Ask again for pages already in the archive.")
@options.directory
@click.option(
    "--allow-private", metavar="HOST:PORT", multiple=True, help="Allow one loopback or private address."
)
@click.option(
    "--readers",
    type=click.IntRange(0),
    help="Processes that read pages beside the crawl; 0: none. Usually one a processor, if memory allows.",
)
@click.option(
    "--frontier", metavar="ADDRESS", help="Share the queue at redis://HOST:PORT/N with other machines."
)
def crawl(
    names: tuple[str, ...],
    folder: Path | None,
    data: Path,
    replay: Path | None,
    full: bool,
    directory_file: Path | None,
    allow_private: tuple[str, ...],
    frontier: str | None,
    readers: int | None,
) -> None:
    """Fetch the named sources (all when none is named) into the archive.

    Exit code 0: done; 1: an error; 3: done, but a source gave nothing or broke (« coopress check » says how).

    \b
        coopress crawl les_scop_idf
        coopress crawl --sources my-sources --replay web.warc.gz --data trial
        coopress crawl --frontier redis://queue.example:6379/0
    """
    from scrapers.crawl import Options

    chosen = options.chosen(load_all(folder), names)
    frontier = frontier or load_configuration(data).frontier
    wishes = Options(data, replay, full, allow_private, frontier=frontier)
    if code := _crawl(chosen, wishes, directory_file, _readers(wishes) if readers is None else readers):
        sys.exit(code)


@click.command("rebuild")
@options.sources
@options.data
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Processes that read pages."
)
@click.option("--diff", is_flag=True, help="Print the addresses of articles whose facts change.")
def rebuild_command(folder: Path | None, data: Path, workers: int, diff: bool) -> None:
    """Read every capture again with today's rules; no site is asked.

    \b
        coopress rebuild --workers 2 --diff
    """
    from archive.pipeline import Archive
    from archive.rebuild import rebuild

    options.must_exist(data)
    with (
        Archive(data, options.all_sources(folder, data)) as archive,
        Bar("Reading", archive.count_readable()) as bar,
    ):
        done = rebuild(archive, workers, bar.step)
    if diff:
        for sign, address in done.changes:
            click.echo(f"{sign} {address}")
    click.echo(
        f"{done.captures} captures read, {done.articles} articles, {len(done.changes)} changed", err=True
    )


@click.command()
@options.data
def verify(data: Path) -> None:
    """Check every raw record against its digests; exit code 1 if one fails.

    \b
        coopress verify --data data
    """
    from archive.raw import Raw

    options.must_exist(data)
    raw = Raw(data / "raw")
    failures = list(raw.verify())
    for line in failures:
        click.echo(line)
    click.echo(f"{len(raw.files())} files, {len(failures)} damaged records", err=True)
    sys.exit(1 if failures else 0)


def _crawl(
    sources: Mapping[str, Source], wishes: "Options", directory_file: Path | None = None, readers: int = 0
) -> int:
    """Run the crawl, print what came of it and which sources are unhealthy; return the exit code."""
    if readers:
        forking.load_early()
    from archive.pipeline import Archive
    from archive.settling import settle
    from scrapers.crawl import crawl as run
    from scrapers.settings import contact

    if wishes.replay is not None and not wishes.replay.is_file():
        raise SourceError(f"{wishes.replay}: no such WARC file to replay")
    entries = options.read_directory(directory_file)
    configuration = load_configuration(wishes.data)
    closed = {} if wishes.replay else _closed_now(sources, datetime.now(UTC))
    every, sources = sources, {slug: source for slug, source in sources.items() if slug not in closed}
    wishes = replace(wishes, limits=configuration.limits)
    with _one_line(wishes.data), Archive(wishes.data, every, readers) as archive:
        if entries:
            archive.import_directory(entries)
        archive.begin_crawl(sources)
        gc.freeze()  # what is loaded by now stays: the collector need not look at it again and again
        for slug, sentence in closed.items():
            archive.problem(slug, every[slug].home, "hours", sentence)
        if not sources:
            archive.end_crawl("ok")
            return 0
        if wishes.replay is None and not contact():
            click.echo("COOPRESS_CONTACT is not set: publishers see a robot and nobody to write to", err=True)
        with Bar("Crawling") as bar:
            wishes = replace(wishes, progress=lambda source, _: bar.step(1, source), length=bar.expect)
            result = run(list(sources.values()), archive, wishes)
        silent = [slug for slug in sources if not result.by_source.get(slug) and slug not in result.stopped]
        settle(archive, sources)
        archive.end_crawl(_outcome(result.finished, bool(silent)), result.errors)
        # Only a crawl that has ended counts in what « check » says.
        wrong = _wrong(archive, sources, configuration.past_from) if result.finished else []
        if wrong:
            archive.judge_crawl(_outcome(result.finished, True))
        counts = archive.counts
    return _told(counts, result, silent, wrong)


def _told(counts: Mapping[str, int], result: "Result", silent: Sequence[str], wrong: Sequence[str]) -> int:
    """Print what came of a crawl and return its exit code."""
    click.echo(
        f"{counts['requests']} responses kept: {counts['new']} articles new, {counts['changed']} changed, "
        f"{counts['unchanged']} unchanged, {counts['problems']} problems"
        + (f", {counts['passed_over']} passed over" if counts["passed_over"] else ""),
        err=True,
    )
    for slug, reason in result.stopped.items():
        click.echo(f"{slug}: {reason}; the next crawl goes on from here", err=True)
    if not result.finished:
        click.echo("interrupted: the same command goes on from here", err=True)
        return 1
    for slug in silent:
        if not any(line.startswith(f"{slug} ") for line in wrong):
            click.echo(f"{slug}: no page answered", err=True)
    if wrong:
        click.echo("\n".join(wrong), err=True)
    return UNHEALTHY if silent or wrong else 0


@contextmanager
def _one_line(data: Path) -> Iterator[None]:
    """Name the database that a full disk, or one that takes nothing, refuses to write."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(f"{data / 'archive.db'}: {error}") from error


def _closed_now(sources: Mapping[str, Source], now: datetime) -> dict[str, str]:
    """Return why each source that may not be asked at this hour is left for later, and say so."""
    closed = {
        slug: f"left for later, it is asked only from {hours} (Europe/Paris)"
        for slug, source in sources.items()
        if (hours := source.fetch.hours) is not None and not hours.include(now)
    }
    for slug, sentence in closed.items():
        click.echo(f"{slug}: {sentence}", err=True)
    return closed


def _wrong(archive: "Archive", sources: Mapping[str, Source], past_from: Mapping[str, date]) -> list[str]:
    """Return a sentence for each thing that ``coopress check`` would say of the crawled sources."""
    from archive.check import findings
    from archive.check.words import sentence

    found = findings(archive.database, sources.values(), datetime.now(UTC), past_from)
    return [sentence(finding) for finding in found]


def _readers(wishes: "Options") -> int:
    """Return how many processes read: none where there is one processor, or nothing to wait for.

    And no more than the memory of the machine bears.
    """
    processors = os.cpu_count() or 1
    if processors == 1 or wishes.replay is not None:
        return 0
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(processors, _MOST_READERS, max(memory // _BYTES_EACH - 1, 0))


def _outcome(finished: bool, silent: bool) -> str:
    if not finished:
        return "interrupted"
    return "unhealthy" if silent else "ok"
