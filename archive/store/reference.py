"""What the archive is told and does not extract: sources, departments, the co-op directory."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from archive.addresses import number
from archive.models import CoopEntry
from archive.store import directory_entries

if TYPE_CHECKING:
    from sqlite_utils import Database


def save_sources(database: "Database", rows: Iterable[Mapping[str, str]]) -> None:
    """Insert or update sources, told by ``slug``; a source that is no longer declared keeps its row."""
    database.table("sources").upsert_all([dict(row) for row in rows], pk="slug")


def declarations(database: "Database") -> dict[str, str]:
    """Return the TOML text of each source as it was last declared, by slug."""
    return dict(
        database.execute("SELECT slug, declaration FROM sources WHERE declaration != '' ORDER BY slug")
    )


def save_departments(database: "Database", rows: Iterable[Mapping[str, str | float | None]]) -> None:
    """Insert or update departments, told by ``code``."""
    database.table("departments").upsert_all([dict(row) for row in rows], pk="code")


def coop_id(key: str) -> int:
    """Return the id of the co-op with this key (a SIREN, or a folded name): the same in every rebuild."""
    return number(f"coop:{key}")


def save_directory(
    database: "Database",
    entries: Iterable[tuple[str, CoopEntry]],
    origin: str = "csv",
    at: datetime | None = None,
) -> int:
    """Insert or update co-ops of the directory, each under its key, with their aliases; return how many.

    A discovered co-op of the same key becomes one of the directory. ``origin`` names the file, ``at`` is the
    moment of the import.
    """
    with database.atomic():
        done = directory_entries.save(database, ((coop_id(key), entry) for key, entry in entries), origin, at)
        directory_entries.lay_out(database, dict(directory_entries.compiled(database)))
    return done.added + done.changed + done.unchanged


def directory(database: "Database") -> list[CoopEntry]:
    """Return the co-ops to recognise, with their aliases, in order of id: the directory and the confirmed.

    A renamed co-op keeps the name that makes its key, and is recognised by the new one as well.
    """
    aliases: dict[int, list[str]] = {}
    for coop, alias in database.execute("SELECT coop, alias FROM coop_aliases ORDER BY coop, alias"):
        aliases.setdefault(coop, []).append(alias)
    rows = database.query("SELECT * FROM coops WHERE status IN ('directory', 'confirmed') ORDER BY id")
    return [_entry(row, aliases.get(row["id"], [])) for row in rows]


def _entry(row: Mapping[str, str | None], aliases: list[str]) -> CoopEntry:
    facts = {name: row[name] for name in ("form", "siren", "commune", "department", "website")}
    shown, recorded = str(row["name"]), row["recorded_name"]
    if recorded is None:
        return CoopEntry(shown, **facts, aliases=tuple(aliases))
    return CoopEntry(recorded, **facts, aliases=tuple(dict.fromkeys((*aliases, shown))))
