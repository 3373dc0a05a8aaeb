"""What rows does an article make? Told from the record alone: readers, which have no database, can tell."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.addresses import identity, number, publisher_domain
from archive.models import CoopMention, FoundDate, Record
from archive.store import documents, stem_index
from archive.store.captures import moment
from archive.store.clusters import Kept
from archive.store.outlets import outlet_id
from archive.store.reference import coop_id
from archive.store.tables import Row, Rows, rows

# Tables whose rows belong to one article and are written anew with it.
FACTS = ("mentions", "article_departments", "events", "links", "images", *documents.TABLES)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A record together with the capture it was read from.

    ``coop_keys`` holds the key of the co-op (see ``coop_id``) of each of ``record.coops``, in order.
    ``entry`` is what the search index is to hold of the record, ``kept`` what clusters are to know of its
    text, where that was made already.
    """

    record: Record
    source: str
    capture: int
    address: str
    seen_at: datetime
    coop_keys: tuple[str, ...] = ()
    entry: stem_index.Entry | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A text of an article, as it was seen at some time (as ``moment`` writes it)."""

    capture: int
    digest: str
    title: str | None
    text: str
    published: str | None
    seen_at: str


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """An article ready to be stored. ``is_own``: seen at its own address, not at that of a twin.

    ``named`` are the outlet and the co-ops that must be known before; ``facts`` the rows that belong to the
    article alone.
    """

    id: int
    is_own: bool
    article: Row
    version: Version
    named: tuple[Rows, ...]
    facts: tuple[Rows, ...]
    entry: stem_index.Entry | None
    kept: Kept | None


def article_id(record: Record) -> int:
    """Return the article's permanent id, made of its address: twins (AMP, print, tracking) share one."""
    return number(_key(record))


def article_rows(sighting: Sighting) -> ArticleRows:
    """Return what is to be stored of a sighting."""
    record = sighting.record
    identifier = article_id(record)
    coops = [coop_id(key) for key in sighting.coop_keys]
    outlet = [{"id": outlet_id(record.outlet), "name": record.outlet}] if record.outlet is not None else []
    named = (
        rows("outlets", outlet),
        rows("coops", map(_coop_row, coops, record.coops)),
    )
    return ArticleRows(
        identifier,
        is_own(record, sighting.address),
        _article_row(identifier, sighting),
        _version(sighting),
        tuple(found for found in named if found.values),
        tuple(found for found in _facts(identifier, record, coops) if found.values),
        sighting.entry,
        sighting.kept,
    )


def is_own(record: Record, address: str) -> bool:
    """Say whether a record was seen at the article's own address; a clipping always is."""
    return record.kind == "clipping" or identity(address) == _key(record)


def text_digest(title: str | None, text: str) -> str:
    """Return a digest of what a version of an article says."""
    return hashlib.sha256(f"{title or ''}\n{text}".encode()).hexdigest()


def _key(record: Record) -> str:
    if record.kind == "clipping":
        return identity(record.url, keep_fragment=True)
    return identity(record.canonical or record.url)


def _version(sighting: Sighting) -> Version:
    record = sighting.record
    digest = text_digest(record.title, record.text)
    published = record.published.value if record.published else None
    return Version(sighting.capture, digest, record.title, record.text, published, moment(sighting.seen_at))


def _facts(identifier: int, record: Record, coops: list[int]) -> Iterator[Rows]:
    yield rows(
        "mentions", (_mention_row(identifier, *named) for named in zip(coops, record.coops, strict=True))
    )
    yield rows("article_departments", _department_rows(identifier, record))
    yield rows("events", _event_rows(identifier, record))
    yield rows(
        "links", ({"article": identifier, "url": link.url, "text": link.text} for link in record.links)
    )
    yield rows(
        "images",
        ({"article": identifier, "url": image.url, "caption": image.caption} for image in record.images),
    )
    yield from documents.all_rows(identifier, record)


def _article_row(identifier: int, sighting: Sighting) -> Row:
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
        "outlet": outlet_id(record.outlet) if record.outlet is not None else None,
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
    others = [
        {"value": other.value, "rule": other.rule, "evidence": other.evidence}
        for other in (found.others if found else ())
    ]
    return json.dumps(others, ensure_ascii=False)


def _date_columns(name: str, found: FoundDate | None) -> dict[str, str | None]:
    return {
        name: found.value if found else None,
        f"{name}_rule": found.rule if found else None,
        f"{name}_evidence": found.evidence if found else None,
    }


def _coop_row(coop: int, mention: CoopMention) -> Row:
    return {
        "id": coop,
        "name": mention.name,
        "form": mention.form,
        "siren": mention.siren,
        "department": mention.department,
        "status": mention.status,
    }


def _mention_row(identifier: int, coop: int, mention: CoopMention) -> Row:
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


def _department_rows(identifier: int, record: Record) -> Iterator[Row]:
    for mention in record.departments:
        yield {
            "article": identifier,
            "department": mention.code,
            "via": mention.via,
            "evidence": mention.evidence,
            "field": mention.field,
            "start": mention.start,
            "end": mention.end,
        }


def _event_rows(identifier: int, record: Record) -> Iterator[Row]:
    for event in record.events:
        yield {
            "article": identifier,
            "start": event.start,
            "end": event.end,
            "what": event.what,
            "place": event.place,
            "evidence": event.evidence,
            "evidence_start": event.evidence_start,
            "evidence_end": event.evidence_end,
        }
