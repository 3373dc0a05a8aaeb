"""Which pages of watched sources were looked at and not kept? A number and a day each, no words."""

from datetime import datetime

from sqlite_utils import Database

from archive.addresses import identity, number
from archive.store.captures import moment


def note(database: Database, source: str, url: str, watch: int, at: datetime) -> None:
    """Note that a page concerned nobody under the wishes whose digest is ``watch``."""
    database.execute(
        "INSERT OR REPLACE INTO passed_over (source, page, watch, seen_at) VALUES (?, ?, ?, ?)",
        [source, number(identity(url)), watch, moment(at)],
    )


def is_noted(database: Database, source: str, page: str, watch: int) -> bool:
    """Say whether a page, by its identity, was passed over under these wishes."""
    query = "SELECT 1 FROM passed_over WHERE source = ? AND page = ? AND watch = ?"
    return database.execute(query, [source, number(page), watch]).fetchone() is not None
