"""Where does each response lie, and has it been read?"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypedDict

from archive.models import Capture, Place, Visits
from archive.store import tables

if TYPE_CHECKING:
    from sqlite_utils import Database

# The states of a capture: waiting to be read; read into articles; nothing to read in it; could not be read;
# the same body as an earlier one; not copied, by the site's wish.
PENDING, READ, SKIPPED, PROBLEM = "pending", "read", "skipped", "problem"
UNCHANGED, NOARCHIVE = "unchanged", "noarchive"
# The roles whose responses are read for facts; listings, feeds and robots.txt only lead to them.
READABLE_ROLES = ("article", "original", "board", "full_feed")
_TO_READ = (
    "status = 200 AND role IN ('article', 'original', 'board', 'full_feed')"
    " AND state NOT IN ('unchanged', 'noarchive')"
)

_COLUMNS = (
    "source, role, url, status, content_type, fetched_at, digest, file, offset, length, announced,"
    " etag, last_modified, tdm_reservation, imported_from, added_by, added_why"
)


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A capture with its row id and its state."""

    id: int
    state: str
    capture: Capture


def add(database: "Database", capture: Capture) -> int:
    """Record where a response lies and return the row's id; telling it twice keeps one row."""
    row = {name: getattr(capture, name) for name in _COLUMNS.split(", ")}
    row["fetched_at"] = moment(capture.fetched_at)
    row["state"] = _first_state(capture)
    if capture.original is not None:
        row["original"] = _id_at(database, capture.original)
    with database.atomic():
        tables.add(database, "captures", [row])
    found = _id_at(database, Place(capture.file, capture.offset))
    assert found is not None, "just inserted"
    return found


def readable(capture: Capture) -> bool:
    """Say whether facts are to be read from a response: a page that came back whole, and not as before."""
    return _first_state(capture) == PENDING


def _first_state(capture: Capture) -> str:
    if capture.original is not None:
        return UNCHANGED
    if capture.noarchive:
        return NOARCHIVE
    return PENDING if capture.role in READABLE_ROLES and capture.status == 200 else SKIPPED


def _id_at(database: "Database", place: Place) -> int | None:
    query = "SELECT id FROM captures WHERE file = ? AND offset = ?"
    row = database.execute(query, [place.file, place.offset]).fetchone()
    return int(row[0]) if row else None


def mark(database: "Database", states: Mapping[int, str]) -> None:
    """Set the states of captures, told by row id."""
    given = [(state, capture) for capture, state in states.items()]
    with database.atomic():
        database.conn.executemany("UPDATE captures SET state = ? WHERE id = ?", given)


def pending(database: "Database") -> Iterator[CaptureRow]:
    """Yield the captures that wait to be read, oldest first."""
    return _rows(database, "state = 'pending'")


def to_read(database: "Database") -> Iterator[CaptureRow]:
    """Yield every capture from which facts can be read, in the order in which they were fetched."""
    return _rows(database, _TO_READ)


def by_id(database: "Database", identifiers: Iterable[int]) -> list[CaptureRow]:
    """Return the captures with these row ids, in the order in which they were fetched."""
    wanted = ",".join(str(int(identifier)) for identifier in identifiers)
    return list(_rows(database, f"id IN ({wanted})"))


def count_to_read(database: "Database") -> int:
    """Return the number of captures from which facts can be read."""
    return database.table("captures").count_where(_TO_READ)


def at(database: "Database", source: str, url: str, when: datetime) -> tuple[str, int] | None:
    """Return file and offset of the last response that ``url`` gave at that second, or ``None``."""
    row = database.execute(
        "SELECT file, offset FROM captures WHERE source = ? AND url = ? AND fetched_at = ?"
        " ORDER BY id DESC LIMIT 1",
        [source, url, moment(when)],
    ).fetchone()
    return (row[0], row[1]) if row else None


def holds(database: "Database", url: str, digest: str, when: datetime | None = None) -> bool:
    """Say whether ``url`` is known to have given this body, at that second when one is named."""
    query, values = "SELECT 1 FROM captures WHERE url = ? AND digest = ?", [url, digest]
    if when is not None:
        query, values = f"{query} AND fetched_at = ?", [*values, moment(when)]
    return database.execute(query, values).fetchone() is not None


def was_added(database: "Database", url: str, digest: str) -> bool:
    """Say whether a person has brought in this very body of ``url`` before."""
    query = "SELECT 1 FROM captures WHERE url = ? AND digest = ? AND added_by IS NOT NULL"
    return database.execute(query, [url, digest]).fetchone() is not None


def given(database: "Database", url: str, when: datetime) -> tuple[str, int] | None:
    """Return file and offset of what ``url`` gave at that second, whatever the source, or ``None``."""
    row = database.execute(
        "SELECT file, offset FROM captures WHERE url = ? AND fetched_at = ? AND state != 'noarchive' LIMIT 1",
        [url, moment(when)],
    ).fetchone()
    return (row[0], row[1]) if row else None


