"""What did each run do, and what went wrong in it?

The row of a crawl is brought up to date in the same transactions as what it counts. One that was killed so
leaves true counts; its row is closed when the archive is next opened.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlite_utils import Database

from archive.store.captures import moment

# What is counted of a crawl, each in a column of that name.
COUNTS = ("requests", "new", "changed", "unchanged", "problems", "passed_over", "bytes")
_REFUSAL = re.compile(r"HTTP (\d{3})")


@dataclass(frozen=True, slots=True)
class CutShort:
    """A crawl whose row was never closed: what it had counted, and its last sign of life (aware)."""

    id: int
    counts: Mapping[str, int]
    last_sign: datetime


def begin(database: Database, sources: Sequence[str], at: datetime) -> int:
    """Open a crawl's row and return its id."""
    table = database.table("crawls").insert(
        {"started_at": moment(at), "sources": json.dumps(list(sources))}, pk="id"
    )
    return cast(int, table.last_pk)


def tally(database: Database, crawl: int, counts: Mapping[str, int], at: datetime) -> None:
    """Write what a crawl has counted by now, and for how many seconds it has run."""
    columns = ", ".join(f"{name} = :{name}" for name in COUNTS)
    database.execute(
        f"UPDATE crawls SET {columns}, seconds = strftime('%s', :at) - strftime('%s', started_at)"
        " WHERE id = :id",
        {**{name: counts.get(name, 0) for name in COUNTS}, "at": moment(at), "id": crawl},
    )


def end(database: Database, crawl: int, outcome: str, errors: Mapping[str, int], at: datetime) -> None:
    """Close a crawl's row with its outcome, its errors by kind and how many seconds it took."""
    kinds = json.dumps(dict(errors), ensure_ascii=False, sort_keys=True)
    database.execute(
        "UPDATE crawls SET outcome = :outcome, errors = :errors, finished_at = :at,"
        " seconds = strftime('%s', :at) - strftime('%s', started_at) WHERE id = :id",
        {"outcome": outcome, "errors": kinds, "at": moment(at), "id": crawl},
    )


def judge(database: Database, crawl: int, outcome: str) -> None:
    """Change the outcome of a crawl that has ended."""
    database.execute("UPDATE crawls SET outcome = ? WHERE id = ?", [outcome, crawl])


def cut_short(database: Database) -> CutShort | None:
    """Return the crawl whose row is open, or ``None``. To be asked by whoever has the archive's lock."""
    row = database.execute(
        f"SELECT id, started_at, coalesce(seconds, 0), {', '.join(COUNTS)} FROM crawls"
        " WHERE finished_at IS NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    last_sign = datetime.fromisoformat(row[1]) + timedelta(seconds=row[2])
    return CutShort(row[0], dict(zip(COUNTS, row[3:], strict=True)), last_sign)


def errors(database: Database, crawl: int) -> Counter[str]:
    """Return the errors of a crawl by kind, as far as ``problems`` tells them.

    A refusal is counted by its status (``http 404``), all else by the stage at which it arose.
    """
    kinds: Counter[str] = Counter()
    for stage, error in database.execute("SELECT stage, error FROM problems WHERE crawl = ?", [crawl]):
        refused = _REFUSAL.fullmatch(error)
        kinds[f"http {refused[1]}" if refused else stage] += 1
    return kinds


def problem(database: Database, row: Mapping[str, object], at: datetime) -> None:
    """Note a problem (url, stage, error, and source, crawl, capture where known)."""
    database.table("problems").insert({**row, "at": moment(at)}, pk="id")


def is_noted(database: Database, url: str, stage: str, error: str) -> bool:
    """Say whether this very problem is in the table already."""
    query = "SELECT 1 FROM problems WHERE url = ? AND stage = ? AND error = ?"
    return database.execute(query, [url, stage, error]).fetchone() is not None
