"""Commands on the directory of co-ops."""

from pathlib import Path

import click

from archive.cli import options


@click.group("directory")
def directory_group() -> None:
    """Keep the directory of co-ops."""


@directory_group.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.sources
@options.data
def import_directory(file: Path, folder: Path | None, data: Path) -> None:
    """Take the co-ops of a CSV FILE into the archive's directory.

    \b
        coopress directory import coops.csv
    """
    from archive.pipeline import Archive

    entries = options.read_directory(file)
    with Archive(data, options.all_sources(folder, data)) as archive:
        count = archive.import_directory(entries)
    click.echo(f"{count} co-ops taken in", err=True)
