"""A host is asked no faster than it wishes, however many sources live on it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from archive.limits import Limits
from scrapers.pace import ANSWER_SECONDS, MOST_PATIENCE, MemoryPace
from tests.local_site import Answer, LocalSite, crawl, served

DELAY = 0.2


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_turns_on_a_host_keep_their_distance_and_hosts_do_not_wait_for_each_other():
    clock = Clock()
    pace = MemoryPace(clock)
    assert [pace.turn(host, 2.0) for host in ("a.example", "b.example")] == [0.0, 0.0]
    clock.now += 0.5
    pace.answered("a.example", 2.0)
    assert [pace.turn(host, 2.0) for host in ("www.a.example", "A.example")] == [2.0, 2.0]
    clock.now += 2
    assert [pace.turn(host, 2.0) for host in ("A.example", "a.example")] == [0.0, 2.0 + ANSWER_SECONDS]


def test_a_host_without_a_delay_is_asked_at_once():
    pace = MemoryPace(Clock())
    assert [pace.turn("a.example", 0.0) for _ in range(3)] == [0.0, 0.0, 0.0]


def test_a_busy_host_is_left_alone_no_less_than_any_other():
    pace = MemoryPace(Clock())
    pace.turn("a.example", 5.0)
    pace.busy("a.example", 1.0, 5.0)
    assert pace.turn("a.example", 5.0) == 5.0


def test_a_busy_host_is_left_alone_as_long_as_it_asks():
    clock = Clock()
    pace = MemoryPace(clock)
    pace.busy("a.example", 120.0, 0.0)
    clock.now += 100
    assert pace.turn("a.example", 1.0) == 20.0


def test_a_host_that_stays_busy_is_left_alone_ever_longer_until_it_answers():
    clock = Clock()
    pace = MemoryPace(clock)
    waits = []
    for _ in range(7):
        pace.busy("a.example", 0.0, 0.0)
        waits.append(pace.turn("a.example", 0.0))
        clock.now += waits[-1]
    assert waits == [30.0, 60.0, 120.0, 240.0, 480.0, MOST_PATIENCE, MOST_PATIENCE]
    pace.answered("a.example", 2.0)
    assert pace.turn("a.example", 2.0) == 2.0
    pace.busy("a.example", 0.0, 0.0)
    assert pace.turn("a.example", 0.0) == 30.0


def test_two_sources_on_one_host_share_its_delay_and_its_pauses(tmp_path: Path):
    sources = tmp_path / "sources"
    sources.mkdir()
    with served() as site:
        for name in ("un", "deux"):
            start = f"{site.home}/{name}"
            (sources / f"{name}.toml").write_text(
                f'title = "{name}"\nkind = "blog"\nhome = "{site.home}/"\n[fetch]\nvia = "listing"\n'
                f"start = [\"{start}\"]\narticles = '/{name}/'\ndelay = {DELAY}\n",
                "utf-8",
            )
            site.pages[f"/{name}"] = Answer("".join(f"<a href=/{name}/{n}>Lire</a>" for n in range(3)))
            for number in range(3):
                site.pages[f"/{name}/{number}"] = Answer(f"<p>{name} {number}</p>")
        site.pages["/un/0"] = Answer("", 429, {"Retry-After": "1"})
        crawl(site, sources, tmp_path / "data")
    gaps = [later - sooner for sooner, later in pairwise(site.times)]
    statuses = [status for _, status, _, _ in site.asked]
    assert statuses.count(200) == 7
    assert statuses.count(429) == 3  # asked three times, as any page that fails
    assert min(gaps) > DELAY
    assert min(gap for gap, status in zip(gaps, statuses, strict=False) if status == 429) > 0.9


def _declare(site: LocalSite, folder: Path) -> Path:
    sources = folder / "sources"
    sources.mkdir()
    (sources / "union.toml").write_text(
        f'title = "Union"\nkind = "union"\nhome = "{site.home}/"\n[fetch]\nvia = "listing"\n'
        f"start = [\"{site.home}/actualites\"]\narticles = '/actualites/'\ndelay = 0.05\n",
        "utf-8",
    )
    return sources


def _in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize(
    ("status", "retry_after", "most", "times"),
    [
        (429, "7200", 3600.0, 1),  # longer than it may be
        (503, _in_an_hour(), 60.0, 1),
        (503, "1", 1.5, 2),  # the second time is too much
    ],
)
def test_a_site_that_asks_for_too_long_a_wait_is_left_until_the_next_crawl(
    tmp_path: Path, status: int, retry_after: str, most: float, times: int
):
    with served() as site:
        site.pages["/actualites"] = Answer("".join(f"<a href=/actualites/{n}>Lire</a>" for n in range(4)))
        for number in range(4):
            site.pages[f"/actualites/{number}"] = Answer(f"<h1>Un</h1><p>3 mai 2021</p><p>{number}</p>")
        site.pages["/actualites/1"] = Answer("", status, {"Retry-After": retry_after})
        sources = _declare(site, tmp_path)
        crawl(site, sources, tmp_path / "data", limits=Limits(waiting=most))
        asked = site.take()
        assert [entry for entry in asked if entry[1] == status] == [("/actualites/1", status)] * times
        with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as database:
            told = database.execute("SELECT stage, error FROM problems WHERE capture IS NULL").fetchall()
        said = f"the site asks to wait more than {most / 60:g} minutes in one crawl"
        assert told == [("limit", said)]
        site.pages["/actualites/1"] = Answer("<h1>Deux</h1><p>3 mai 2021</p>")
        # The next crawl would wait on; here ten minutes have passed.
        with closing(sqlite3.connect(tmp_path / "data" / "frontier.db")) as queue:
            queue.execute("DELETE FROM hosts")
            queue.commit()
        crawl(site, sources, tmp_path / "data")
        rest = {path for path, found in site.take() if found == 200}
        assert {f"/actualites/{n}" for n in range(4)} <= {path for path, _ in asked} | rest
        assert "/actualites/1" in rest


def test_a_long_crawl_delay_counts_as_a_wait_that_the_site_asks_for(tmp_path: Path):
    with served() as site:
        site.pages["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.4\n")
        site.pages["/actualites"] = Answer("".join(f"<a href=/actualites/{n}>Lire</a>" for n in range(9)))
        for number in range(9):
            site.pages[f"/actualites/{number}"] = Answer(f"<h1>Un</h1><p>3 mai 2021</p><p>{number}</p>")
        crawl(site, _declare(site, tmp_path), tmp_path / "data", limits=Limits(waiting=1.5))
        gaps = [later - sooner for sooner, later in pairwise(site.times)]
        asked = site.take()
    # Of ten: each adds what the site asks beyond the source's own delay, and so does what it reserves.
    assert len(asked) == 3
    assert min(gaps[1:]) >= 0.4
