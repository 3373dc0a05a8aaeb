"""What did a crash keep from the database? Whole records of the raw archive that have no row yet."""

import logging
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from archive.errors import RawError
from archive.models import Capture
from archive.raw import Raw

_log = logging.getLogger(__name__)


def open_raw(folder: Path) -> Raw:
    """Return the raw archive in a folder. Raises RawError, naming it, when it cannot be used."""
    try:
        return Raw(folder)
    except OSError as error:
        raise RawError(f"{folder}: {error.strerror or error}") from error


def unlisted(raw: Raw, ends: Mapping[str, int]) -> Iterator[Capture]:
    """Yield the records behind the ``ends`` of what has rows, by file; a torn last one is cut off first."""
    for cut in raw.repair(ends):
        _log.warning(cut)
    for path in raw.files():
        yield from raw.each(path.name, ends.get(path.name, 0))


def adopted(database: Database, capture: Capture, sources: Container[str]) -> Capture:
    """Return a capture under a source that has a row, though it may no longer be declared."""
    slug = capture.source or "inconnue"
    if slug not in sources:
        blank = {"slug": slug, "title": slug, "kind": "press", "home": "", "via": "", "publish": "link"}
        database.table("sources").insert(blank, pk="slug", ignore=True)
    return replace(capture, source=slug)
