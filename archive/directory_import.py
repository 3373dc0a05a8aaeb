"""What does a new edition of a published file change in the directory? Takes it in, all of it or nothing."""

from datetime import datetime
from pathlib import Path

from archive.directories import read
from archive.directories.tables import Tell
from archive.errors import DirectoryError
from archive.models import CoopEntry
from archive.pipeline import Archive, coop_named
from archive.store import directory_entries, overlay, reference
from archive.store.directory_entries import Imported


def import_file(
    archive: Archive, path: Path, at: datetime, tell: Tell, establishments: Path | None = None
) -> Imported:
    """Take the co-ops of a file into the archive's directory and return what that changed.

    Co-ops of an earlier edition of the file that this one names no more are kept and marked as gone. Rows
    that cannot be used are told. Raises DirectoryError, and changes nothing, when the file cannot be read
    to its end or names no co-op at all.
    """
    database = archive.database
    with database.atomic(), read(path, tell, establishments) as reading:
        entries = ((_coop(entry), entry) for entry in reading.entries)
        done = directory_entries.save(database, entries, reading.origin, at)
        if not done.added + done.changed + done.unchanged:
            raise DirectoryError(f"{path}: names no active co-op; the directory stays as it is")
        done.gone = directory_entries.mark_gone(database, reading.origin, at)
        overlay.apply(database, coop_named)
    archive.reload_directory()
    return done


def _coop(entry: CoopEntry) -> int:
    return reference.coop_id(entry.siren) if entry.siren else coop_named(entry.name)
