"""Where does each response lie, and has it been read?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from archive.models import Capture

# The states of a capture: waiting to be read; read into articles; nothing to read in it; could not be read.
PENDING, READ, SKIPPED, PROBLEM = "pending", "read", "skipped", "problem"
# The roles whose responses are read for facts; listings, feeds and robots.txt only lead to them.
_READABLE = ("article", "board")
_TO_READ = "status = 200 AND role IN ('article', 'board')"

_COLUMNS = "source, role, url, status, content_type, fetched_at, digest, file, offset, length, announced"


@dataclass(frozen=True, slots=True)
class CaptureRow:
    """A capture with its row id and its state."""

    id: int
    state: str
    capture: Capture


def add(database: Database, capture: Capture) -> int:
    """Record where a response lies and return the row's id; telling it twice keeps one row."""
    row = {name: getattr(capture, name) for name in _COLUMNS.split(", ")}
    row["fetched_at"] = moment(capture.fetched_at)
    row["state"] = PENDING if readable(capture) else SKIPPED
    with database.atomic():
        database.table("captures").insert(row, pk="id", ignore=True)
    found = database.execute(
        "SELECT id FROM captures WHERE file = ? AND offset = ?", [capture.file, capture.offset]
    ).fetchone()
    return int(found[0])


def readable(capture: Capture) -> bool:
    """Say whether facts are to be read from a response: a page that came back whole."""
    return capture.role in _READABLE and capture.status == 200


def mark(database: Database, capture: int, state: str) -> None:
    """Set the state of a capture."""
    database.execute("UPDATE captures SET state = ? WHERE id = ?", [state, capture])


def pending(database: Database) -> Iterator[CaptureRow]:
    """Yield the captures that wait to be read, oldest first."""
    return _rows(database, "state = 'pending'")


def to_read(database: Database) -> Iterator[CaptureRow]:
    """Yield every capture from which facts can be read, in the order in which they were fetched."""
    return _rows(database, _TO_READ)


def by_id(database: Database, identifiers: Iterable[int]) -> list[CaptureRow]:
    """Return the captures with these row ids, in the order in which they were fetched."""
    wanted = ",".join(str(int(identifier)) for identifier in identifiers)
    return list(_rows(database, f"id IN ({wanted})"))


def count_to_read(database: Database) -> int:
    """Return the number of captures from which facts can be read."""
    return database.table("captures").count_where(_TO_READ)


def at(database: Database, source: str, url: str, when: datetime) -> tuple[str, int] | None:
    """Return file and offset of the response that ``url`` gave at that second, or ``None``."""
    row = database.execute(
        "SELECT file, offset FROM captures WHERE source = ? AND url = ? AND fetched_at = ?",
        [source, url, moment(when)],
    ).fetchone()
    return (row[0], row[1]) if row else None


def ends(database: Database) -> dict[str, int]:
    """Return for each WARC file the byte at which its last known response ends."""
    return dict(database.execute("SELECT file, max(offset + length) FROM captures GROUP BY file"))


def known(database: Database, source: str) -> dict[str, str]:
    """Return the addresses of a source's pages captured with status 200, and when last (ISO, UTC)."""
    rows = database.execute(
        "SELECT url, max(fetched_at) FROM captures WHERE source = ? AND role = 'article' AND status = 200"
        " GROUP BY url",
        [source],
    )
    return dict(rows)


def moment(when: datetime) -> str:
    """Write an aware UTC time the way every column does: ``2024-06-01T08:00:00Z``."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _rows(database: Database, where: str) -> Iterator[CaptureRow]:
    rows = database.execute(
        f"SELECT id, state, {_COLUMNS} FROM captures WHERE {where} ORDER BY fetched_at, id"
    )
    for row in rows.fetchall():
        values = dict(zip(_COLUMNS.split(", "), row[2:], strict=True))
        values["fetched_at"] = datetime.fromisoformat(values["fetched_at"])
        yield CaptureRow(row[0], row[1], Capture(**values))
