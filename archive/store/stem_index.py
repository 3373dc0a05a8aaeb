"""Which articles does a reader's word find? The index of stems, kept beside the articles whoever writes them.

Triggers note the id of every article whose title, kicker or text changes; ``refresh`` brings the index up to
date, in the transaction of the change where the store makes it, and when an archive is opened for the rest.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from sqlite_utils import Database

from archive.stems import tokens

ALL = "0all"
"""A word that stands in every article, in the column ``more``: a question without words matches it."""

_BATCH = 500

# No « or ignore »: it would give way to the policy of the statement that sets off the trigger.
_NOTE = "INSERT INTO articles_to_index SELECT {row}.id WHERE {row}.id NOT IN articles_to_index"
_NOTE_NEW, _NOTE_OLD = _NOTE.format(row="new"), _NOTE.format(row="old")
STATEMENTS = (
    "CREATE VIRTUAL TABLE articles_fts_stems USING fts5(title, kicker, text, more, tokenize = 'unicode61')",
    "CREATE TABLE articles_to_index (article INTEGER PRIMARY KEY)",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID",
    f"CREATE TRIGGER articles_fts_stems_insert AFTER INSERT ON articles BEGIN {_NOTE_NEW}; END",
    f"CREATE TRIGGER articles_fts_stems_delete AFTER DELETE ON articles BEGIN {_NOTE_OLD}; END",
    "CREATE TRIGGER articles_fts_stems_update AFTER UPDATE OF title, kicker, text ON articles"
    " WHEN old.title IS NOT new.title OR old.kicker IS NOT new.kicker OR old.text IS NOT new.text"
    f" BEGIN {_NOTE_NEW}; END",
    "INSERT INTO articles_to_index SELECT id FROM articles",
)
"""What a migration runs; every article already there is to be indexed."""


class Entry(NamedTuple):
    """What the index holds of one article, and the words of it that a typed one can be compared with."""

    title: str
    kicker: str
    text: str
    more: str
    spellings: frozenset[str]


_NOTHING_KNOWN: Final[Mapping[int, Entry]] = MappingProxyType({})


def entry(title: str | None, kicker: str | None, text: str) -> Entry:
    """Return what the index is to hold of an article with these words; needs no database."""
    titled, kicked, told = (tokens.heard(field or "") for field in (title, kicker, text))
    more = dict.fromkeys([ALL, *titled.compounds, *kicked.compounds, *told.compounds])
    spellings = frozenset((*titled.spellings, *kicked.spellings, *told.spellings))
    return Entry(titled.stems, kicked.stems, told.stems, " ".join(more), spellings)


def refresh(database: Database, known: Mapping[int, Entry] = _NOTHING_KNOWN) -> int:
    """Index every article that changed since it was last indexed, and return how many there were.

    ``known`` are entries made elsewhere, by article, of the words that stand in the archive now.
    """
    done = 0
    while waiting := _waiting(database):
        with database.atomic():
            _index(database, waiting, known)
        done += len(waiting)
    return done


def _waiting(database: Database) -> list[int]:
    rows = database.execute(f"SELECT article FROM articles_to_index LIMIT {_BATCH}")
    return [article for (article,) in rows]


def _index(database: Database, waiting: Sequence[int], known: Mapping[int, Entry]) -> None:
    marks = ", ".join("?" * len(waiting))
    query = f"SELECT id, title, kicker, text FROM articles WHERE id IN ({marks})"
    entries = [
        (identifier, known.get(identifier) or entry(*words))
        for identifier, *words in database.execute(query, list(waiting)).fetchall()
    ]
    # A row is taken out before it is put in again: a replaced row of FTS5 would leave a ghost.
    database.execute(f"DELETE FROM articles_fts_stems WHERE rowid IN ({marks})", list(waiting))
    database.conn.executemany(
        "INSERT INTO articles_fts_stems (rowid, title, kicker, text, more) VALUES (?, ?, ?, ?, ?)",
        ((identifier, *made[:4]) for identifier, made in entries),
    )
    spellings = frozenset[str]().union(*(made.spellings for _, made in entries))
    words = ((word,) for word in sorted(spellings))
    database.conn.executemany("INSERT OR IGNORE INTO search_words VALUES (?)", words)
    database.execute(f"DELETE FROM articles_to_index WHERE article IN ({marks})", list(waiting))
