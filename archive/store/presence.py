"""Is an article still where it was? Told from the captures alone, so that a rebuild comes to the same."""

from sqlite_utils import Database

# An unchanged answer proves that the article still stands as its capture shows it.
_SEEN_AGAIN = """
UPDATE articles SET last_seen = seen.at
FROM (
    SELECT original, max(fetched_at) AS at FROM captures WHERE original IS NOT NULL GROUP BY original
) AS seen
WHERE seen.original = articles.capture AND seen.at > articles.last_seen
"""
# The first « gone » since the address last gave a page; NULL when it never was gone, or is back. A board that
# is gone says nothing of the articles clipped on it.
_GONE = """
CREATE TEMP TABLE gone_now AS
SELECT a.id AS article, min(gone.fetched_at) AS at
FROM captures gone
JOIN captures page ON page.source = gone.source AND page.url = gone.url AND page.role = 'article'
JOIN articles a ON a.capture = page.id
WHERE gone.status IN (404, 410) AND gone.fetched_at > coalesce((
    SELECT max(fetched_at) FROM captures good
    WHERE good.source = gone.source AND good.url = gone.url AND good.status IN (200, 304)), '')
GROUP BY a.id
"""
_MARK_GONE = """
UPDATE articles SET gone_at = (SELECT at FROM gone_now WHERE article = articles.id)
WHERE gone_at IS NOT (SELECT at FROM gone_now WHERE article = articles.id)
AND (gone_at IS NOT NULL OR id IN (SELECT article FROM gone_now))
"""


def settle(database: Database) -> None:
    """Bring ``last_seen`` and ``gone_at`` of every article to what the captures say; safe to run twice."""
    with database.atomic():
        database.execute(_SEEN_AGAIN)
        database.execute(_GONE)
        database.execute(_MARK_GONE)
        database.execute("DROP TABLE gone_now")
