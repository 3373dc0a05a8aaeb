"""Which pages were clipped on a board and are not in the archive yet?"""

from sqlite_utils import Database

from archive.addresses import publisher_domain

# A page that answered once, were it to say that it is gone, is not asked for in every crawl; one that nobody
# could reach, or whose site was ailing, is.
_WANTED = """
SELECT DISTINCT a.original FROM articles a JOIN captures c ON c.id = a.capture
WHERE c.source = :source AND c.url = :board AND a.kind = 'clipping' AND a.original IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM articles b WHERE b.id = a.original_article)
AND NOT EXISTS (
    SELECT 1 FROM captures o WHERE o.url = a.original AND o.role = 'original'
    AND o.status < 500 AND o.status != 429
)
ORDER BY a.position, a.original
"""


def wanted(database: Database, source: str, board: str) -> list[str]:
    """Return the addresses of the pages clipped on ``board``, those on networks where people share aside."""
    rows = database.execute(_WANTED, {"source": source, "board": board}).fetchall()
    return [url for (url,) in rows if publisher_domain(url) is not None]
