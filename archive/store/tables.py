"""How does a row get into a table? By one prepared statement a table, however many rows there are.

A page brings rows of a dozen tables; looking up their columns each time costs more than SQLite does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

Row = Mapping[str, object]

_INSERT: Final = "INSERT{policy} INTO {table} ({columns}) VALUES ({marks})"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table, their values in the order of its ``columns``; columns not named have defaults."""

    table: str
    columns: tuple[str, ...]
    values: list[tuple[object, ...]]


def rows(table: str, given: Iterable[Row]) -> Rows:
    """Return rows, all with the same columns, ready to be written."""
    found = list(given)
    columns = tuple(found[0]) if found else ()
    return Rows(table, columns, [tuple(row.values()) for row in found])


def insert(database: "Database", table: str, given: Iterable[Row]) -> None:
    """Add rows, all with the same columns, to a table; raise sqlite3.IntegrityError for one already there."""
    insert_all(database, [rows(table, given)])


def add(database: "Database", table: str, given: Iterable[Row]) -> None:
    """Add the rows that are not there yet, by their keys, and leave the others as they are."""
    add_all(database, [rows(table, given)])


def insert_all(database: "Database", given: Iterable[Rows]) -> None:
    """Do what ``insert`` does for several tables, one after the other; rows of one table go together."""
    _write(database, given, "")


def add_all(database: "Database", given: Iterable[Rows]) -> None:
    """Do what ``add`` does for several tables, one after the other; rows of one table go together."""
    _write(database, given, " OR IGNORE")


def put(database: "Database", table: str, row: Row) -> None:
    """Add a row, or give the one with its ``id`` these values; columns not named stay as they are."""
    database.execute(_upsert(table, tuple(row)), list(row.values()))


def _write(database: "Database", given: Iterable[Rows], policy: str) -> None:
    together: dict[tuple[str, tuple[str, ...]], list[tuple[object, ...]]] = {}
    for some in given:
        if some.values:
            together.setdefault((some.table, some.columns), []).extend(some.values)
    for (table, columns), values in together.items():
        database.conn.executemany(_statement(table, columns, policy), values)


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
