"""One command a stage: parses what it is told, calls the stage, prints what came of it.

Data goes to stdout, talk to stderr; our own errors end as one line and exit code 1.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from archive.errors import ArchiveError, SourceError, StoreError
from archive.models import CoopDirectory, CoopEntry
from archive.progress import Bar
from archive.sources import Source, load_all

# Exit code of a crawl that ran but left a source unhealthy.
UNHEALTHY = 3

_data = click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("data"),
    show_default=True,
    help="Folder of the archive.",
)
_sources = click.option(
    "--sources",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of TOML files to read instead of the shipped sources.",
)
_directory = click.option(
    "--directory",
    "directory_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV file of co-ops to recognise.",
)


class Group(click.Group):
    """Turn our own errors into one line; let bugs keep their traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the subcommand."""
        try:
            return super().invoke(ctx)
        except ArchiveError as error:
            raise click.ClickException(str(error)) from error
        except BrokenPipeError:
            # The reader of our output has gone (``coopress extract | head``): nothing to say to anyone.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order of the flow, not of the alphabet."""
        return list(self.commands)


@click.group(cls=Group)
@click.version_option(package_name="coopress")
def main() -> None:
    """Archive the French cooperative press: crawl, extract, browse."""


@main.command()
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

    _crawl(load_all(sample.sources()), data, replay=sample.warc(), directory_file=sample.directory())
    if serve:
        run.serve(data, "127.0.0.1", port)


@main.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@_sources
@_data
@click.option(
    "--replay",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Answer from this WARC file, not the web.",
)
@click.option("--full", is_flag=True, help="Ask again for pages already in the archive.")
@_directory
@click.option(
    "--allow-private", metavar="HOST:PORT", multiple=True, help="Allow one loopback or private address."
)
def crawl(
    names: tuple[str, ...],
    folder: Path | None,
    data: Path,
    replay: Path | None,
    full: bool,
    directory_file: Path | None,
    allow_private: tuple[str, ...],
) -> None:
    """Fetch the named sources (all when none is named) into the archive.

    Exit code 0: done; 1: an error; 3: done, but a source gave nothing.

    \b
        coopress crawl les_scop_idf
        coopress crawl --sources my-sources --replay web.warc.gz --data trial
    """
    chosen = _chosen(load_all(folder), names)
    code = _crawl(chosen, data, replay, directory_file, full, allow_private)
    sys.exit(code)


@main.command()
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--jsonl", is_flag=True, help='Read JSON lines {"url", "html" or "body_base64"} from stdin.')
@click.option("--url", default=None, help="Address of the page in FILE.")
@_directory
def extract(files: tuple[Path, ...], jsonl: bool, url: str | None, directory_file: Path | None) -> None:
    """Turn pages into records, one JSON object a line, without network or archive.

    \b
        coopress extract --jsonl < pages.jsonl > records.jsonl
        coopress extract page.html --url https://union-bocage.example/actualites/scierie
    """
    from archive.extract import extract_file, extract_lines

    if jsonl == bool(files):
        raise click.UsageError("give either --jsonl or FILE...")
    directory = _load_directory(directory_file)
    if jsonl:
        _print_lines(extract_lines(sys.stdin.buffer, directory))
    for path in files:
        _print_lines(extract_file(path, url or path.resolve().as_uri(), directory))


@main.command("rebuild")
@_sources
@_data
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

    _must_exist(data)
    with (
        Archive(data, _all_sources(folder, data)) as archive,
        Bar("Reading", archive.count_readable()) as bar,
    ):
        done = rebuild(archive, workers, bar.step)
    if diff:
        for sign, address in done.changes:
            click.echo(f"{sign} {address}")
    click.echo(
        f"{done.captures} captures read, {done.articles} articles, {len(done.changes)} changed", err=True
    )


@main.group("directory")
def directory_group() -> None:
    """Keep the directory of co-ops."""


