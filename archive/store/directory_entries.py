"""What does each file of the directory say of a co-op, and what do they say together?

A co-op keeps one row for each file that names it. ``coops`` shows their sum: the best file first, the others
where it is silent. Nothing imported is ever deleted, because articles point at it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, TypeAlias

from archive.models import CoopEntry
from archive.store.captures import moment

if TYPE_CHECKING:
    from sqlite_utils import Database

Row: TypeAlias = tuple[str | None, ...]

# Entries compared and written at a time.
_BATCH = 1_000
_FACTS = ("name", "form", "siren", "commune", "department", "website", "aliases")
# A union's own list knows the names in use, the list of the social economy the form, SIRENE capitals only.
_RANKS = {"ess": 1, "sirene": 2}


@dataclass(slots=True)
class Imported:
    """What an import did, in numbers of co-ops. ``repeated`` rows share the key of an earlier one."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Compiled:
    """What all files together say of a co-op. ``gone_at`` is told when no file names it any more."""

    entry: CoopEntry
    origin: str
    imported_at: str | None
    gone_at: str | None


def save(
    database: "Database", entries: Iterable[tuple[int, CoopEntry]], origin: str, at: datetime | None = None
) -> Imported:
    """Write what one file says, each entry under its co-op's id; telling it twice changes nothing.

    The first of two entries with one id counts. ``at`` is the moment of the import, ``None`` where nobody
    asks.
    """
    done = Imported()
    now = moment(at) if at else None
    with database.atomic():
        database.execute("CREATE TEMP TABLE IF NOT EXISTS imported_coops (coop INTEGER PRIMARY KEY)")
        database.execute("DELETE FROM imported_coops")
        source = iter(entries)
        while batch := list(islice(source, _BATCH)):
            _save_batch(database, batch, origin, now, done)
    return done


def mark_gone(database: "Database", origin: str, at: datetime) -> int:
    """Mark what the file just saved names no more, and return how many co-ops that is."""
    with database.atomic():
        cursor = database.execute(
            "UPDATE directory_entries SET gone_at = ? WHERE origin = ? AND gone_at IS NULL"
            " AND coop NOT IN (SELECT coop FROM imported_coops)",
            [moment(at), origin],
        )
    return int(cursor.rowcount)


def compiled(database: "Database") -> Iterator[tuple[int, Compiled]]:
    """Yield what all files together say of each co-op, in order of id."""
    columns = ", ".join(_FACTS)
    rows = database.execute(
        f"SELECT coop, origin, imported_at, gone_at, {columns} FROM directory_entries ORDER BY coop"
    )
    for coop, said in groupby(rows, key=lambda row: row[0]):
        yield coop, _sum(sorted(said, key=_preference))


def follow(database: "Database", named: Callable[[str], int]) -> None:
    """Let entries without a SIREN follow a change of the rule that makes keys of names.

    ``named`` gives the id of a name today.
    """
    query = "SELECT coop, origin, name FROM directory_entries WHERE siren IS NULL"
    for coop, origin, name in database.execute(query).fetchall():
        if (today := named(name)) != coop:
            where = [today, coop, origin]
            database.execute(
                "UPDATE OR IGNORE directory_entries SET coop = ? WHERE coop = ? AND origin = ?", where
            )
            database.execute("DELETE FROM directory_entries WHERE coop = ? AND origin = ?", where[1:])


def lay_out(database: "Database", entries: Mapping[int, Compiled]) -> None:
    """Write ``coops`` and ``coop_aliases`` as the files tell them; discovered co-ops of these ids join."""
    values = [
        (coop, *_facts(one.entry)[:-1], "directory", one.origin, one.imported_at, one.gone_at)
        for coop, one in entries.items()
    ]
    columns = (*_FACTS[:-1], "status", "origin", "imported_at", "gone_at")
    updates = ", ".join(f"{column} = excluded.{column}" for column in columns)
    with database.atomic():
        database.conn.executemany(
            f"INSERT INTO coops (id, {', '.join(columns)}) VALUES ({', '.join('?' * 11)})"
            f" ON CONFLICT (id) DO UPDATE SET {updates}, recorded_name = NULL",
            values,
        )
        database.execute("DELETE FROM coop_aliases")
        # Co-ops that files no longer tell under this id: a discovered one goes when no mention is left.
        database.execute(
            "UPDATE coops SET status = 'discovered' WHERE status = 'directory'"
            " AND id NOT IN (SELECT coop FROM directory_entries)"
        )
        database.conn.executemany(
            "INSERT OR IGNORE INTO coop_aliases (coop, alias) VALUES (?, ?)",
            ((coop, alias) for coop, one in entries.items() for alias in one.entry.aliases),
        )


def _save_batch(
    database: "Database", batch: list[tuple[int, CoopEntry]], origin: str, now: str | None, done: Imported
) -> None:
    marks = ", ".join("?" * len(batch))
    ids = [coop for coop, _ in batch]
    seen = {
        row[0] for row in database.execute(f"SELECT coop FROM imported_coops WHERE coop IN ({marks})", ids)
    }
    before: dict[int, Row] = {
        row[0]: tuple(row[1:])
        for row in database.execute(
            f"SELECT coop, {', '.join(_FACTS)}, gone_at FROM directory_entries"
            f" WHERE origin = ? AND coop IN ({marks})",
            [origin, *ids],
        )
    }
    rows: dict[int, Row] = {}
    for coop, entry in batch:
        if coop in seen or coop in rows:
            done.repeated += 1
            continue
        rows[coop] = _facts(entry)
        if coop not in before:
            done.added += 1
        elif before[coop] == (*rows[coop], None):
            done.unchanged += 1
        else:
            done.changed += 1
    database.conn.executemany("INSERT INTO imported_coops VALUES (?)", ((coop,) for coop in rows))
    database.conn.executemany(
        f"INSERT OR REPLACE INTO directory_entries (coop, origin, imported_at, {', '.join(_FACTS)})"
        f" VALUES ({', '.join('?' * 10)})",
        ((coop, origin, now, *row) for coop, row in rows.items()),
    )


def _facts(entry: CoopEntry) -> Row:
    aliases = json.dumps(list(dict.fromkeys(entry.aliases)), ensure_ascii=False)
    place = (entry.commune, entry.department, entry.website)
    return (entry.name, entry.form, entry.siren, *place, aliases)


def _preference(row: Row) -> tuple[bool, int, str]:
    _, origin, _, gone_at = row[:4]
    return gone_at is not None, _RANKS.get(str(origin), 0), str(origin)


def _sum(rows: list[Row]) -> Compiled:
    """Return the facts of the best row, completed by the others; their names become aliases."""
    _, origin, imported_at, _ = rows[0][:4]
    name, *facts = (next((row[place] for row in rows if row[place]), None) for place in range(4, 10))
    form, siren, commune, department, website = facts
    names = [str(row[4]) for row in rows]
    aliases = [*names[1:], *(alias for row in rows for alias in json.loads(str(row[10])))]
    entry = CoopEntry(
        str(name),
        form,
        siren,
        commune,
        department,
        website,
        tuple(alias for alias in dict.fromkeys(aliases) if alias != name),
    )
    ends = [row[3] for row in rows]
    gone_at = None if None in ends else max(str(end) for end in ends)
    return Compiled(entry, str(origin), imported_at, gone_at)
