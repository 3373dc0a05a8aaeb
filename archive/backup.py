"""How is an archive saved, and brought back? A copy of the database, and the list of the WARC files it needs.

WARC files only ever grow, so any tool that copies files can copy them after the database; the list tells
whether what was copied is enough.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from archive.errors import StoreError
from archive.lock import locked

# Pages of the database copied at a time, so that a crawl may write in between.
_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Needed:
    """A WARC file that a copied database points into, and how many of its bytes it needs at least."""

    file: str
    length: int


def save(data: Path, target: Path) -> list[Needed]:
    """Copy the database of ``data`` to ``target``, also during a crawl, and return the WARC files it needs.

    The list is written beside it (``target`` with ``.json`` added). An older copy is replaced only once the
    new one is whole. Raises StoreError, naming the file, when either cannot be read or written.
    """
    if target.resolve() == (data / "archive.db").resolve():
        raise StoreError(f"{target}: is the archive itself; name another file")
    part = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with closing(_reading(data / "archive.db")) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy, pages=_PAGES)
            # One file that can be carried anywhere, without a -wal beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
            needed = list(_needed(copy))
        _sync(part)
        part.replace(target)
        _list_of(target).write_text(
            json.dumps({need.file: need.length for need in needed}, indent=1), "utf-8"
        )
    except (sqlite3.Error, OSError) as error:
        with suppress(OSError):  # the folder itself may be what is wrong
            part.unlink(missing_ok=True)
        raise StoreError(f"{target}: {error}") from error
    return needed


def restore(saved: Path, data: Path) -> list[str]:
    """Put a saved database into ``data`` and return a line for each WARC file that is missing there or short.

    Raises StoreError when there is an archive already, or the copy is damaged: nothing is overwritten.
    """
    database = data / "archive.db"
    if database.exists():
        raise StoreError(f"{database}: there is an archive already; move it away first")
    with locked(data):
        return _put_back(saved, data, database)


def _put_back(saved: Path, data: Path, database: Path) -> list[str]:
    try:
        with closing(_reading(saved)) as source:
            if (verdict := source.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                raise StoreError(f"{saved}: damaged: {verdict}")
            needed = list(_needed(source))
            part = data / "archive.db.part"
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
        _sync(part)
        # What is left of a lost database would be taken for the end of this one.
        for left in ("archive.db-wal", "archive.db-shm"):
            (data / left).unlink(missing_ok=True)
        part.replace(database)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{saved}: {error}") from error
    return list(_short(needed, data / "raw"))


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _needed(database: sqlite3.Connection) -> Iterator[Needed]:
    rows = database.execute("SELECT file, max(offset + length) FROM captures GROUP BY file ORDER BY file")
    for file, length in rows:
        yield Needed(file, length)


def _short(needed: list[Needed], raw: Path) -> Iterator[str]:
    for need in needed:
        path = raw / need.file
        size = path.stat().st_size if path.is_file() else None
        if size is None:
            yield f"{path}: missing, {need.length} bytes of it are needed"
        elif size < need.length:
            yield f"{path}: {size} bytes of the {need.length} that are needed"


def _list_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.json")


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
