"""What do all pages together teach about each? After a crawl or a rebuild, the archive is read to rest.

A page read early was read without what later pages of its site teach. Settling reads again those that would
come out differently, so that the archive depends on its captures and not on the order in which they came.
"""

from collections.abc import Iterable

from archive import clustering
from archive.pipeline import Archive, coop_named
from archive.store import outlets, overlay, presence, shapes

# Roots settle in the first round, the blocks read under them in the second; one more for what that uncovers.
_ROUNDS = 3


def settle(archive: Archive, sources: Iterable[str] | None = None) -> int:
    """Bring every page of ``sources`` (``None``: all) to what its site teaches; return how many were read."""
    read = 0
    archive.finish_reading()
    archive.reload_directory()
    for source in sorted(archive.sources if sources is None else sources):
        for _ in range(_ROUNDS):
            site = shapes.learned(archive.database, source)
            archive.teach(source, site)
            outdated = shapes.outdated(archive.database, source, site)
            if not outdated:
                break
            read += archive.read_again(outdated)
    presence.settle(archive.database)
    outlets.settle(archive.database)
    clustering.settle(archive.database)
    overlay.apply(archive.database, coop_named)
    archive.reload_directory()
    return read
