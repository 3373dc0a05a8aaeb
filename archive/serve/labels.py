"""What is this column or table called in French? The metadata file says it, « Libellé — explication. »."""

from collections.abc import Mapping
from typing import Any

Metadata = Mapping[str, Any]

_SEPARATOR = " — "


def label(columns: Mapping[str, str], column: str) -> str:
    """Return a column's French name: what stands before the dash of its description, else its own name.

    >>> label({"published": "Paru le — date de parution."}, "published"), label({}, "rowid")
    ('Paru le', 'rowid')
    """
    before, dash, _ = columns.get(column, "").partition(_SEPARATOR)
    return before if dash else column.replace("_", " ")


def explanation(columns: Mapping[str, str], column: str) -> str:
    """Return the description without the label.

    >>> explanation({"published": "Paru le — date de parution."}, "published")
    'date de parution.'
    """
    before, dash, after = columns.get(column, "").partition(_SEPARATOR)
    return after if dash else before


def of_table(metadata: Metadata, database: str, table: str) -> dict[str, str]:
    """Return the descriptions of a table's columns; empty for a table the metadata does not know."""
    return dict(_table(metadata, database, table).get("columns") or {})


def of_database(metadata: Metadata, database: str) -> dict[str, str]:
    """Return one description for each column name of a database, for the results of queries.

    Where tables share a column name, the first one's is taken.
    """
    found: dict[str, str] = {}
    for table in _database(metadata, database).get("tables", {}).values():
        for column, description in (table.get("columns") or {}).items():
            found.setdefault(column, description)
    return found


def table_title(metadata: Metadata, database: str, table: str) -> str:
    """Return a table's French title, or its name."""
    return str(_table(metadata, database, table).get("title") or table)


def _database(metadata: Metadata, database: str) -> Metadata:
    return dict((metadata.get("databases") or {}).get(database) or {})


def _table(metadata: Metadata, database: str, table: str) -> Metadata:
    return dict((_database(metadata, database).get("tables") or {}).get(table) or {})
