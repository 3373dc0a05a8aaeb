"""Write what a page says: one row an article, its facts in their tables, a version for each new text."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from archive.addresses import identity, number, publisher_domain
from archive.models import CoopMention, FoundDate, Record
from archive.store import clusters, documents, outlets, shapes, stem_index, tables
from archive.store.captures import moment
from archive.store.reference import coop_id

Change = Literal["new", "changed", "unchanged"]

# Tables whose rows belong to one article and are written anew with it.
_FACTS = ("mentions", "article_departments", "events", "links", "images", *documents.TABLES)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A record together with the capture it was read from.

    ``coop_keys`` holds the key of the co-op (see ``coop_id``) of each of ``record.coops``, in order.
    ``entry`` is what the search index is to hold of the record, where that was made already.
    """

    record: Record
    source: str
    capture: int
    address: str
    seen_at: datetime
    coop_keys: tuple[str, ...] = ()
    entry: stem_index.Entry | None = None


def article_id(record: Record) -> int:
    """Return the article's permanent id, made of its address: twins (AMP, print, tracking) share one."""
    return number(_key(record))


def save(database: Database, sighting: Sighting) -> Change:
    """Store one sighting and say what it changed; storing the same one twice changes nothing.

    An article seen at its own address is never overwritten by a twin of it (AMP, print, mobile).
    """
    identifier = article_id(sighting.record)
    with database.atomic():
        before = _stored(database, identifier)
        if before is None:
            _write(database, identifier, sighting, is_new=True)
            return "new"
        if before.own != _is_own(sighting):
            return _settle_twins(database, identifier, sighting)
        if moment(sighting.seen_at) < before.captured_at:  # an older capture, read late
            _add_version(database, identifier, sighting)
            _widen(database, identifier, sighting.seen_at)
            return "unchanged"
        _write(database, identifier, sighting)
        database.execute("UPDATE articles SET first_seen = ? WHERE id = ?", [before.first_seen, identifier])
        return "unchanged" if before.digest == _digest(sighting.record) else "changed"


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
        for table in (*_FACTS, "versions", "articles"):
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


def _key(record: Record) -> str:
    if record.kind == "clipping":
        return identity(record.url, keep_fragment=True)
    return identity(record.canonical or record.url)


def _is_own(sighting: Sighting) -> bool:
    record = sighting.record
    return record.kind == "clipping" or identity(sighting.address) == _key(record)


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
    return _Stored(row["first_seen"], row["fetched_at"], own, _text_digest(row["title"], row["text"]))


def _settle_twins(database: Database, identifier: int, sighting: Sighting) -> Change:
    """Let the article at its own address stand alone, whichever of the two came first."""
    if not _is_own(sighting):
        return "unchanged"
    database.execute("DELETE FROM versions WHERE article = ?", [identifier])
    _write(database, identifier, sighting)
    return "changed"


def _widen(database: Database, identifier: int, seen_at: datetime) -> None:
    query = "UPDATE articles SET first_seen = min(first_seen, ?) WHERE id = ?"
    database.execute(query, [moment(seen_at), identifier])


def _write(database: Database, identifier: int, sighting: Sighting, is_new: bool = False) -> None:
    tables.put(database, "articles", _article_row(database, identifier, sighting))
    stem_index.refresh(database, {identifier: sighting.entry} if sighting.entry else {})
    if not is_new:
        for table in _FACTS:
            database.execute(f"DELETE FROM {table} WHERE article = ?", [identifier])
    _write_mentions(database, identifier, sighting)
    _write_departments(database, identifier, sighting.record)
    _write_events(database, identifier, sighting.record)
    links, images = sighting.record.links, sighting.record.images
    tables.insert(
        database, "links", ({"article": identifier, "url": link.url, "text": link.text} for link in links)
    )
    tables.insert(
        database,
        "images",
        ({"article": identifier, "url": image.url, "caption": image.caption} for image in images),
    )
    documents.save(database, identifier, sighting.record)
    _add_version(database, identifier, sighting)


