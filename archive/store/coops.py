"""Which co-ops does the archive know, under which names, and where are they mentioned?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from archive.store import corrections

_COLUMNS = (
    "id, name, form, siren, commune, department, website, status, recorded_name, origin, imported_at, gone_at"
)


@dataclass(frozen=True, slots=True)
class Coop:
    """A co-op as the staff sees it; one that was rejected or merged has its last name and nothing else.

    ``status`` is ``directory``, ``confirmed``, ``discovered``, ``ambiguous``, ``rejected`` or ``merged``.
    ``recorded_name`` is that of files or texts where the staff gave another, ``names`` are all those it is
    known by. ``articles`` counts those that mention it.
    """

    id: int
    name: str
    status: str
    form: str | None = None
    siren: str | None = None
    commune: str | None = None
    department: str | None = None
    website: str | None = None
    recorded_name: str | None = None
    origin: str | None = None
    imported_at: str | None = None
    gone_at: str | None = None
    names: tuple[str, ...] = ()
    articles: int = 0


def every(database: Database) -> Iterator[Coop]:
    """Yield every co-op, in order of name, then those that decisions took away."""
    names: dict[int, list[str]] = {}
    for coop, name in database.execute(
        "SELECT id, name FROM coops UNION ALL SELECT id, recorded_name FROM coops"
        " WHERE recorded_name IS NOT NULL UNION ALL SELECT coop, alias FROM coop_aliases"
    ):
        names.setdefault(coop, []).append(name)
    articles = dict(database.execute("SELECT coop, count(DISTINCT article) FROM mentions GROUP BY coop"))
    for row in database.query(f"SELECT {_COLUMNS} FROM coops ORDER BY name, id"):
        yield Coop(**row, names=tuple(names[row["id"]]), articles=articles.get(row["id"], 0))
    for one in corrections.active(database):
        if one.field == "merged_into":
            yield Coop(one.coop, one.name, "merged", names=(one.name,))
        elif (one.field, one.value) == ("status", corrections.REJECTED):
            yield Coop(one.coop, one.name, "rejected", names=(one.name,))


def latest_articles(database: Database, coop: int, limit: int) -> list[Mapping[str, str | None]]:
    """Return published, title and url of the last articles that mention a co-op, the newest first."""
    query = (
        "SELECT published, title, url FROM articles WHERE id IN (SELECT article FROM mentions WHERE coop = ?)"
        " ORDER BY published DESC, id LIMIT ?"
    )
    return list(database.query(query, [coop, limit]))
