"""Which articles does a reader's word find? The index of stems, kept beside the articles whoever writes them.

Triggers note the id of every article whose title, kicker or text changes; ``refresh`` brings the index up to
date, in the transaction of the change where the store makes it, and when an archive is opened for the rest.
"""

from collections.abc import Sequence

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


def refresh(database: Database) -> int:
    """Index every article that changed since it was last indexed, and return how many there were."""
    done = 0
    while waiting := _waiting(database):
        with database.atomic():
            _index(database, waiting)
        done += len(waiting)
    return done


def _waiting(database: Database) -> list[int]:
    rows = database.execute(f"SELECT article FROM articles_to_index LIMIT {_BATCH}")
    return [article for (article,) in rows]


def _index(database: Database, waiting: Sequence[int]) -> None:
    marks = ", ".join("?" * len(waiting))
    query = f"SELECT id, title, kicker, text FROM articles WHERE id IN ({marks})"
    rows = database.execute(query, list(waiting)).fetchall()
    # A row is taken out before it is put in again: a replaced row of FTS5 would leave a ghost.
    database.execute(f"DELETE FROM articles_fts_stems WHERE rowid IN ({marks})", list(waiting))
    spellings: set[str] = set()
    entries = [_entry(row, spellings) for row in rows]
    database.conn.executemany(
        "INSERT INTO articles_fts_stems (rowid, title, kicker, text, more) VALUES (?, ?, ?, ?, ?)", entries
    )
    words = ((word,) for word in sorted(spellings))
    database.conn.executemany("INSERT OR IGNORE INTO search_words VALUES (?)", words)
    database.execute(f"DELETE FROM articles_to_index WHERE article IN ({marks})", list(waiting))


def _entry(row: tuple[int, str | None, str | None, str], spellings: set[str]) -> tuple[int | str, ...]:
    """Return what the index keeps of an article, and add its words to the known spellings."""
    identifier, *fields = row
    read = [list(tokens.tokens(field or "")) for field in fields]
    more = [ALL]
    for found in read:
        more += tokens.compounds(found)
        spellings |= tokens.spellings(found)
    return (identifier, *map(tokens.stems, read), " ".join(dict.fromkeys(more)))
