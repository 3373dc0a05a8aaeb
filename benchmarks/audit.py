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


# What the archive says of each article, whatever the ids and the moments of one crawl; by name.
_SAID = {
    "articles": "SELECT url, source, kind, title, kicker, published, published_precision, published_rule,"
    " published_evidence, published_others, outlet, authors, departments, language, text, words, subject,"
    " domain FROM articles",
    "mentions": "SELECT a.url, c.name, m.name, m.surface, m.field, m.start, m.end, m.rule, m.form,"
    " m.department, m.confidence, m.status"
    " FROM mentions m JOIN articles a ON a.id = m.article JOIN coops c ON c.id = m.coop",
    "departments": "SELECT a.url, d.department, d.via, d.evidence, d.field, d.start, d.end"
    " FROM article_departments d JOIN articles a ON a.id = d.article",
    "events": "SELECT a.url, e.start, e.what, e.evidence FROM events e JOIN articles a ON a.id = e.article",
    "quotes": "SELECT a.url, q.quote, q.speaker, q.role FROM quotes q JOIN articles a ON a.id = q.article",
    "links": "SELECT a.url, l.url, l.text FROM links l JOIN articles a ON a.id = l.article",
    "versions": "SELECT a.url, v.title, v.text FROM versions v JOIN articles a ON a.id = v.article",
    "clusters": "SELECT a.url, lead.url, c.size FROM articles a JOIN clusters c ON c.id = a.cluster"
    " JOIN articles lead ON lead.id = c.lead",
    "stems": "SELECT a.url, s.* FROM article_stems s JOIN articles a ON a.id = s.rowid",
    "captures": "SELECT url, role, status, digest, state FROM captures"
    " WHERE role != 'robots' AND status = 200",
    "problems": "SELECT url, stage, error FROM problems",
}


def content(data: Path) -> dict[str, list[str]]:
    """Return what an archive says, sorted and free of its own numbers and times: equal for equal archives."""
    with closing(sqlite3.connect(data / "archive.db")) as database:
        return {name: sorted(map(repr, database.execute(query))) for name, query in _SAID.items()}


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
