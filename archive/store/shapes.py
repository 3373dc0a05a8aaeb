"""What do the pages of a source have in common? Their content root and the blocks that they repeat.

What is learned depends on the pages alone, not on the order in which they were read: the root that the
generic rules find on each page, and the blocks read under the learned root.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from archive.addresses import number
from archive.models import Record, Site
from archive.store import tables
from archive.store.tables import Rows, rows

if TYPE_CHECKING:
    from sqlite_utils import Database

# A block or a root is a habit of the site from this many pages on, told apart by their titles: three copies
# of one article (print, mobile, AMP) share a title and prove nothing.
_HABIT = 3
# A root is learned when most pages agree on it; a site under reconstruction has two and learns none.
_MAJORITY = 0.6


def shape_rows(capture: int, source: str, record: Record, site: Site) -> tuple[Rows, ...]:
    """Return what is to be noted of the shape of a page that was read with what was known of its ``site``."""
    if (shape := record.shape) is None:
        return ()
    row = {"capture": capture, "source": source, "title": number(record.title or record.url)}
    blocks = (
        {**row, "digest": digest, "judged": int(digest in site.repeated)}
        for digest in dict.fromkeys(shape.blocks)
    )
    page = {**row, "found_root": shape.root, "judged_root": site.root}
    return rows("page_shapes", [page]), rows("page_blocks", blocks)


def put(database: "Database", found: Mapping[int, Iterable[Rows]]) -> None:
    """Note the shapes of captures, by row id; what was noted of them before is dropped."""
    given = [(capture,) for capture in found]
    for table in ("page_shapes", "page_blocks"):
        database.conn.executemany(f"DELETE FROM {table} WHERE capture = ?", given)
    tables.insert_all(database, [one for some in found.values() for one in some])


def learned(database: "Database", source: str) -> Site:
    """Return what the pages of a source teach about it, as far as they were read."""
    roots = database.execute(
        "SELECT found_root, count(DISTINCT title) AS pages FROM page_shapes WHERE source = ?"
        " GROUP BY found_root ORDER BY pages DESC, found_root",
        [source],
    ).fetchall()
    blocks = database.execute(
        "SELECT digest FROM page_blocks WHERE source = ? GROUP BY digest HAVING count(DISTINCT title) >= ?",
        [source, _HABIT],
    )
    return Site(_usual(roots), frozenset(row[0] for row in blocks))


def count(database: "Database", source: str) -> int:
    """Return how many pages of a source have a shape."""
    row = database.execute("SELECT count(*) FROM page_shapes WHERE source = ?", [source]).fetchone()
    return int(row[0])


def outdated(database: "Database", source: str, site: Site) -> list[int]:
    """Return the captures of a source that were read with other knowledge than ``site`` and would differ."""
    found = {
        capture
        for capture, root, judged in database.execute(
            "SELECT capture, found_root, judged_root FROM page_shapes WHERE source = ?", [source]
        )
        if judged != site.root and not (judged is None and root == site.root)
    }
    for capture, digest, judged in database.execute(
        "SELECT capture, digest, judged FROM page_blocks WHERE source = ?", [source]
    ):
        if judged != (digest in site.repeated):
            found.add(capture)
    return sorted(found)


def clear(database: "Database") -> None:
    """Forget the shapes of all pages."""
    for table in ("page_shapes", "page_blocks"):
        database.execute(f"DELETE FROM {table}")


def _usual(roots: Iterable[tuple[str | None, int]]) -> str | None:
    counted = list(roots)
    if not counted:
        return None
    root, pages = counted[0]
    total = sum(count for _, count in counted)
    return root if pages >= _HABIT and pages >= total * _MAJORITY else None
