"""The command that hands the archive on: export."""

from datetime import UTC, datetime
from pathlib import Path

import click

from archive.cli import options
from archive.errors import StoreError


@click.command("export")
@click.option("--format", "name", type=click.Choice(["wacz"]), required=True, help="What to write.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write [coopress.SUFFIX]."
)
@options.data
def export_command(name: str, output: Path | None, data: Path) -> None:
    """Write the archive into one file for others; what was taken down is left out.

    \b
        coopress export --format wacz -o coopress.wacz    # replays in ReplayWeb.page and pywb
    """
    from archive.exports import FORMATS

    options.must_exist(data)
    target = output or Path(f"coopress{FORMATS[name].suffix}")
    try:
        done, problems = FORMATS[name].write(data, target, datetime.now(UTC))
    except OSError as error:
        raise StoreError(f"{target}: {error.strerror or error}") from error
    for problem in problems:
        click.echo(f"left out: {problem}", err=True)
    click.echo(done, err=True)
