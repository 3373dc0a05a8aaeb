"""A host is asked no faster than it wishes, however many sources live on it."""

from itertools import pairwise
from pathlib import Path

from scrapers.pace import ANSWER_SECONDS, MOST_PATIENCE, MemoryPace
from tests.local_site import Answer, crawl, served

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
