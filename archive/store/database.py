"""Where is the archive's database, and is its schema current?"""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from archive.errors import StoreError
from archive.store import stem_index
from archive.store.migrations import migrations

# What is written again and again (indexes of words, of runs, of blocks) is kept at hand: KiB of memory, and
# pages of 4 KiB that may wait in the write-ahead log.
_CACHE = 8_000
_WAITING = 4_000
# How long a writer waits for another (milliseconds); readers never wait under WAL.
_BUSY = 10_000


def open_database(path: Path) -> Database:
    """Return the database at ``path``, made or migrated as needed, in WAL mode with foreign keys on.

    Raises StoreError, naming the file, when it cannot be opened or is no archive of ours.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = Database(path)
        database.execute(f"PRAGMA busy_timeout = {_BUSY}")
        database.enable_wal()
        database.execute(f"PRAGMA cache_size = -{_CACHE}")
        database.execute(f"PRAGMA wal_autocheckpoint = {_WAITING}")
        prepare(database)
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"{path}: {error}") from error
    return database


def prepare(database: Database) -> Database:
    """Bring a database (also one in memory) to the current schema and return it; safe to run twice."""
    database.execute("PRAGMA foreign_keys = ON")
    # After a power cut the last commits may be gone, never the consistency: the WARC files hold the captures.
    database.execute("PRAGMA synchronous = NORMAL")
    migrations.apply(database)
    stem_index.refresh(database)
    return database
