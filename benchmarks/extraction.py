"""Are our dates and texts better than those of others, and how fast? Side by side, on the same pages."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from benchmarks import speed
from benchmarks.contenders import CONTENDERS, MissingContender, Reader, ready
from benchmarks.labelled import SHARED, Collection, Labelled, pages
from benchmarks.scores import DateScore, TextScore
from benchmarks.tables import BLANK, machine, table

_TITLES: dict[Collection, str] = {
    "own": "The project's own pages",
    "gold": "Gold texts",
    "dates": "Pages with a known date",
    "text": "Pages with known segments of text",
}
_SCORE_HEAD = (
    *("", "date right", "wrong", "missing", "invented where none"),
    *("text precision", "recall", "F1", "refused"),
)
_SPEED_HEAD = (
    *("", "version", "pages/s (CPU)", "pages/s (wall)", "French pages/s"),
    *("ms, median", "ms, 95 %", "ms, slowest"),
)
_TIMED_AGAINST = {
    "trafilatura": "`bare_extraction(with_metadata=True, include_comments=False)`",
    "trafilatura-default": "`bare_extraction(with_metadata=True)`",
    "trafilatura-fast": "`bare_extraction(with_metadata=True, include_comments=False, fast=True)`",
}
_BLANK_DATES, _BLANK_TEXT = (BLANK,) * 4, (BLANK,) * 3


@click.command()
@click.option(
    "--shared",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the labelled collections.  [default: ../shared of the project, where it is]",
)
@click.option("--pages", "own_alone", is_flag=True, help="Only the project's own test pages.")
@click.option(
    "--only",
    type=click.Choice(list(CONTENDERS)),
    multiple=True,
    help="Only this contender; may be given several times.",
)
@click.option(
    "--rounds", type=click.IntRange(0), default=1, show_default=True, help="Timed runs of each contender."
)
def main(shared: Path | None, own_alone: bool, only: tuple[str, ...], rounds: int) -> None:
    """Print Markdown tables of how right and how fast coopress and its peers are.

    \b
        python -m benchmarks.extraction
        python -m benchmarks.extraction --pages --only coopress --only trafilatura
    """
    readers = _readers(only or tuple(CONTENDERS))
    folder = shared or SHARED
    collections = _collections(folder, own_alone)
    click.echo(f"{machine()}\n")
    for collection in collections:
        _print_scores(collection, folder, readers)
    if rounds:
        timed: Collection = "text" if "text" in collections else "own"
        click.echo(f"timing {len(readers)} contenders on « {timed} », {rounds} time(s)", err=True)
        _print_speed(timed, speed.runs(list(readers), timed, folder, rounds))


def _readers(names: Iterable[str]) -> dict[str, Reader]:
    try:
        return {name: ready(CONTENDERS[name]) for name in names}
    except MissingContender as error:
        raise click.ClickException(str(error)) from error


def _collections(shared: Path, own_alone: bool) -> tuple[Collection, ...]:
    if own_alone:
        return ("own",)
    if not shared.is_dir():
        click.echo(f"{shared} is absent: only the project's own pages are read", err=True)
        return ("own",)
    return tuple(_TITLES)


def _print_scores(collection: Collection, shared: Path, readers: Mapping[str, Reader]) -> None:
    """Print a table for a collection, and one for its French pages where it has others too."""
    everything = list(pages(collection, shared))
    every_row, french_rows = [], []
    for name, read in readers.items():
        if not _concerned(name, everything):
            continue
        click.echo(f"{name} on « {collection} »", err=True)
        every, french = _cells(name, read, everything)
        every_row.append((name, *every))
        french_rows.append((name, *french))
    click.echo(f"### {_TITLES[collection]} ({len(everything)})\n\n{table(_SCORE_HEAD, every_row)}\n")
    count = sum(page.french for page in everything)
    if count < len(everything):
        click.echo(f"French ones alone ({count}):\n\n{table(_SCORE_HEAD, french_rows)}\n")


def _concerned(name: str, everything: Sequence[Labelled]) -> bool:
    """Tell whether a contender gives any of what is known of these pages."""
    contender = CONTENDERS[name]
    return any((contender.dates and page.dated) or (contender.text and page.wanted) for page in everything)


def _cells(name: str, read: Reader, everything: Iterable[Labelled]) -> tuple[list[str], list[str]]:
    """Return the figures of one contender on all pages, and on the French ones."""
    dates, texts, refused = (DateScore(), DateScore()), (TextScore(), TextScore()), [0, 0]
    for page in everything:
        answer = read(page)
        for place in (0, 1) if page.french else (0,):
            if page.dated:
                dates[place].count(page, answer)
            texts[place].count(page, answer)
            refused[place] += answer.refused
    contender = CONTENDERS[name]
    every, french = (
        [
            *(date.cells() if contender.dates else _BLANK_DATES),
            *(text.cells() if contender.text else _BLANK_TEXT),
            str(count),
        ]
        for date, text, count in zip(dates, texts, refused, strict=True)
    )
    return every, french


def _print_speed(timed: Collection, found: Mapping[str, list[speed.Run]]) -> None:
    count = len(next(iter(found.values()))[0])
    rows = [(name, CONTENDERS[name].version, *speed.cells(runs)) for name, runs in found.items()]
    click.echo(f"### Speed: {_TITLES[timed][0].lower()}{_TITLES[timed][1:]} ({count}), one process\n")
    click.echo(table(_SPEED_HEAD, rows))
    for name, runs in found.items():
        if "coopress" in found and name in _TIMED_AGAINST:
            times = speed.ratio(found["coopress"], runs)
            click.echo(
                f"\n`records` reads {times:.2f} times as many pages a CPU second as {_TIMED_AGAINST[name]}."
            )


if __name__ == "__main__":
    main()
