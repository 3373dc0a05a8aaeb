"""Which articles share a text? The runs by which they are found, their likenesses, their clusters.

Everything that a new article needs is found by index: no table is read from end to end.
"""

import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.addresses import number

if TYPE_CHECKING:
    from sqlite_utils import Database

# A run of words that stands in more articles than this is a phrase of the language or of a template; so many
# of its articles are looked at, and each counts for as much less.
_MOST_OF_A_RUN = 100
# Two articles with fewer sampled runs in common are not compared.
_FEWEST_RUNS = 2

_TEXT_COLUMNS = "id, url, title, text, authors, published, gone_at"
_HIDDEN = "SELECT article FROM takedowns"


@dataclass(frozen=True, slots=True)
class Text:
    """An article whose text may be compared. ``authors`` is a JSON list, ``published`` may be partial."""

    id: int
    url: str
    title: str | None
    text: str
    authors: str
    published: str | None
    gone_at: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored of an article's text: one run of words in ``step``, hashed (signed, 64 bits)."""

    site: str
    step: int
    runs: tuple[int, ...]
    credit: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """An article of a cluster, as far as it matters for who leads it."""

    id: int
    url: str
    published: str | None
    published_time: str | None
    words: int
    outlet: str | None
    credit: str | None
    gone: bool
    first_seen: str


def pending(database: "Database", most: int) -> list[int]:
    """Return the ids of articles that are new, changed or gone since clusters were last settled."""
    return [row[0] for row in database.execute("SELECT article FROM cluster_queue LIMIT ?", [most])]


def done(database: "Database", articles: Iterable[int]) -> None:
    """Take articles off the queue."""
    given = [(article,) for article in articles]
    with database.atomic():
        database.conn.executemany("DELETE FROM cluster_queue WHERE article = ?", given)


def comparable(database: "Database", articles: Iterable[int]) -> set[int]:
    """Return those of some articles that may be compared: no clipping, PDF, nor one withdrawn or no more."""
    query = f"SELECT id FROM articles WHERE id IN {{}} AND kind = 'article' AND id NOT IN ({_HIDDEN})"
    return _among(database, query, articles)


def sampled(database: "Database", articles: Iterable[int]) -> set[int]:
    """Return those of some articles of whose texts something is stored."""
    return _among(database, "SELECT article FROM article_samples WHERE article IN {}", articles)


def joined(database: "Database", articles: Iterable[int]) -> set[int]:
    """Return those of some articles that are like another, or that are not known to stand alone."""
    found = list(articles)
    return (
        _among(database, "SELECT article FROM similarities WHERE article IN {}", found)
        | _among(database, "SELECT other FROM similarities WHERE other IN {}", found)
        | _among(
            database,
            "SELECT id FROM articles WHERE id IN {} AND (cluster IS NOT NULL OR subject IS NOT id)",
            found,
        )
    )


def text(database: "Database", article: int) -> Text | None:
    """Return an article that may be compared; ``None`` for a clipping, a PDF, one withdrawn or no more."""
    row = database.execute(
        f"SELECT {_TEXT_COLUMNS} FROM articles WHERE id = ? AND kind = 'article' AND id NOT IN ({_HIDDEN})",
        [article],
    ).fetchone()
    return Text(*row) if row else None


def keep_sample(database: "Database", article: int, kept: Kept) -> None:
    """Store the runs by which an article is found."""
    packed = struct.pack(f"<{len(kept.runs)}q", *kept.runs)
    row = [article, kept.site, kept.step, packed, kept.credit]
    database.execute("INSERT INTO article_samples VALUES (?, ?, ?, ?, ?)", row)
    database.conn.executemany(
        "INSERT OR IGNORE INTO article_runs VALUES (?, ?)", [(run, article) for run in kept.runs]
    )


def kept(database: "Database", article: int) -> Kept | None:
    """Return what was stored of an article's text, ``None`` if nothing was."""
    query = "SELECT site, step, runs, credit FROM article_samples WHERE article = ?"
    row = database.execute(query, [article]).fetchone()
    if row is None:
        return None
    return Kept(row[0], row[1], struct.unpack(f"<{len(row[2]) // 8}q", row[2]), row[3])


def forget(database: "Database", article: int) -> set[int]:
    """Drop what was stored of an article's text; return the articles that it was like."""
    found = neighbours(database, article)
    if (before := kept(database, article)) is not None:
        database.conn.executemany(
            "DELETE FROM article_runs WHERE run = ? AND article = ?", [(run, article) for run in before.runs]
        )
        database.execute("DELETE FROM article_samples WHERE article = ?", [article])
    database.execute("DELETE FROM similarities WHERE article = ? OR other = ?", [article, article])
    return found


