"""What did each run do, and what went wrong in it?"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlite_utils import Database

from archive.store.captures import moment


def begin(database: Database, sources: Sequence[str], at: datetime) -> int:
    """Open a crawl's row and return its id."""
    table = database.table("crawls").insert(
        {"started_at": moment(at), "sources": json.dumps(list(sources))}, pk="id"
    )
    return cast(int, table.last_pk)


def end(database: Database, crawl: int, counts: Mapping[str, int | str], at: datetime) -> None:
    """Close a crawl's row with its counts, its outcome and how many seconds it took."""
    database.table("crawls").update(crawl, {**counts, "finished_at": moment(at)})
    database.execute(
        "UPDATE crawls SET seconds = strftime('%s', finished_at) - strftime('%s', started_at) WHERE id = ?",
        [crawl],
    )


def problem(database: Database, row: Mapping[str, object], at: datetime) -> None:
    """Note a problem (url, stage, error, and source, crawl, capture where known)."""
    database.table("problems").insert({**row, "at": moment(at)}, pk="id")


def is_noted(database: Database, url: str, stage: str, error: str) -> bool:
    """Say whether this very problem is in the table already."""
    query = "SELECT 1 FROM problems WHERE url = ? AND stage = ? AND error = ?"
    return database.execute(query, [url, stage, error]).fetchone() is not None
