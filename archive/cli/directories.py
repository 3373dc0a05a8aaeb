"""Commands on the directory of co-ops."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.cli import options


@click.group("directory")
def directory_group() -> None:
    """Keep the directory of co-ops."""


@directory_group.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--establishments",
    type=click.Path(dir_okay=False, path_type=Path),
    help="INSEE's file of establishments, for the communes of the legal units in FILE.",
)
@options.sources
@options.data
def import_directory(file: Path, establishments: Path | None, folder: Path | None, data: Path) -> None:
    """Take the co-ops of FILE into the archive's directory.

    FILE is a list of one's own, INSEE's file of legal units or a list of social-economy enterprises; its
    header tells which.

    \b
        coopress directory import coops.csv
        coopress directory import StockUniteLegale_utf8.zip --establishments StockEtablissement_utf8.zip
    """
    from archive.directory_import import import_file
    from archive.pipeline import Archive

    with Archive(data, options.all_sources(folder, data)) as archive:
        done = import_file(archive, file, datetime.now(UTC), teller(file), establishments)
    click.echo(
        f"{done.added} co-ops added, {done.changed} changed, {done.unchanged} unchanged, {done.gone} gone"
        + (f", {done.repeated} named twice" if done.repeated else ""),
        err=True,
    )
    if done.added or done.changed:
        click.echo(f"« coopress rebuild --data {data} » looks for them in the pages already kept", err=True)


def teller(file: Path) -> Callable[[str], None]:
    """Return what tells a problem with a row of ``file`` on stderr."""

    def tell(problem: str) -> None:
        click.echo(f"{file}: {problem}", err=True)

    return tell
