"""The database is opened, migrated once, and refuses what is not an archive."""

from pathlib import Path

import pytest

from archive.errors import StoreError
from archive.store.database import open_database
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