@directory_group.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_sources
@_data
def import_directory(file: Path, folder: Path | None, data: Path) -> None:
    """Take the co-ops of a CSV FILE into the archive's directory.

    \b
        coopress directory import coops.csv
    """
    from archive.pipeline import Archive

    entries = _read_directory(file)
    with Archive(data, _all_sources(folder, data)) as archive:
        count = archive.import_directory(entries)
    click.echo(f"{count} co-ops taken in", err=True)


@main.command()
@_data
def verify(data: Path) -> None:
    """Check every raw record against its digests; exit code 1 if one fails.

    \b
        coopress verify --data data
    """
    from archive.raw import Raw

    _must_exist(data)
    raw = Raw(data / "raw")
    failures = list(raw.verify())
    for line in failures:
        click.echo(line)
    click.echo(f"{len(raw.files())} files, {len(failures)} damaged records", err=True)
    sys.exit(1 if failures else 0)


@main.command()
@_data
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=int, default=8001, show_default=True)
def serve(data: Path, host: str, port: int) -> None:
    """Open the archive in Datasette until Ctrl-C.

    \b
        coopress serve --port 8001
    """
    from archive.serve import run

    run.serve(data, host, port)


@main.group("source")
def source_group() -> None:
    """Declare and list sources."""


@source_group.command("list")
@_sources
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


@main.command()
@_sources
@_data
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


def _crawl(
    sources: Mapping[str, Source],
    data: Path,
    replay: Path | None = None,
    directory_file: Path | None = None,
    full: bool = False,
    allow_private: tuple[str, ...] = (),
) -> int:
    """Run the crawl and print a line a source; return the exit code."""
    from archive.pipeline import Archive
    from archive.settling import settle
    from scrapers.crawl import Options, locked
    from scrapers.crawl import crawl as run

    if replay is not None and not replay.is_file():
        raise SourceError(f"{replay}: no such WARC file to replay")
    entries = _read_directory(directory_file)
    with locked(data), Archive(data, sources) as archive:
        if entries:
            archive.import_directory(entries)
        archive.begin_crawl(sources)
        with Bar("Crawling") as bar:
            options = Options(
                data, replay, full, allow_private, lambda source, count: bar.step(1, source), bar.expect
            )
            result = run(list(sources.values()), archive, options)
        silent = [slug for slug in sources if not result.by_source.get(slug)]
        settle(archive, sources)
        archive.end_crawl(_outcome(result.finished, bool(silent)))
        counts = archive.counts
    click.echo(
        f"{counts['requests']} responses kept: {counts['new']} articles new, {counts['changed']} changed, "
        f"{counts['unchanged']} unchanged, {counts['problems']} problems",
        err=True,
    )
    if not result.finished:
        click.echo("interrupted: the same command goes on from here", err=True)
        return 1
    for slug in silent:
        click.echo(f"{slug}: no page answered", err=True)
    return UNHEALTHY if silent else 0


def _outcome(finished: bool, silent: bool) -> str:
    if not finished:
        return "interrupted"
    return "unhealthy" if silent else "ok"


def _chosen(sources: Mapping[str, Source], names: tuple[str, ...]) -> dict[str, Source]:
    if unknown := [name for name in names if name not in sources]:
        raise SourceError(f"no source called {', '.join(unknown)}; « coopress source list » names them")
    return {name: sources[name] for name in names or sources}


def _all_sources(folder: Path | None, data: Path) -> dict[str, Source]:
    """Return the declared sources, and those that only the archive still knows, as last declared."""
    from archive.pipeline import remembered_sources

    return {**remembered_sources(data), **load_all(folder)}


def _must_exist(data: Path) -> None:
    if not (data / "archive.db").is_file():
        raise StoreError(
            f"{data / 'archive.db'}: no archive there; « coopress crawl --data {data} » makes one"
        )


def _read_directory(path: Path | None) -> list[CoopEntry]:
    """Return the co-ops of a CSV file; rows that cannot be used are told on stderr."""
    if path is None:
        return []
    from archive.directory import read_csv

    entries, problems = read_csv(path)
    for line in problems:
        click.echo(f"{path}: {line}", err=True)
    return entries


def _load_directory(path: Path | None) -> CoopDirectory | None:
    if path is None:
        return None
    from archive.directory import Directory

    return Directory(_read_directory(path))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
