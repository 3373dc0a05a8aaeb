"""The database is opened, migrated once, and refuses what is not an archive."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from archive.errors import StoreError
from archive.store.database import open_database, prepare
from archive.store.migrations import migrations


def test_opening_twice_migrates_once(tmp_path: Path) -> None:
    open_database(tmp_path / "archive.db").close()
    database = open_database(tmp_path / "archive.db")
    assert list(migrations.pending(database)) == []
    assert database.journal_mode == "wal"
    assert "articles_fts" in database.table_names()
    database.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_text("not a database, whatever its name says " * 100)
    with pytest.raises(StoreError, match=r"archive\.db"):
        open_database(path)


def test_crawls_that_an_earlier_version_left_open_are_closed_with_what_they_archived() -> None:
    database = prepare(Database(memory=True))
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm080%'")
    for at, end in (("2024-06-01T03:00:00Z", None), ("2024-06-02T03:00:00Z", "2024-06-02T04:00:00Z")):
        database["crawls"].insert({"started_at": at, "sources": "[]", "finished_at": end})
    capture = {"source": "s", "role": "article", "status": 200, "digest": "d", "file": "f", "length": 1}
    times = ("2024-06-01T03:00:02Z", "2024-06-01T03:07:00Z", "2024-06-02T03:00:02Z")
    for offset, at in enumerate(times):
        row = capture | {"url": f"u{offset}", "fetched_at": at, "offset": offset, "state": "read"}
        database["captures"].insert(row)
    prepare(database)
    query = "SELECT requests, outcome, finished_at, seconds FROM crawls ORDER BY id"
    assert list(database.execute(query)) == [
        (2, "interrupted", "2024-06-01T03:07:00Z", 420),
        (0, None, "2024-06-02T04:00:00Z", None),
    ]
    database.close()
