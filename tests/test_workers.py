"""Two crawls on one Redis archive every page once and share a host's delay, also when one is killed."""

from pathlib import Path

from benchmarks import audit
from benchmarks.local_site import served
from benchmarks.workers import crawled
from tests.redis_server import redis_server

DELAY = 0.1
ARTICLES = 30


def test_a_killed_worker_costs_no_page_and_nobody_comes_too_soon(tmp_path: Path):
    with redis_server() as address, served(ARTICLES) as site:
        archives = crawled(site, tmp_path, address, DELAY, moment=0.3, back=True)
        stored = audit.responses(archives)
        assert set(stored) == site.pages.keys() - {"/robots.txt"}
        # The worker that comes back may find the crawl ended, and begin the next one with the lists.
        assert {path for path, count in stored.items() if count > 1} <= {"/actu", "/actu?page=2"}
        assert audit.articles(archives).total() == ARTICLES
        assert all(audit.responses([archive]) for archive in archives)
        assert site.least_gap() >= DELAY
