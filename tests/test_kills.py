"""A crawl with many requests under way, killed by the clock, loses and doubles nothing."""

import random
from pathlib import Path

from benchmarks import audit
from benchmarks.kills import killed
from benchmarks.local_site import served


def test_a_crawl_killed_at_random_moments_archives_every_page_once(tmp_path: Path):
    with served(40) as site:
        trial = killed(site, tmp_path, 3, random.Random())
        assert trial.kills >= 1
        stored = audit.responses([trial.data])
        assert set(stored) == site.pages.keys() - {"/robots.txt"}
        assert set(stored.values()) == {1}
        assert audit.articles([trial.data]).total() == 40
