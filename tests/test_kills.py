"""A crawl with many requests under way, killed by the clock, loses and doubles nothing."""

import random
from pathlib import Path

from benchmarks import audit
from benchmarks.kills import killed, without_readers
from benchmarks.local_site import served


def test_a_crawl_killed_at_random_moments_archives_every_page_once(tmp_path: Path):
    with served(40) as site:
        trial = killed(site, tmp_path, 3, random.Random())
        assert trial.kills >= 1
        stored = audit.responses([trial.data])
        assert set(stored) == site.pages.keys() - {"/robots.txt"}
        assert set(stored.values()) == {1}
        assert audit.articles([trial.data]).total() == 40


def test_an_archive_is_the_same_whatever_was_killed_when(tmp_path: Path):
    """The crawl while it asks, while it stores and while it settles; its readers alone."""
    chance = random.Random()
    with served(30) as site:
        usual = killed(site, tmp_path / "peace", 0, chance)
        site.asked.clear()
        trial = killed(site, tmp_path / "killed", 1, chance, storing=1, settling=1, longest=3.0)
        assert trial.kills + trial.storing + trial.settling >= 1
        assert audit.content(trial.data) == audit.content(usual.data)
        spared = without_readers(site, tmp_path / "readers", 2, chance)
        assert audit.content(spared.data) == audit.content(usual.data)
