"""Write what pages say: one row an article, its facts in their tables, a version for each new text."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from archive.addresses import identity
from archive.store import clusters, outlets, shapes, stem_index, tables
from archive.store.article_rows import (
    FACTS,
    ArticleRows,
    Sighting,
    Version,
    article_rows,
    text_digest,
)

Change = Literal["new", "changed", "unchanged"]


def save(database: Database, sighting: Sighting) -> Change:
    """Do what ``save_all`` does for one sighting."""
    return save_all(database, [article_rows(sighting)])[0]


def save_all(database: Database, found: Sequence[ArticleRows]) -> list[Change]:
    """Store articles and say of each what it changed; storing the same ones twice changes nothing.

    An article seen at its own address is never overwritten by a twin of it (AMP, print, mobile).
    """
    with database.atomic():
        times = Counter(one.id for one in found)
        fresh = {one for one, count in times.items() if count == 1} - _known(database, list(times))
        _insert(database, [one for one in found if one.id in fresh])
        return ["new" if one.id in fresh else _save_again(database, one) for one in found]


def read_from(database: Database, url: str) -> list[dict[str, object]]:
    """Return id, kind, title and publication date of the articles last read from ``url``, in order."""
    query = (
        "SELECT articles.id, kind, title, published FROM articles JOIN captures ON captures.id = capture"
        " WHERE captures.url = ? ORDER BY position, articles.id"
    )
    return list(database.query(query, [url]))


def scanned(database: Database) -> list[int]:
    """Return the captures of publications that are pictures of text."""
    return [row[0] for row in database.execute("SELECT DISTINCT capture FROM articles WHERE needs_ocr")]


def clear(database: Database) -> None:
    """Take away everything extracted; captures, sources, directory, corrections and take-downs stay."""
    with database.atomic():
        database.execute("UPDATE articles SET cluster = NULL")
        clusters.clear(database)
        for table in (*FACTS, "versions", "articles"):
            database.execute(f"DELETE FROM {table}")
        outlets.clear(database)
        shapes.clear(database)
        database.execute("DELETE FROM problems WHERE stage = 'parse'")
        discovered = "SELECT id FROM coops WHERE status = 'discovered'"
        database.execute(f"DELETE FROM coop_aliases WHERE coop IN ({discovered})")
        database.execute("DELETE FROM coops WHERE status = 'discovered'")


def settle_coops(database: Database) -> None:
    """Give each discovered co-op the name, form and department that most of its mentions give it.

    Makes the rows independent of the order in which pages were read, and drops a co-op that no page names
    any more. Ties go to the first in alphabetical order.
    """
    with database.atomic():
        database.execute(
            "DELETE FROM coops WHERE status = 'discovered' AND id NOT IN (SELECT coop FROM mentions)"
        )
        for column in ("name", "form", "department"):
            database.execute(
                f"UPDATE coops SET {column} = (SELECT {column} FROM mentions WHERE coop = coops.id"
                f" AND {column} IS NOT NULL GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT 1)"
                " WHERE status = 'discovered'"
            )


def facts(database: Database) -> dict[str, str]:
    """Return a digest of every article's facts under its address, to compare before and after."""
    columns = ("title", "kicker", "published", "published_rule", "updated", "authors", "language", "text")
    found: dict[str, str] = {}
    for row in database.query("SELECT * FROM articles ORDER BY id"):
        value = {name: row[name] for name in columns}
        for table, wanted in (
            ("mentions", "surface, field, start, rule, coop"),
            ("article_departments", "department, via, evidence, start"),
            ("events", "start, end, what, evidence"),
        ):
            query = f"SELECT {wanted} FROM {table} WHERE article = ? ORDER BY id"
            value[table] = [list(fact) for fact in database.execute(query, [row["id"]])]
        found[row["url"]] = hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
    return found


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the store already says of an article; ``own``: it was read at its own address, not at a twin's.

    ``captured_at`` is the time of the capture it was read from; it may have been seen unchanged since.
    """

    first_seen: str
    captured_at: str
    own: bool
    digest: str


def _stored(database: Database, identifier: int) -> _Stored | None:
    query = (
        "SELECT first_seen, captures.fetched_at, articles.url, kind, captures.url AS address, title, text"
        " FROM articles JOIN captures ON captures.id = articles.capture WHERE articles.id = ?"
    )
    row = next(database.query(query, [identifier]), None)
    if row is None:
        return None
    own = row["kind"] == "clipping" or identity(row["address"]) == identity(row["url"])
    return _Stored(row["first_seen"], row["fetched_at"], own, text_digest(row["title"], row["text"]))


def _save_again(database: Database, found: ArticleRows) -> Change:
    """Store one article that may be there already."""
    before = _stored(database, found.id)
    if before is None:
        _insert(database, [found])
        return "new"
    if before.own != found.is_own:
        return _settle_twins(database, found)
    if found.version.seen_at < before.captured_at:  # an older capture, read late
        _add_version(database, found)
        _widen(database, found)
        return "unchanged"
    _write(database, found)
    database.execute("UPDATE articles SET first_seen = ? WHERE id = ?", [before.first_seen, found.id])
    return "unchanged" if before.digest == found.version.digest else "changed"


def _known(database: Database, identifiers: Sequence[int]) -> set[int]:
    marks = ", ".join("?" * len(identifiers))
    query = f"SELECT id FROM articles WHERE id IN ({marks})"
    return {row[0] for row in database.execute(query, list(identifiers))}


def _settle_twins(database: Database, found: ArticleRows) -> Change:
    """Let the article at its own address stand alone, whichever of the two came first."""
    if not found.is_own:
        return "unchanged"
    database.execute("DELETE FROM versions WHERE article = ?", [found.id])
    _write(database, found)
    return "changed"


def _widen(database: Database, found: ArticleRows) -> None:
    query = "UPDATE articles SET first_seen = min(first_seen, ?) WHERE id = ?"
    database.execute(query, [found.version.seen_at, found.id])


def _insert(database: Database, fresh: Sequence[ArticleRows]) -> None:
    """Add articles that are not there yet, all with one statement a table."""
    tables.add_all(database, [rows for one in fresh for rows in one.named])
    tables.insert(database, "articles", map(_first_row, fresh))
    _index(database, fresh)
    tables.insert_all(database, [rows for one in fresh for rows in one.facts])
    tables.insert(database, "versions", [_version_row(one.id, one.version) for one in fresh])


def _first_row(found: ArticleRows) -> tables.Row:
    """Return the row of a new article; one tells its own story until another is found to be the same."""
    return {**found.article, "subject": found.id if found.article["kind"] == "article" else None}


def _write(database: Database, found: ArticleRows) -> None:
    """Give an article that is there, or not yet, the text and the facts that were found now."""
    tables.add_all(database, found.named)
    tables.put(database, "articles", found.article)
    _index(database, [found])
    for table in FACTS:
        database.execute(f"DELETE FROM {table} WHERE article = ?", [found.id])
    tables.insert_all(database, found.facts)
    _add_version(database, found)


def _index(database: Database, found: Sequence[ArticleRows]) -> None:
    stem_index.refresh(database, {one.id: one.entry for one in found if one.entry is not None})


def _add_version(database: Database, found: ArticleRows) -> None:
    """Keep the text as a version, unless one of the same text is there; a capture has one version at most."""
    version = found.version
    query = "SELECT capture FROM versions WHERE article = ? AND digest = ?"
    if (same := database.execute(query, [found.id, version.digest]).fetchone()) is not None:
        if same[0] != version.capture:
            mine = "DELETE FROM versions WHERE article = ? AND capture = ?"
            database.execute(mine, [found.id, version.capture])
        return
    database.execute(
        "INSERT INTO versions (article, capture, digest, title, text, published, seen_at)"
        " VALUES (:article, :capture, :digest, :title, :text, :published, :seen_at)"
        " ON CONFLICT (article, capture) DO UPDATE SET digest = excluded.digest, title = excluded.title,"
        " text = excluded.text, published = excluded.published",
        dict(_version_row(found.id, version)),
    )


def _version_row(article: int, version: Version) -> tables.Row:
    return {
        "article": article,
        "capture": version.capture,
        "digest": version.digest,
        "title": version.title,
        "text": version.text,
        "published": version.published,
        "seen_at": version.seen_at,
    }
