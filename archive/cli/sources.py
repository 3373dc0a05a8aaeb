"""Commands that declare and list sources."""

import json
from pathlib import Path

import click

from archive.cli import options
from archive.sources import load_all


@click.group("source")
def source_group() -> None:
    """Declare and list sources."""


@source_group.command("list")
@options.sources
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def source_list(folder: Path | None, as_json: bool) -> None:
    """List the declared sources.

    \b
        coopress source list
    """
    from archive.sources.overview import table

    sources = load_all(folder)
    if as_json:
        rows = [
            {"slug": s.slug, "kind": s.kind, "via": s.fetch.via, "title": s.title, "home": s.home}
            for s in sources.values()
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    click.echo(table(sources.values()))


@source_group.command("new")
@click.argument("slug")
@click.argument("url")
@click.option(
    "--sources",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("sources"),
    show_default=True,
    help="Folder to write the TOML file to.",
)
@click.option(
    "--tests",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tests/pages"),
    show_default=True,
    help="Folder to write the test-page stub to.",
)
def source_new(slug: str, url: str, folder: Path, tests: Path) -> None:
    """Write a source file for SLUG at URL, and a stub for its first test page.

    \b
        coopress source new union_bocage https://union-bocage.example/actualites
    """
    from archive.sources.new import new_source

    for path in new_source(folder, tests, slug, url):
        click.echo(path)
