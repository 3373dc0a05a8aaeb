"""Rows go into tables by column name; what is there already stays, or is given new values."""

import sqlite3

import pytest
from sqlite_utils import Database

from archive.store import tables


@pytest.fixture
def database() -> Database:
    found = Database(memory=True)
    found.execute('CREATE TABLE spans (id INTEGER PRIMARY KEY, "end" INTEGER, word TEXT)')
    return found


def held(database: Database) -> list[tuple[object, ...]]:
    return database.execute('SELECT id, "end", word FROM spans ORDER BY id').fetchall()


def test_rows_are_added_by_column_even_when_a_column_is_a_word_of_sql(database: Database) -> None:
    tables.insert(database, "spans", ({"end": n, "word": "gué"} for n in (3, 5)))
    tables.insert(database, "spans", [])
    assert held(database) == [(1, 3, "gué"), (2, 5, "gué")]


def test_a_row_that_is_there_stays_or_is_an_error(database: Database) -> None:
    tables.insert(database, "spans", [{"id": 1, "word": "gué"}])
    tables.add(database, "spans", [{"id": 1, "word": "pont"}, {"id": 2, "word": "bief"}])
    assert held(database) == [(1, None, "gué"), (2, None, "bief")]
    with pytest.raises(sqlite3.IntegrityError):
        tables.insert(database, "spans", [{"id": 1, "word": "pont"}])


def test_a_row_put_again_has_its_new_values_and_keeps_the_others(database: Database) -> None:
    tables.put(database, "spans", {"id": 1, "end": 3, "word": "gué"})
    tables.put(database, "spans", {"id": 1, "word": "pont"})
    assert held(database) == [(1, 3, "pont")]
