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
    free_at REAL NOT NULL,
    held_until REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS requests_role ON requests(source, role);
CREATE INDEX IF NOT EXISTS requests_next ON requests(source, state, priority DESC, id);
"""
_LATER = {
    "requests": {"worker": "TEXT", "token": "INTEGER NOT NULL DEFAULT 0", "leased_until": "REAL"},
    "hosts": {"held_until": "REAL NOT NULL DEFAULT 0"},
}


def prepare(database: sqlite3.Connection) -> None:
    """Bring a database to the current schema; a crawl that an earlier version left unfinished goes on."""
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.executescript(_TABLES)
    had_workers = "worker" in _columns(database, "requests")
    for table, columns in _LATER.items():
        for name in columns.keys() - _columns(database, table):
            database.execute(f"ALTER TABLE {table} ADD COLUMN {name} {columns[name]}")
    if not had_workers:
        database.execute("UPDATE requests SET worker = '' WHERE state = 'leased'")


def _columns(database: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
