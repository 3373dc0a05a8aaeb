"""Nothing that was queued is lost, nothing is asked twice, whatever ends the process."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from scrapers.crawl import locked
from scrapers.frontier import Frontier, Ticket

HOME = "https://union.example"


def ticket(path: str, **changes: object) -> Ticket:
    values = {"url": HOME + path, "role": "article", "callback": "read_nothing", **changes}
    return Ticket(**values)  # type: ignore[arg-type]


@pytest.fixture
def frontier(tmp_path: Path) -> Iterator[Frontier]:
    with Frontier(tmp_path) as opened:
        opened.begin(["union"])
        yield opened


def urls(frontier: Frontier) -> list[str]:
    found = []
    while lease := frontier.lease("union"):
        found.append(lease.ticket.url.removeprefix(HOME))
    return found


def test_a_request_comes_out_as_it_went_in(frontier: Frontier):
    given = ticket(
        "/a", announced="2024-06-01", via=HOME, barren=2, redirects=(f"{HOME}/b",), retries=1, depth=3
    )
    frontier.add("union", [given])
    lease = frontier.lease("union")
    assert lease is not None
    assert (lease.ticket, lease.fetched_at) == (given, None)


def test_articles_come_before_listings_and_each_in_order(frontier: Frontier):
    frontier.add("union", [ticket("/l"), ticket("/a", priority=10), ticket("/b", priority=10)])
    assert urls(frontier) == ["/a", "/b", "/l"]


def test_all_spellings_of_a_page_are_queued_once(frontier: Frontier):
    spellings = ["/a", "/a/", "/a?utm_source=x", "/a#haut"]
    assert frontier.add("union", map(ticket, spellings)) == 1
    assert frontier.seen("union", "http://www.union.example/a?fbclid=1")


def test_the_same_page_of_two_sources_is_queued_for_both(frontier: Frontier):
    assert (frontier.add("union", [ticket("/a")]), frontier.add("autre", [ticket("/a")])) == (1, 1)


def test_what_was_under_way_at_a_kill_is_pending_again_with_its_time(tmp_path: Path):
    seen = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)
    with Frontier(tmp_path) as frontier:
        frontier.begin(["union"])
        frontier.add("union", [ticket("/a"), ticket("/b"), ticket("/c")])
        first, second = frontier.lease("union"), frontier.lease("union")
        assert first and second
        frontier.done("union", first.id, [ticket("/d")])
        frontier.received(second.id, seen)
    with Frontier(tmp_path) as frontier:
        assert frontier.begin(["union"]) == ["union"]
        again = frontier.lease("union")
        assert again is not None
        assert (again.ticket.url, again.fetched_at) == (f"{HOME}/b", seen)
        assert urls(frontier) == ["/c", "/d"]


def test_a_retry_forgets_the_response_that_failed(frontier: Frontier):
    frontier.add("union", [ticket("/a")])
    lease = frontier.lease("union")
    assert lease is not None
    frontier.received(lease.id, datetime(2024, 6, 1, 8, 0, tzinfo=UTC))
    frontier.again(lease.id, ticket("/a", retries=1, priority=-1))
    again = frontier.lease("union")
    assert again is not None
    assert (again.ticket.retries, again.fetched_at) == (1, None)


def test_a_finished_crawl_starts_anew(tmp_path: Path):
    with Frontier(tmp_path) as frontier:
        frontier.begin(["union"])
        frontier.add("union", [ticket("/a")])
        frontier.finish_source("union")
        assert frontier.end(["union"])
        assert frontier.begin(["union"]) == ["union"]
        assert frontier.add("union", [ticket("/a")]) == 1


def test_a_resumed_crawl_leaves_out_the_sources_it_had_finished(tmp_path: Path):
    with Frontier(tmp_path) as frontier:
        frontier.begin(["union", "presse"])
        frontier.finish_source("union")
        assert not frontier.end(["union", "presse"])
        assert frontier.begin(["union", "presse"]) == ["presse"]


def test_a_finished_source_asked_for_by_name_starts_anew(tmp_path: Path):
    with Frontier(tmp_path) as frontier:
        frontier.begin(["union", "presse"])
        frontier.finish_source("union")
        assert frontier.begin(["union"]) == ["union"]


def test_links_and_their_page_are_stored_together_or_not_at_all(frontier: Frontier):
    frontier.add("union", [ticket("/l")])
    lease = frontier.lease("union")
    assert lease is not None

    def links() -> Iterator[Ticket]:
        yield ticket("/a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frontier.done("union", lease.id, links())
    assert not frontier.seen("union", f"{HOME}/a")
    assert frontier.answered() == {}


def test_a_second_crawl_on_the_same_folder_is_refused(tmp_path: Path):
    with locked(tmp_path), pytest.raises(ArchiveError, match="another crawl is running"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def failed_once(frontier: Frontier, path: str) -> int:
    """Let the request for ``path`` fail, finish the crawl and return how often it had failed before."""
    frontier.add("union", [ticket(path)])
    lease = frontier.lease("union")
    assert lease is not None
    frontier.miss("union", lease)
    frontier.finish_source("union")
    frontier.end(["union"])
    frontier.begin(["union"])
    return lease.ticket.failures


def test_what_failed_is_asked_again_by_the_next_crawl_but_not_for_ever(frontier: Frontier):
    assert [failed_once(frontier, "/a") for _ in range(7)] == [0, 1, 2, 3, 4, 0, 1]


def test_a_source_is_walked_once_a_crawl_of_it_as_declared_has_finished(tmp_path: Path):
    with Frontier(tmp_path) as frontier:
        frontier.begin(["union"])
        assert not frontier.walked("union", "v1")
        frontier.finish_source("union", "v1")
        frontier.end(["union"])
        frontier.begin(["union"])
        assert frontier.walked("union", "v1")
        assert not frontier.walked("union", "v2")
    with Frontier(tmp_path) as frontier:  # the second crawl was cut short
        frontier.begin(["union"])
        assert not frontier.walked("union", "v1")
