"""What is missing or wrong? Looks at the installation, the data folder and the sources; changes nothing."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from archive.errors import ArchiveError
from archive.raw import Raw
from archive.sources import load_all

# Below this much free disk (bytes) a crawl of a few sites may not finish.
_LITTLE_SPACE = 500_000_000
_OLDEST_SQLITE = (3, 40, 0)
_NEEDED = (
    "scrapy",
    "beautifulsoup4",
    "lxml",
    "dateparser",
    "sqlite-utils",
    "datasette",
    "warcio",
    "pdfminer.six",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at, in one line; ``well`` says whether it is as it should be."""

    well: bool
    text: str


def examine(data: Path, sources: Path | None = None) -> list[Finding]:
    """Return a finding for each thing looked at, in the order installation, data folder, sources."""
    return [*_installation(), *_data_folder(data), *_sources(sources)]


def _installation() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(sys.version_info >= (3, 11), f"Python {version} (3.11 or later is needed)")
    yield Finding(
        sqlite3.sqlite_version_info >= _OLDEST_SQLITE,
        f"SQLite {sqlite3.sqlite_version} (3.40 or later is needed)",
    )
    yield _full_text_search()
    for name in _NEEDED:
        try:
            yield Finding(True, f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            yield Finding(False, f"{name} is not installed: run « pip install coopress » again")
    yield _ocr()
    plugins = {entry.value for entry in metadata.entry_points(group="datasette")}
    yield Finding(
        "archive.serve" in plugins,
        "the Datasette plugin is registered"
        if "archive.serve" in plugins
        else "the Datasette plugin is not registered: the package was not installed, only copied",
    )


def _ocr() -> Finding:
    """Say whether scans can be read; nothing else wants it, so that its absence is no fault."""
    if shutil.which("ocrmypdf"):
        return Finding(True, "ocrmypdf is there: « coopress ocr » reads scanned publications")
    return Finding(
        True,
        "ocrmypdf is not there; scanned publications stay unread (apt install ocrmypdf tesseract-ocr-fra)",
    )


def _full_text_search() -> Finding:
    with sqlite3.connect(":memory:") as database:
        try:
            database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')")
        except sqlite3.OperationalError as error:
            return Finding(False, f"SQLite has no full-text search (FTS5): {error}")
        finally:
            database.rollback()
    return Finding(True, "SQLite has full-text search (FTS5)")


def _data_folder(data: Path) -> Iterator[Finding]:
    if not data.is_dir():
        yield Finding(False, f"{data}: no such folder yet: « coopress crawl --data {data} » makes it")
        return
    yield Finding(os.access(data, os.W_OK), f"{data}: can be written to")
    free = shutil.disk_usage(data).free
    yield Finding(free > _LITTLE_SPACE, f"{data}: {free / 1e9:.1f} GB free on the disk")
    database = data / "archive.db"
    if not database.is_file():
        yield Finding(False, f"{database}: no archive yet: run a crawl first")
        return
    yield from _database(database)


def _database(path: Path) -> Iterator[Finding]:
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            check = connection.execute("PRAGMA quick_check").fetchone()[0]
            yield Finding(check == "ok", f"{path}: {'sound' if check == 'ok' else check}")
            yield from _contents(connection, path)
        finally:
            connection.close()
    except sqlite3.Error as error:
        yield Finding(False, f"{path}: cannot be read: {error}")


def _contents(connection: sqlite3.Connection, path: Path) -> Iterator[Finding]:
    articles, captures = (
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("articles", "captures")
    )
    yield Finding(articles > 0, f"{path}: {articles} articles from {captures} captures")
    waiting = connection.execute("SELECT count(*) FROM captures WHERE state = 'pending'").fetchone()[0]
    if waiting:
        yield Finding(False, f"{path}: {waiting} captures wait to be read: the next crawl reads them")
    ends = connection.execute(
        "SELECT file, max(offset + length) FROM captures GROUP BY file ORDER BY file"
    ).fetchall()
    yield from _raw(path.parent / "raw", dict(ends))


def _raw(folder: Path, ends: dict[str, int]) -> Iterator[Finding]:
    for name, end in ends.items():
        path = folder / name
        if not path.is_file():
            yield Finding(False, f"{path}: missing, though the archive points into it")
        elif path.stat().st_size < end:
            yield Finding(False, f"{path}: cut short ({path.stat().st_size} of at least {end} bytes)")
    if folder.is_dir():
        torn = Raw(folder).torn(ends)
        for line in torn:
            yield Finding(False, f"{line}: the next crawl cuts it off")
        if not torn:
            yield Finding(True, f"{folder}: {len(Raw(folder).files())} WARC files, none torn")


def _sources(folder: Path | None) -> Iterator[Finding]:
    try:
        sources = load_all(folder)
    except ArchiveError as error:
        yield Finding(False, str(error))
        return
    yield Finding(True, f"{len(sources)} sources can be read")
