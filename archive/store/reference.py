"""What the archive is told and does not extract: sources, departments, the co-op directory."""

from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from archive.addresses import number
from archive.models import CoopEntry


def save_sources(database: Database, rows: Iterable[Mapping[str, str]]) -> None:
    """Insert or update sources, told by ``slug``; a source that is no longer declared keeps its row."""
    database.table("sources").upsert_all([dict(row) for row in rows], pk="slug")


def declarations(database: Database) -> dict[str, str]:
    """Return the TOML text of each source as it was last declared, by slug."""
    return dict(
        database.execute("SELECT slug, declaration FROM sources WHERE declaration != '' ORDER BY slug")
    )


def save_departments(database: Database, rows: Iterable[Mapping[str, str | None]]) -> None:
    """Insert or update departments, told by ``code``."""
    database.table("departments").upsert_all([dict(row) for row in rows], pk="code")


def coop_id(key: str) -> int:
    """Return the id of the co-op with this key (a SIREN, or a folded name): the same in every rebuild."""
    return number(f"coop:{key}")


def save_directory(database: Database, entries: Iterable[tuple[str, CoopEntry]]) -> int:
    """Insert or update co-ops of the directory, each under its key, with their aliases; return how many.

    A discovered co-op of the same key becomes one of the directory.
    """
    count = 0
    with database.atomic():
        for key, entry in entries:
            database.table("coops").upsert(_coop_row(key, entry), pk="id")
            database.execute("DELETE FROM coop_aliases WHERE coop = ?", [coop_id(key)])
            database.table("coop_aliases").insert_all(
                {"coop": coop_id(key), "alias": alias} for alias in dict.fromkeys(entry.aliases)
            )
            count += 1
    return count


def directory(database: Database) -> list[CoopEntry]:
    """Return the co-ops of the directory with their aliases, in order of id."""
    aliases: dict[int, list[str]] = {}
    for coop, alias in database.execute("SELECT coop, alias FROM coop_aliases ORDER BY coop, alias"):
        aliases.setdefault(coop, []).append(alias)
    columns = ("name", "form", "siren", "commune", "department", "website")
    rows = database.query("SELECT * FROM coops WHERE status = 'directory' ORDER BY id")
    return [
        CoopEntry(**{name: row[name] for name in columns}, aliases=tuple(aliases.get(row["id"], ())))
        for row in rows
    ]


def _coop_row(key: str, entry: CoopEntry) -> dict[str, int | str | None]:
    return {
        "id": coop_id(key),
        "name": entry.name,
        "form": entry.form,
        "siren": entry.siren,
        "commune": entry.commune,
        "department": entry.department,
        "website": entry.website,
        "status": "directory",
    }
