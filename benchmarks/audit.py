"""What does an archive really hold? Counted in its WARC files and its database, not asked of the program."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator


def responses(archives: Iterable[Path]) -> Counter[str]:
    """Return how many response records each path has in the WARC files, what a site wants aside."""
    found: Counter[str] = Counter()
    for data in archives:
        for path in sorted((data / "raw").glob("*.warc.gz")):
            with path.open("rb") as stream:
                for record in ArchiveIterator(stream):
                    if record.rec_type == "response":
                        found[_path(record.rec_headers.get_header("WARC-Target-URI"))] += 1
    for path in ("/robots.txt", "/.well-known/tdmrep.json"):
        found.pop(path, None)
    return found


def articles(archives: Iterable[Path]) -> Counter[str]:
    """Return how many rows each path has in the tables of articles of all archives."""
    found: Counter[str] = Counter()
    for data in archives:
        if (data / "archive.db").is_file():
            with closing(sqlite3.connect(data / "archive.db")) as database:
                found.update(_path(row[0]) for row in database.execute("SELECT url FROM articles"))
    return found


def verdict(counts: Counter[str], expected: Iterable[str]) -> str:
    """Say how many of the ``expected`` are there, and how many more than once.

    >>> verdict(Counter({"/a": 1, "/b": 2}), ["/a", "/b", "/c"])
    '2 of 3, 1 more than once'
    """
    wanted = set(expected)
    twice = sum(count > 1 for count in counts.values())
    return f"{len(wanted & counts.keys())} of {len(wanted)}, {twice or 'none'} more than once"


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