def with_digest(database: "Database", digest: str) -> tuple[str, int] | None:
    """Return file and offset of a response that holds the body with this digest, or ``None``."""
    row = database.execute(
        "SELECT file, offset FROM captures WHERE digest = ? AND original IS NULL LIMIT 1", [digest]
    ).fetchone()
    return (row[0], row[1]) if row else None


class PageRow(TypedDict):
    """A page to begin with in a replay of the archive; ``ts`` is when it was received."""

    id: str
    url: str
    ts: str
    title: str | None


def all_copied(database: "Database") -> Iterator[Capture]:
    """Yield where each response lies of which a copy is kept, robots.txt aside, oldest first."""
    rows = database.execute(
        f"SELECT original, {_COLUMNS} FROM captures WHERE state != 'noarchive' AND role != 'robots'"
        " ORDER BY fetched_at, id"
    )
    for original, *values in rows.fetchall():
        named = dict(zip(_COLUMNS.split(", "), values, strict=True))
        named["fetched_at"] = datetime.fromisoformat(named["fetched_at"])
        # Where the original lies is not needed, only that there is one.
        yield Capture(**named, original=Place("", 0) if original is not None else None)


def taken_down(database: "Database") -> set[str]:
    """Return the addresses at which articles stand that were taken down, those of every copy included."""
    hidden = "(SELECT article FROM takedowns)"
    rows = database.execute(
        f"SELECT url FROM articles WHERE id IN {hidden}"
        f" UNION SELECT c.url FROM articles a JOIN captures c ON c.id = a.capture WHERE a.id IN {hidden}"
        f" UNION SELECT c.url FROM versions v JOIN captures c ON c.id = v.capture WHERE v.article IN {hidden}"
    )
    return {row[0] for row in rows}


def pages(database: "Database") -> list[PageRow]:
    """Return each page from which an article or the tiles of a board were read, newest first."""
    rows = database.execute(
        "SELECT min(a.id), c.url, c.fetched_at, CASE WHEN c.role = 'board' THEN NULL ELSE min(a.title) END"
        " FROM articles a JOIN captures c ON c.id = a.capture GROUP BY c.id ORDER BY c.fetched_at DESC, c.id"
    )
    return [PageRow(id=str(number), url=url, ts=ts, title=title) for number, url, ts, title in rows]


def ends(database: "Database") -> dict[str, int]:
    """Return for each WARC file the byte at which its last known response ends."""
    return dict(database.execute("SELECT file, max(offset + length) FROM captures GROUP BY file"))


def last_whole(database: "Database", source: str, url: str) -> Capture | None:
    """Return the response of ``url`` whose body is still that of its last visit, or ``None``.

    Its ``etag`` and ``last_modified`` are those of the last visit. ``None`` too when no copy is kept.
    """
    row = database.execute(
        "SELECT coalesce(original, id), etag, last_modified FROM captures"
        " WHERE source = ? AND url = ? AND status IN (200, 304) ORDER BY fetched_at DESC, id DESC LIMIT 1",
        [source, url],
    ).fetchone()
    if row is None:
        return None
    (found,) = by_id(database, [row[0]])
    if found.state == NOARCHIVE or found.capture.status != 200:
        return None
    return replace(
        found.capture,
        etag=row[1] or found.capture.etag,
        last_modified=row[2] or found.capture.last_modified,
    )


def visits(database: "Database", source: str) -> Iterator[Visits]:
    """Yield each answer that the article pages of a source gave, failures of the server aside, oldest first.

    ``since`` is when the body was first seen; a page that did not change answers as it first did.
    """
    rows = database.execute(
        "SELECT c.url, coalesce(o.status, c.status), coalesce(o.fetched_at, c.fetched_at), c.fetched_at"
        " FROM captures c LEFT JOIN captures o ON o.id = c.original"
        " WHERE c.source = ? AND c.role = 'article' AND c.status < 500 AND c.status != 429"
        " ORDER BY c.fetched_at, c.id",
        [source],
    )
    for url, status, since, last in rows:
        yield Visits(url, status, datetime.fromisoformat(since), datetime.fromisoformat(last))


def moment(when: datetime) -> str:
    """Write an aware UTC time the way every column does: ``2024-06-01T08:00:00Z``."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _rows(database: "Database", where: str) -> Iterator[CaptureRow]:
    rows = database.execute(
        f"SELECT id, state, {_COLUMNS} FROM captures WHERE {where} ORDER BY fetched_at, id"
    )
    for row in rows.fetchall():
        values = dict(zip(_COLUMNS.split(", "), row[2:], strict=True))
        values["fetched_at"] = datetime.fromisoformat(values["fetched_at"])
        yield CaptureRow(row[0], row[1], Capture(**values))
