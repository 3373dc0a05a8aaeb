"""What does ``frontier.db`` look like? Its tables, and what those of an earlier version lack."""

import sqlite3

_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    source TEXT PRIMARY KEY,
    finished INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    role TEXT NOT NULL,
    request TEXT NOT NULL,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'pending',
    fetched_at TEXT,
    UNIQUE (source, key)
);
CREATE TABLE IF NOT EXISTS moves (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS missed (
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS walked (
    source TEXT PRIMARY KEY,
    declaration TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hosts (
    host TEXT PRIMARY KEY,
    free_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS requests_role ON requests(source, role);
CREATE INDEX IF NOT EXISTS requests_next ON requests(source, state, priority DESC, id);
"""
_LATER = {"worker": "TEXT", "token": "INTEGER NOT NULL DEFAULT 0", "leased_until": "REAL"}


def prepare(database: sqlite3.Connection) -> None:
    """Bring a database to the current schema; a crawl that an earlier version left unfinished goes on."""
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(_TABLES)
    present = {row[1] for row in database.execute("PRAGMA table_info(requests)")}
    for name, kind in _LATER.items():
        if name not in present:
            database.execute(f"ALTER TABLE requests ADD COLUMN {name} {kind}")
    if "worker" not in present:
        database.execute("UPDATE requests SET worker = '' WHERE state = 'leased'")
