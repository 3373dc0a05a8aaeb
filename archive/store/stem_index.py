"""Which articles does a reader's word find? The index of stems, kept beside the articles whoever writes them.

Triggers note the id of every article of which the index tells something; ``refresh`` brings the index up to
date, in the transaction of the change where the store makes it, and when an archive is opened for the rest.
Its rows are numbered by ``places``; ``article_places`` says which article stands where, and the view
``articles_fts_stems`` is the index by the ids of articles, for whoever writes SQL.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from archive.stems import tokens
from archive.store import places

if TYPE_CHECKING:
    from sqlite_utils import Database

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
"""What the first migration runs; every article already there is to be indexed."""

# Of what else than its words the index tells of an article: its place, and the terms of its filters.
_TOLD = ("published", "source", "kind", "language", "departments")
_FOLLOWED = ("title", "kicker", "text", *_TOLD)
_CHANGED = " OR ".join(f"old.{column} IS NOT new.{column}" for column in _FOLLOWED)
BY_PLACE = (
    "CREATE TABLE article_places (place INTEGER PRIMARY KEY, article INTEGER NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE article_stems"
    " USING fts5(title, kicker, text, more, filters, tokenize = 'unicode61')",
    "DROP TRIGGER articles_fts_stems_update",
)
# The column of that name lets « articles_fts_stems match » reach the index through the view.
_VIEW: Final = (
    "CREATE VIEW articles_fts_stems AS SELECT article AS rowid, article_stems AS articles_fts_stems,"
    " title, kicker, text, more, filters"
    " FROM article_stems JOIN article_places ON place = article_stems.rowid"
)
IN_PLACE_OF_THE_FIRST = (
    "INSERT INTO articles_to_index SELECT id FROM articles"
    " WHERE id NOT IN (SELECT article FROM article_places) AND id NOT IN articles_to_index",
    "DROP TABLE articles_fts_stems",
    _VIEW,
    f"CREATE TRIGGER articles_fts_stems_update AFTER UPDATE OF {', '.join(_FOLLOWED)} ON articles"
    f" WHEN {_CHANGED} BEGIN {_NOTE_NEW}; END",
)

_MARK: Final = "\ue000"  # no word of a text has this character, which belongs to nobody
_TAKE: Final = "INSERT INTO article_places (place, article) VALUES (?, ?) ON CONFLICT (place) DO NOTHING"
_TAKE_AND_TELL: Final = (
    "INSERT INTO article_places (place, article, source_slug, article_kind, department_codes)"
    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (place) DO NOTHING"
)
_IN_A_LIST: Final = re.compile(r'"([^"]*)"')
_TOLD_COLUMNS: Final = ", ".join(_TOLD)


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


def term(kind: str, value: str) -> str:
    """Return the word by which the column ``filters`` tells a value: ``kind`` is one of « d » (a department),
    « k » (a kind), « l » (a language), « s » (a source); « t » is taken.

    >>> term("d", "2A") == term("d", "2a"), term("s", "a_b") == term("s", "a-b")
    (True, False)
    """
    return f"{_MARK}{kind}{value.lower().encode().hex()}"


def filters(source: str, kind: str, language: str | None, departments: str) -> str:
    """Return what the column ``filters`` holds of an article; ``departments`` is a JSON list of codes."""
    told = [term("s", source), term("k", kind)]
    told += [term("l", language)] if language else []
    return " ".join(told + [term("d", code) for code in _IN_A_LIST.findall(departments)])


def titles(title: str, kicker: str) -> str:
    """Return what the column ``filters`` also holds: the stems of title and kicker, as words of their own.

    Few articles have a word there; asked of the column ``title``, its list in all of the text is read.
    """
    return " ".join([titled(stem) for stem in dict.fromkeys(f"{title} {kicker}".split())])


def titled(stem: str) -> str:
    """Return the word by which the column ``filters`` tells that a stem is in the title or the kicker."""
    return f"{_MARK}t{stem}"


def refresh(database: "Database", known: Mapping[int, Entry] = _NOTHING_KNOWN) -> int:
    """Index every article that changed since it was last indexed, and return how many there were.

    ``known`` are entries made elsewhere, by article, of the words that stand in the archive now.
    """
    done = 0
    while waiting := _waiting(database):
        with database.atomic():
            _index(database, waiting, known)
        done += len(waiting)
    return done


def _waiting(database: "Database") -> list[int]:
    rows = database.execute(f"SELECT article FROM articles_to_index LIMIT {_BATCH}")
    return [article for (article,) in rows]


def _index(database: "Database", waiting: Sequence[int], known: Mapping[int, Entry]) -> None:
    marks = ", ".join("?" * len(waiting))
    query = f"SELECT id, title, kicker, text, {_TOLD_COLUMNS} FROM articles WHERE id IN ({marks})"
    rows = database.execute(query, list(waiting)).fetchall()
    entries = {row[0]: known.get(row[0]) or entry(*row[1:4]) for row in rows}
    among = f"article IN ({marks})"
    # A row is taken out before it is put in again: a replaced row of FTS5 would leave a ghost.
    before = database.execute(f"SELECT place FROM article_places WHERE {among} ORDER BY place", list(waiting))
    if taken := before.fetchall():
        database.conn.executemany("DELETE FROM article_stems WHERE rowid = ?", taken)
        database.execute(f"DELETE FROM article_places WHERE {among}", list(waiting))
    placed = sorted(
        (_placed(database, row[0], row[4], row[5], row[6], row[8]), row[0], filters(*row[5:])) for row in rows
    )
    database.conn.executemany(
        "INSERT INTO article_stems (rowid, title, kicker, text, more, filters) VALUES (?, ?, ?, ?, ?, ?)",
        (
            (place, *entries[article][:4], f"{among} {titles(*entries[article][:2])}")
            for place, article, among in placed
        ),
    )
    spellings = frozenset[str]().union(*(made.spellings for made in entries.values()))
    words = ((word,) for word in sorted(spellings))
    database.conn.executemany("INSERT OR IGNORE INTO search_words VALUES (?)", words)
    database.execute(f"DELETE FROM articles_to_index WHERE {among}", list(waiting))


def _placed(database: "Database", article: int, published: str | None, *told: str) -> int:
    """Give an article the first free place of its date, and note there what is ``told`` of it."""
    place = places.place(published, article)
    take = _TAKE_AND_TELL if told else _TAKE
    while not database.conn.execute(take, (place, article, *told)).rowcount:
        place = places.next_place(place)
    return place


def put_in_place(database: "Database") -> None:
    """Number the rows of the first index by places, in one transaction, without reading a text again."""
    for statement in BY_PLACE:
        database.execute(statement)
    indexed = "SELECT articles.id, published FROM articles JOIN articles_fts_stems_content AS old USING (id)"
    for article, published in database.conn.cursor().execute(indexed):
        _placed(database, article, published)
    database.conn.create_function("told_filters", 4, filters, deterministic=True)
    # Along the places: FTS5 keeps no more than a megabyte in memory as long as its rows come in order.
    database.execute(
        "INSERT INTO article_stems (rowid, title, kicker, text, more, filters)"
        " SELECT place, c0, c1, c2, c3, told_filters(source, kind, language, departments)"
        " FROM article_places CROSS JOIN articles_fts_stems_content AS old ON old.id = article"
        " CROSS JOIN article_summaries AS told ON told.id = article ORDER BY place"
    )
    for statement in IN_PLACE_OF_THE_FIRST:
        database.execute(statement)


def tell_titles(database: "Database") -> None:
    """Add to the column ``filters`` the words of titles, in one transaction, without reading a text again."""
    database.execute("DROP VIEW articles_fts_stems")
    database.execute("ALTER TABLE article_stems RENAME TO article_stems_before")
    database.execute(BY_PLACE[1])
    database.conn.create_function("told_titles", 2, titles, deterministic=True)
    database.execute(
        "INSERT INTO article_stems (rowid, title, kicker, text, more, filters)"
        " SELECT id, c0, c1, c2, c3, c4 || ' ' || told_titles(c0, c1) FROM article_stems_before_content"
        " ORDER BY id"
    )
    database.execute("DROP TABLE article_stems_before")
    database.execute(_VIEW)


def tell_values(database: "Database") -> None:
    """Add to the places of articles what is counted of very many of them, in their order."""
    for column in ("source_slug", "article_kind", "department_codes"):
        database.execute(f"ALTER TABLE article_places ADD COLUMN {column} TEXT")
    database.execute(
        "UPDATE article_places SET (source_slug, article_kind, department_codes)"
        " = (SELECT source, kind, departments FROM article_summaries WHERE id = article)"
    )
