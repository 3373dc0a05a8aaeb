"""How fast is a whole archive read again? The bundled sample, many times over, with one worker and more."""

import logging
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from archive import sample
from archive.cli import main as coopress
from archive.models import Exchange
from archive.pipeline import Archive
from archive.raw import Stored
from archive.rebuild import rebuild
from archive.sources import load_all
from archive.store import captures
from benchmarks.tables import machine, table

# These headers speak of a body that was compressed or had another length.
_OF_THE_BODY = ("content-encoding", "content-length")


@click.command()
@click.option(
    "--copies", type=click.IntRange(1), default=12, show_default=True, help="How often the sample is there."
)
@click.option(
    "--workers",
    type=click.IntRange(1),
    multiple=True,
    default=(1, 2),
    show_default=True,
    help="Workers to try.",
)
@click.option(
    "--rounds", type=click.IntRange(1), default=3, show_default=True, help="Timed rebuilds of each kind."
)
def main(copies: int, workers: tuple[int, ...], rounds: int) -> None:
    """Print a Markdown table of the pages that ``coopress rebuild`` reads in a second.

    \b
        python -m benchmarks.rebuild --copies 12
    """
    logging.disable(logging.INFO)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        click.echo("crawling the sample", err=True)
        coopress(["demo", "--no-serve", "--data", str(data)], standalone_mode=False)
        with Archive(data, load_all(sample.sources())) as archive:
            expected = archive.database.table("articles").count * copies
            multiply(archive, copies)
            _print_figures(archive, expected, workers, rounds)


def multiply(archive: Archive, copies: int) -> None:
    """Add to an archive ``copies - 1`` copies of each page, each copy under hosts of its own."""
    for row in list(captures.to_read(archive.database)):
        stored = archive.raw.get(row.capture.file, row.capture.offset)
        for number in range(2, copies + 1):
            captures.add(archive.database, archive.raw.keep(_copy(stored, number)))


def _copy(stored: Stored, number: int) -> Exchange:
    """Return a response as if another site had given it: its address and its links name that site."""
    capture = stored.capture
    host = urlsplit(capture.url).netloc
    other = f"copie-{number}.{host}"
    return Exchange(
        source=capture.source,
        role=capture.role,
        url=capture.url.replace(host, other),
        status=capture.status,
        reason="OK",
        headers=[pair for pair in stored.headers if pair[0].lower() not in _OF_THE_BODY],
        body=stored.body.replace(host.encode(), other.encode()),
        fetched_at=capture.fetched_at,
        announced=capture.announced,
    )


def _print_figures(archive: Archive, expected: int, workers: Sequence[int], rounds: int) -> None:
    seconds: dict[int, list[float]] = {count: [] for count in workers}
    for _ in range(rounds):
        for count in workers:  # in turns, so that a busy minute hits all
            start = time.perf_counter()
            done = rebuild(archive, count)
            seconds[count].append(time.perf_counter() - start)
            if done.articles != expected:
                raise click.ClickException(f"{done.articles} articles were read where {expected} are")
            click.echo(f"{count} workers: {seconds[count][-1]:.1f} s", err=True)
    one = median(seconds[workers[0]])
    rows = [
        (
            str(count),
            f"{done.captures / median(spent):.1f}",
            f"{median(spent):.1f}",
            f"{one / median(spent):.2f}",
        )
        for count, spent in seconds.items()
    ]
    click.echo(f"{machine()}\n\n### Rebuild of {done.captures} captures ({done.articles} articles)\n")
    click.echo(table(("workers", "pages/s (wall)", "seconds", "times the first"), rows))


if __name__ == "__main__":
    main()