def candidates(database: "Database", runs: Iterable[int], most: int) -> list[int]:
    """Return the articles that share most of these runs, rare runs counting most; at most ``most``."""
    shared: Counter[int] = Counter()
    weight: Counter[int] = Counter()
    query, look_up = "SELECT article FROM article_runs WHERE run = ? LIMIT ?", database.conn.execute
    for run in runs:
        found = look_up(query, (run, _MOST_OF_A_RUN)).fetchall()
        for (article,) in found:
            shared[article] += 1
            weight[article] += 720_720 // len(found)  # whole numbers: the order of addition does not matter
    ranked = sorted((-weight[one], one) for one, count in shared.items() if count >= _FEWEST_RUNS)
    return [article for _, article in ranked[:most]]


def link(database: "Database", one: int, other: int, common: int, jaccard: float, part: float) -> None:
    """Note that two articles tell one story, and what they share."""
    row = [min(one, other), max(one, other), common, round(jaccard, 4), round(part, 4)]
    database.execute("INSERT OR REPLACE INTO similarities VALUES (?, ?, ?, ?, ?)", row)


def neighbours(database: "Database", article: int) -> set[int]:
    """Return the articles that were found to be like this one."""
    rows = database.execute(
        "SELECT other FROM similarities WHERE article = :id UNION SELECT article FROM similarities"
        " WHERE other = :id",
        {"id": article},
    )
    return {row[0] for row in rows}


def component(database: "Database", article: int) -> set[int]:
    """Return the articles that an article is joined with, itself included, over any number of steps."""
    found, ahead = {article}, [article]
    while ahead:
        for other in neighbours(database, ahead.pop()) - found:
            found.add(other)
            ahead.append(other)
    return found


def members(database: "Database", articles: Iterable[int]) -> list[Member]:
    """Return these articles, in the order in which the archive first saw them."""
    rows = []
    for article in articles:
        rows += database.execute(
            "SELECT a.id, a.url, a.published, a.published_time, a.words, o.name, s.credit,"
            " a.gone_at IS NOT NULL, a.first_seen FROM articles a JOIN article_samples s ON s.article = a.id"
            " LEFT JOIN outlets o ON o.id = a.outlet WHERE a.id = ?",
            [article],
        ).fetchall()
    return sorted((Member(*row) for row in rows), key=lambda member: (member.first_seen, member.id))


def group(database: "Database", found: Sequence[Member], lead: Member, agency: str | None) -> None:
    """Make one cluster of ``found``, whose id is that of the member which the archive saw first."""
    identifier = number(f"cluster:{found[0].id}")
    database.execute(
        "INSERT INTO clusters (id, lead, size, agency) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET lead = excluded.lead, size = excluded.size, agency = excluded.agency",
        [identifier, lead.id, len(found), agency],
    )
    for member in found:
        _assign(database, member.id, identifier)


def alone(database: "Database", article: int) -> None:
    """Take an article out of any cluster."""
    _assign(database, article, None)


def clusters_of(database: "Database", articles: Iterable[int]) -> set[int]:
    """Return the clusters to which some articles belong now."""
    query = "SELECT cluster FROM articles WHERE id = ? AND cluster IS NOT NULL"
    return {row[0] for article in articles for row in database.execute(query, [article])}


def drop_empty(database: "Database", clusters: Iterable[int]) -> None:
    """Delete those of some clusters that no article belongs to any more."""
    for cluster in clusters:
        database.execute(
            "DELETE FROM clusters WHERE id = ? AND NOT EXISTS (SELECT 1 FROM articles WHERE cluster = ?)",
            [cluster, cluster],
        )


def settle_clippings(database: "Database", articles: Iterable[int]) -> None:
    """Let the clippings among some articles tell the story of what they were cut from, archived or not."""
    others = _among(database, "SELECT id FROM articles WHERE id IN {} AND kind != 'article'", articles)
    database.conn.executemany(
        "UPDATE articles SET subject = coalesce((SELECT subject FROM articles b"
        " WHERE b.id = articles.original_article), original_article, id) WHERE id = ?",
        [(article,) for article in sorted(others)],
    )


def clear(database: "Database") -> None:
    """Forget everything about clusters but what articles are still to be looked at."""
    for table in ("similarities", "article_runs", "article_samples", "clusters"):
        database.execute(f"DELETE FROM {table}")


def pairs(database: "Database") -> Mapping[tuple[int, int], tuple[int, float, float]]:
    """Return what was found of each pair: common runs, Jaccard index, share of the shorter text."""
    rows = database.execute("SELECT article, other, common, jaccard, part FROM similarities")
    return {(one, other): (common, jaccard, part) for one, other, common, jaccard, part in rows}


def _among(database: "Database", query: str, articles: Iterable[int]) -> set[int]:
    """Return what ``query`` gives for some articles, whose ids take the place of its braces."""
    given = list(articles)
    marks = ", ".join("?" * len(given))
    return {row[0] for row in database.execute(query.format(f"({marks})"), given)}


def _assign(database: "Database", article: int, cluster: int | None) -> None:
    subject = article if cluster is None else cluster
    query = (
        "UPDATE articles SET cluster = ?, subject = ? WHERE id = ? AND (cluster IS NOT ? OR subject IS NOT ?)"
    )
    if database.execute(query, [cluster, subject, article, cluster, subject]).rowcount:
        database.execute("UPDATE articles SET subject = ? WHERE original_article = ?", [subject, article])
