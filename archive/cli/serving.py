"""Commands for whoever runs an archive: serve, doctor."""

import os
import sys
from pathlib import Path

import click

from archive.cli import options


@click.command()
@options.data
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8001, show_default=True)
@click.option("--public", is_flag=True, help="Show what rights and take-downs allow, and no more.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    help="How many answer at the same time; two unless the machine has one core.",
)
def serve(data: Path, host: str, port: int, public: bool, processes: int | None) -> None:
    """Open the archive in Datasette until Ctrl-C.

    \b
        coopress serve --port 8001
        coopress serve --public --host 0.0.0.0
    """
    from archive.serve import run

    run.serve(data, host, port, public, processes or min(2, os.cpu_count() or 1))


@click.command()
@options.sources
@options.data
def doctor(folder: Path | None, data: Path) -> None:
    """Say in plain words what is missing or wrong; exit code 1 if something is.

    \b
        coopress doctor --data data
    """
    from archive.doctor import examine

    findings = examine(data, folder)
    for finding in findings:
        click.echo(f"{'ok  ' if finding.well else 'WRONG'}  {finding.text}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)
