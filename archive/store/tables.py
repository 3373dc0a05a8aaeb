"""How does a row get into a table? By one prepared statement a table, however many rows there are.

A page brings rows of a dozen tables; looking up their columns each time costs more than SQLite does.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from sqlite_utils import Database

Row = Mapping[str, object]

_INSERT: Final = "INSERT{policy} INTO {table} ({columns}) VALUES ({marks})"


def insert(database: Database, table: str, rows: Iterable[Row]) -> None:
    """Add rows, all with the same columns, to a table; raise sqlite3.IntegrityError for one already there."""
    _write(database, table, rows, "")


def add(database: Database, table: str, rows: Iterable[Row]) -> None:
    """Add the rows that are not there yet, by their keys, and leave the others as they are."""
    _write(database, table, rows, " OR IGNORE")


def put(database: Database, table: str, row: Row) -> None:
    """Add a row, or give the one with its ``id`` these values; columns not named stay as they are."""
    database.execute(_upsert(table, tuple(row)), list(row.values()))


def _write(database: Database, table: str, rows: Iterable[Row], policy: str) -> None:
    given = list(rows)
    if given:
        statement = _statement(table, tuple(given[0]), policy)
        database.conn.executemany(statement, [tuple(row.values()) for row in given])


@lru_cache
def _statement(table: str, columns: tuple[str, ...], policy: str) -> str:
    return _INSERT.format(
        policy=policy,
        table=table,
        columns=", ".join(f'"{column}"' for column in columns),
        marks=", ".join("?" * len(columns)),
    )


@lru_cache
def _upsert(table: str, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != "id")
    return f"{_statement(table, columns, '')} ON CONFLICT (id) DO UPDATE SET {changes}"
