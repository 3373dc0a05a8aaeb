"""Options that several commands share, and what is read from them."""

from collections.abc import Mapping
from pathlib import Path

import click

from archive.errors import SourceError, StoreError
from archive.models import CoopDirectory, CoopEntry
from archive.sources import Source, load_all

data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder of the archive.",
)
sources = click.option(
    "--sources",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of TOML files to read instead of the shipped sources.",
)
directory = click.option(
    "--directory",
    "directory_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file of co-ops to recognise.",
)


def chosen(sources: Mapping[str, Source], names: tuple[str, ...]) -> dict[str, Source]:
    """Return the named sources, all when none is named; raise SourceError for a name that is none."""
    if unknown := [name for name in names if name not in sources]:
        raise SourceError(f"no source called {', '.join(unknown)}; « coopress source list » names them")
    return {name: sources[name] for name in names or sources}


def all_sources(folder: Path | None, data: Path) -> dict[str, Source]:
    """Return the declared sources, and those that only the archive still knows, as last declared."""
    from archive.seeding import remembered_sources

    return {**remembered_sources(data), **load_all(folder)}


def must_exist(data: Path) -> None:
    """Raise StoreError when there is no archive in ``data``."""
    if not (data / "archive.db").is_file():
        raise StoreError(
            f"{data / 'archive.db'}: no archive there; « coopress crawl --data {data} » makes one"
        )


def read_directory(path: Path | None) -> list[CoopEntry]:
    """Return the co-ops of a CSV file; rows that cannot be used are told on stderr."""
    if path is None:
        return []
    from archive.directory import read_csv

    entries, problems = read_csv(path)
    for line in problems:
        click.echo(f"{path}: {line}", err=True)
    return entries


def load_directory(path: Path | None) -> CoopDirectory | None:
    """Return the directory of a CSV file, ready to recognise its co-ops."""
    if path is None:
        return None
    from archive.directory import Directory

    return Directory(read_directory(path))
