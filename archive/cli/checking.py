"""Commands that keep an archive healthy and safe: check, backup, restore."""

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli import options
from archive.cli.crawling import UNHEALTHY
from archive.configuration import Configuration
from archive.errors import ArchiveError

if TYPE_CHECKING:
    from archive.check import Finding


@click.command()
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@options.sources
@options.data
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
@click.option("--notify", is_flag=True, help="Send the report as coopress.toml in the archive's folder says.")
def check(names: tuple[str, ...], folder: Path | None, data: Path, as_json: bool, notify: bool) -> None:
    """Say which sources broke, in which field and since when, in French.

    Compares each source with its [expect] and with its own past. Exit code 0: healthy; 1: an error;
    3: something is wrong.

    \b
        coopress check
        coopress check les_scop_idf --json
        coopress check --notify
    """
    from archive.check import archive_findings, findings
    from archive.configuration import load
    from archive.store.database import open_database

    options.must_exist(data)
    declared = options.all_sources(folder, data)
    chosen = options.chosen(declared, names)
    wishes = load(data, declared)
    if notify and not wishes.urls:
        raise ArchiveError(f"{data / 'coopress.toml'}: notify.urls names nobody to tell")
    now = datetime.now(UTC)
    with closing(open_database(data / "archive.db")) as database:
        found = findings(database, chosen.values(), now, wishes.past_from)
        if not names:
            found = [*archive_findings(database, now), *found]
    _print(found, as_json)
    if notify:
        _send(found, wishes)
    sys.exit(UNHEALTHY if found else 0)


def _print(found: Sequence["Finding"], as_json: bool) -> None:
    from archive.check.words import report, sentence

    if not as_json:
        click.echo(report(found))
        return
    rows = [{**asdict(finding), "message": sentence(finding)} for finding in found]
    click.echo(json.dumps({"healthy": not found, "findings": rows}, ensure_ascii=False, indent=1))


def _send(found: Sequence["Finding"], wishes: Configuration) -> None:
    from archive.check.words import headline, report
    from archive.notify import send

    if found or wishes.when == "always":
        send(wishes.urls, headline(found), report(found), alarm=bool(found))
        click.echo(f"sent to {len(wishes.urls)} addresses", err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.data
def backup(file: Path, data: Path) -> None:
    """Copy the database to FILE, also during a crawl, and list the WARC files to copy with it.

    The list goes to stdout, one path a line, and with sizes to FILE.json. Copy the WARC files after it.

    \b
        coopress backup backups/archive.db
    """
    from archive.backup import save

    options.must_exist(data)
    needed = save(data, file)
    for need in needed:
        click.echo(data / "raw" / need.file)
    total = sum(need.length for need in needed)
    click.echo(f"{file} written; it needs {len(needed)} WARC files, {total} bytes", err=True)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@options.data
def restore(file: Path, data: Path) -> None:
    """Put the database saved in FILE into an archive's folder that has none.

    Exit code 1 if a WARC file that it needs is missing there or too short.

    \b
        coopress restore backups/archive.db --data data
    """
    from archive.backup import restore as put_back

    lines = put_back(file, data)
    for line in lines:
        click.echo(line)
    click.echo(f"{data / 'archive.db'} restored, {len(lines)} WARC files missing or short", err=True)
    sys.exit(1 if lines else 0)
