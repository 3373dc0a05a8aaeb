"""What has the archive seen of a source, and when? The rows from which its health is judged."""

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What one article carries; ``read_at`` is when the page that says so was fetched (ISO, UTC).

    ``published`` may be partial (``2021-05``) or ``None``; ``words`` counts the words of the text.
    """

    url: str
    read_at: str
    first_seen: str
    published: str | None
    titled: bool
    words: int
    coops: bool
    departments: bool
    clipping: bool


# What robots.txt said instead of a status: not to ask, or nothing, which forbids all too.
FORBIDDEN, RULES_UNREAD = -1, -2


@dataclass(frozen=True, slots=True)
class Answer:
    """One request of which we know the end: ``ok`` below HTTP 400, ``read`` when facts came out of it.

    ``read`` is ``None`` for what is not read for facts: listings, redirects, refusals, unchanged pages;
    ``status`` where there was no answer. It is ``FORBIDDEN`` or ``RULES_UNREAD`` where nothing was asked.
    """

    url: str
    at: str
    ok: bool
    read: bool | None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class CrawlRow:
    """One crawl; ``finished_at`` is ``None`` while it runs and after it was killed."""

    id: int
    started_at: str
    finished_at: str | None
    requests: int
    outcome: str | None


def article_facts(database: Database, source: str) -> list[ArticleFacts]:
    """Return the articles of a source in the order in which the pages that say so were fetched."""
    rows = database.execute(
        "SELECT articles.url, captures.fetched_at, first_seen, published, title IS NOT NULL, words,"
        " EXISTS (SELECT 1 FROM mentions WHERE article = articles.id), departments != '[]',"
        " kind = 'clipping'"
        " FROM articles JOIN captures ON captures.id = articles.capture"
        " WHERE articles.source = ? AND captures.role != 'original'"
        " ORDER BY captures.fetched_at, articles.id",
        [source],
    )
    return [
        ArticleFacts(
            url,
            read_at,
            first_seen,
            published,
            bool(titled),
            words,
            bool(coops),
            bool(departments),
            bool(tile),
        )
        for url, read_at, first_seen, published, titled, words, coops, departments, tile in rows
    ]


def answers(database: Database, source: str, start: str) -> list[Answer]:
    """Return what the requests of a source came to from the moment ``start`` on, oldest first.

    A site's robots.txt tells nothing of its pages and is left out; a request without any answer counts as
    one that failed.
    """
    rows = database.execute(
        "SELECT url, fetched_at AS at, status < 400,"
        " CASE WHEN status = 200 AND role IN ('article', 'board') AND state IN ('read', 'skipped', 'problem')"
        " THEN state = 'read' END, status"
        " FROM captures WHERE source = :source AND role NOT IN ('robots', 'original')"
        " AND fetched_at >= :start"
        " UNION ALL SELECT url, at, 0, NULL, CASE WHEN error LIKE 'forbidden by robots.txt%' THEN :forbidden"
        " WHEN error LIKE 'robots.txt cannot be had%' THEN :unread END FROM problems"
        " WHERE source = :source AND stage = 'fetch' AND capture IS NULL AND at >= :start ORDER BY at",
        {"source": source, "start": start, "forbidden": FORBIDDEN, "unread": RULES_UNREAD},
    )
    return [
        Answer(url, at, bool(ok), None if read is None else bool(read), status)
        for url, at, ok, read, status in rows
    ]


def last_answer(database: Database, source: str) -> str | None:
    """Return when a source last answered anything but an error (ISO, UTC), ``None`` if it never did."""
    row = database.execute(
        "SELECT max(fetched_at) FROM captures WHERE source = ? AND status < 400"
        " AND role NOT IN ('robots', 'original')",
        [source],
    ).fetchone()
    return row[0] if row else None


def crawls(database: Database, source: str | None = None) -> list[CrawlRow]:
    """Return the crawls that named a source (``None``: all of them), oldest first."""
    rows = database.execute(
        "SELECT id, started_at, finished_at, requests, outcome FROM crawls"
        " WHERE :source IS NULL OR EXISTS (SELECT 1 FROM json_each(sources) WHERE value = :source)"
        " ORDER BY started_at, id",
        {"source": source},
    )
    return [CrawlRow(*row) for row in rows]


def any_between(database: Database, start: str, end: str) -> bool:
    """Say whether any response was fetched between two moments: a replay keeps those of its first crawl."""
    query = "SELECT EXISTS (SELECT 1 FROM captures WHERE fetched_at BETWEEN ? AND ?)"
    return bool(database.execute(query, [start, end]).fetchone()[0])


def empty_entries(database: Database, source: str) -> list[tuple[str, str]]:
    """Return each entry page of a source that led nowhere, with the moment (ISO, UTC) of that."""
    query = "SELECT url, at FROM problems WHERE source = ? AND stage = 'entry'"
    return [(url, at) for url, at in database.execute(query, [source])]


def first_answers(database: Database, source: str) -> dict[str, str]:
    """Return since when (ISO, UTC) each page of links of a source has answered, by its address."""
    query = (
        "SELECT url, min(fetched_at) FROM captures WHERE source = ? AND status < 400"
        " AND role IN ('listing', 'feed', 'sitemap', 'board') GROUP BY url"
    )
    return dict(database.execute(query, [source]).fetchall())


def left_for_later(database: Database, source: str) -> list[CrawlRow]:
    """Return the crawls that left a source for its own hours since it last was crawled, oldest first."""
    rows = database.execute(
        "SELECT id, started_at, finished_at, requests, outcome FROM crawls WHERE id IN"
        " (SELECT crawl FROM problems WHERE source = :source AND stage = 'hours') AND started_at >"
        " (SELECT coalesce(max(started_at), '') FROM crawls, json_each(sources) WHERE value = :source)"
        " ORDER BY started_at, id",
        {"source": source},
    )
    return [CrawlRow(*row) for row in rows]
