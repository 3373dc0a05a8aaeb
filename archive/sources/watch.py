"""Does an article concern us? What a source that brings all its news is watched for."""

import sqlite3
import zlib
from contextlib import closing
from dataclasses import dataclass

# As the archive's own search tells words apart, so that a query means the same here and there.
_TABLE = "CREATE VIRTUAL TABLE page USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')"


@dataclass(frozen=True, slots=True)
class Watch:
    """An article is kept when it names a co-op (``coops``) or answers one of ``queries`` (FTS5 syntax)."""

    queries: tuple[str, ...] = ()
    coops: bool = True

    @property
    def digest(self) -> int:
        """Return a number for these wishes: what others passed over is looked at again under new ones."""
        return zlib.crc32(repr((self.queries, self.coops)).encode())

    def answers(self, title: str, text: str) -> bool:
        """Say whether title or text answer a query; case and accents do not count.

        >>> watch = Watch(('cooperative*', '"reprise par les salariés"'))
        >>> watch.answers("La COOPÉRATIVE du port", ""), watch.answers("La reprise par ses salariés", "")
        (True, False)
        """
        if not self.queries:
            return False
        with closing(sqlite3.connect(":memory:")) as database:
            database.execute(_TABLE)
            database.execute("INSERT INTO page VALUES (?, ?)", [title, text])
            wanted = "SELECT 1 FROM page WHERE page MATCH ?"
            return any(database.execute(wanted, [query]).fetchone() for query in self.queries)


def query_error(query: str) -> str | None:
    """Return why FTS5 cannot read a query, ``None`` if it can.

    >>> query_error("scop OR scic"), query_error('"scop')
    (None, 'unterminated string')
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(_TABLE)
        try:
            database.execute("SELECT 1 FROM page WHERE page MATCH ?", [query]).fetchall()
        except sqlite3.Error as error:
            return str(error)
    return None
