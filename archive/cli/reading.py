"""The command that reads pages without an archive: extract."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from archive.cli import options


@click.command()
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--jsonl", is_flag=True, help='Read JSON lines {"url", "html" or "body_base64"} from stdin.')
@click.option("--url", default=None, help="Address of the page in FILE.")
@options.directory
def extract(files: tuple[Path, ...], jsonl: bool, url: str | None, directory_file: Path | None) -> None:
    """Turn pages into records, one JSON object a line, without network or archive.

    \b
        coopress extract --jsonl < pages.jsonl > records.jsonl
        coopress extract page.html --url https://union-bocage.example/actualites/scierie
    """
    from archive.extract import extract_file, extract_lines

    if jsonl == bool(files):
        raise click.UsageError("give either --jsonl or FILE...")
    directory = options.load_directory(directory_file)
    if jsonl:
        _print_lines(extract_lines(sys.stdin.buffer, directory))
    for path in files:
        _print_lines(extract_file(path, url or path.resolve().as_uri(), directory))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