def _add_version(database: Database, identifier: int, sighting: Sighting) -> None:
    """Keep the text as a version, unless one of the same text is there; a capture has one version at most."""
    record, digest = sighting.record, _digest(sighting.record)
    same = "SELECT capture FROM versions WHERE article = ? AND digest = ?"
    if (found := database.execute(same, [identifier, digest]).fetchone()) is not None:
        if found[0] != sighting.capture:
            mine = "DELETE FROM versions WHERE article = ? AND capture = ?"
            database.execute(mine, [identifier, sighting.capture])
        return
    database.execute(
        "INSERT INTO versions (article, capture, digest, title, text, seen_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (article, capture) DO UPDATE"
        " SET digest = excluded.digest, title = excluded.title, text = excluded.text",
        [
            identifier,
            sighting.capture,
            digest,
            record.title,
            record.text,
            moment(sighting.seen_at),
        ],
    )


def _article_row(database: Database, identifier: int, sighting: Sighting) -> dict[str, object]:
    record, seen = sighting.record, moment(sighting.seen_at)
    codes = dict.fromkeys(mention.code for mention in record.departments)
    return {
        "id": identifier,
        "source": sighting.source,
        "kind": record.kind,
        "title": record.title,
        "kicker": record.kicker,
        **_date_columns("published", record.published),
        "published_time": record.published.time if record.published else None,
        "published_precision": record.published.precision if record.published else None,
        "published_others": _others(record.published),
        "year": record.published.value[:4] if record.published else None,
        **_date_columns("updated", record.updated),
        "outlet": outlets.named(database, record.outlet),
        "outlet_rule": record.outlet_rule,
        "domain": publisher_domain(record.original or record.url),
        "authors": json.dumps(record.authors, ensure_ascii=False),
        "departments": json.dumps(sorted(codes)),
        "language": record.language,
        "text": record.text,
        "words": len(record.text.split()),
        "url": record.url if record.kind == "clipping" else record.canonical or record.url,
        "board": record.board,
        "original": record.original,
        "original_article": number(identity(record.original)) if record.original else None,
        "position": record.position,
        "paywalled": int(record.paywalled),
        "issue": record.issue,
        "needs_ocr": int(record.needs_ocr),
        "capture": sighting.capture,
        "first_seen": seen,
        "last_seen": seen,
    }


def _others(found: FoundDate | None) -> str:
    others = found.others if found else ()
    return json.dumps([asdict(other) for other in others], ensure_ascii=False)


def _date_columns(name: str, found: FoundDate | None) -> dict[str, str | None]:
    return {
        name: found.value if found else None,
        f"{name}_rule": found.rule if found else None,
        f"{name}_evidence": found.evidence if found else None,
    }


def _write_mentions(database: Database, identifier: int, sighting: Sighting) -> None:
    named = [
        (coop_id(key), mention)
        for mention, key in zip(sighting.record.coops, sighting.coop_keys, strict=True)
    ]
    tables.add(
        database,
        "coops",
        (
            {
                "id": coop,
                "name": mention.name,
                "form": mention.form,
                "siren": mention.siren,
                "department": mention.department,
                "status": mention.status,
            }
            for coop, mention in named
        ),
    )
    tables.insert(database, "mentions", (_mention_row(identifier, coop, mention) for coop, mention in named))


def _mention_row(identifier: int, coop: int, mention: CoopMention) -> dict[str, object]:
    return {
        "article": identifier,
        "coop": coop,
        "name": mention.name,
        "surface": mention.surface,
        "field": mention.field,
        "start": mention.start,
        "end": mention.end,
        "rule": mention.rule,
        "confidence": mention.confidence,
        "status": mention.status,
        "form": mention.form,
        "department": mention.department,
    }


def _write_departments(database: Database, identifier: int, record: Record) -> None:
    found = (
        {
            "article": identifier,
            "department": mention.code,
            "via": mention.via,
            "evidence": mention.evidence,
            "field": mention.field,
            "start": mention.start,
            "end": mention.end,
        }
        for mention in record.departments
    )
    tables.insert(database, "article_departments", found)


def _write_events(database: Database, identifier: int, record: Record) -> None:
    found = (
        {
            "article": identifier,
            "start": event.start,
            "end": event.end,
            "what": event.what,
            "place": event.place,
            "evidence": event.evidence,
            "evidence_start": event.evidence_start,
            "evidence_end": event.evidence_end,
        }
        for event in record.events
    )
    tables.insert(database, "events", found)


def _digest(record: Record) -> str:
    return _text_digest(record.title, record.text)


def _text_digest(title: str | None, text: str) -> str:
    return hashlib.sha256(f"{title or ''}\n{text}".encode()).hexdigest()
