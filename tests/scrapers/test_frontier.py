"""Nothing that was queued is lost, nothing is asked twice, whatever ends the process; in SQLite and Redis."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.models import Visits
from scrapers.frontier import DOUBT_SECONDS, LEASE_SECONDS, Frontier, Lease, Ticket
from scrapers.frontier.redis import RedisFrontier
from scrapers.frontier.sqlite import SqliteFrontier
from scrapers.pace import ANSWER_SECONDS
from tests.redis_server import redis_server

HOME = "https://union.example"
SEEN = datetime(2024, 6, 1, 8, 0, tzinfo=UTC)


class Clock:
    """A clock that is set by hand."""

    now = 1_717_228_800.0

    def __call__(self) -> float:
        return self.now


def ticket(path: str, **changes: object) -> Ticket:
    values = {"url": HOME + path, "role": "article", "callback": "read_nothing", **changes}
    return Ticket(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def redis_address() -> Iterator[str]:
    with redis_server() as address:
        yield address


@pytest.fixture
def clock() -> Clock:
    return Clock()


Opened = Callable[..., Frontier]


@pytest.fixture(params=["sqlite", "redis"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Opened]:
    """Open the same frontier again and again, as one worker or another."""
    address = request.getfixturevalue("redis_address") if request.param == "redis" else ""
    with ExitStack() as stack:

        def connected(worker: str = "a") -> Frontier:
            if address:
                return stack.enter_context(RedisFrontier(address, worker, clock))
            return stack.enter_context(SqliteFrontier(tmp_path, worker, clock))

        if address:
            import redis

            with redis.Redis.from_url(address) as client:
                client.flushall()
        yield connected


@pytest.fixture
def frontier(opened: Opened) -> Frontier:
    found = opened()
    found.begin(["union"])
    return found


def urls(frontier: Frontier) -> list[str]:
    found = []
    while lease := frontier.lease("union"):
        found.append(path(lease))
    return found


def path(lease: Lease) -> str:
    return lease.ticket.url.removeprefix(HOME)


def leased(frontier: Frontier) -> Lease:
    lease = frontier.lease("union")
    assert lease is not None
    return lease


def test_a_request_comes_out_as_it_went_in(frontier: Frontier):
    given = ticket(
        "/a", announced="2024-06-01", via=HOME, barren=2, redirects=(f"{HOME}/b",), retries=1, depth=3
    )
    frontier.add("union", [given])
    lease = leased(frontier)
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


def test_what_was_under_way_at_a_kill_comes_back_with_its_time(opened: Opened, frontier: Frontier):
    frontier.add("union", [ticket("/a"), ticket("/b"), ticket("/c")])
    first, second = leased(frontier), leased(frontier)
    frontier.done(first, [ticket("/d")])
    frontier.received(second, SEEN)
    resumed = opened()
    assert resumed.begin(["union"]) == ["union"]
    again = leased(resumed)
    assert (path(again), again.fetched_at) == ("/b", SEEN)
    assert urls(resumed) == ["/c", "/d"]


def test_a_retry_forgets_the_response_that_failed(frontier: Frontier):
    frontier.add("union", [ticket("/a")])
    lease = leased(frontier)
    frontier.received(lease, SEEN)
    frontier.again(lease, ticket("/a", retries=1, priority=-1))
    again = leased(frontier)
    assert (again.ticket.retries, again.fetched_at) == (1, None)


def test_a_finished_crawl_starts_anew(frontier: Frontier):
    frontier.add("union", [ticket("/a")])
    frontier.done(leased(frontier))
    frontier.finish_source("union")
    assert frontier.end(["union"])
    assert frontier.begin(["union"]) == ["union"]
    assert frontier.add("union", [ticket("/a")]) == 1


def test_a_source_with_something_left_is_not_finished(frontier: Frontier):
    frontier.add("union", [ticket("/a")])
    frontier.finish_source("union")
    assert not frontier.end(["union"])
    leased(frontier)
    frontier.finish_source("union")
    assert not frontier.end(["union"])


def test_a_resumed_crawl_leaves_out_the_sources_it_had_finished(frontier: Frontier):
    frontier.begin(["union", "presse"])
    frontier.finish_source("union")
    assert not frontier.end(["union", "presse"])
    assert frontier.begin(["union", "presse"]) == ["presse"]


def test_a_finished_source_asked_for_by_name_starts_anew(frontier: Frontier):
    frontier.begin(["union", "presse"])
    frontier.finish_source("union")
    assert frontier.begin(["union"]) == ["union"]


def test_links_and_their_page_are_stored_together_or_not_at_all(frontier: Frontier):
    frontier.add("union", [ticket("/l")])
    lease = leased(frontier)

    def links() -> Iterator[Ticket]:
        yield ticket("/a")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        frontier.done(lease, links())
    assert not frontier.seen("union", f"{HOME}/a")
    assert frontier.answered(["union"]) == {}
    assert frontier.done(lease, [ticket("/a")]) == 1
    assert frontier.answered(["union", "presse"]) == {"union": 1}


def test_pages_are_counted_by_role(frontier: Frontier):
    frontier.add("union", [ticket("/a"), ticket("/b"), ticket("/l", role="listing")])
    assert [frontier.count("union", role) for role in ("article", "listing", "feed")] == [2, 1, 0]


def test_a_move_is_remembered_by_later_crawls(frontier: Frontier):
    frontier.move("union", f"{HOME}/a", f"{HOME}/b/")
    frontier.finish_source("union")
    frontier.end(["union"])
    assert frontier.moved("union", "http://www.union.example/a") == "union.example/b"
    assert frontier.moved("union", f"{HOME}/b") is None


def failed_once(frontier: Frontier, path: str) -> int:
    """Let the request for ``path`` fail, finish the crawl and return how often it had failed before."""
    frontier.add("union", [ticket(path)])
    lease = leased(frontier)
    frontier.miss(lease)
    frontier.finish_source("union")
    frontier.end(["union"])
    frontier.begin(["union"])
    return lease.ticket.failures


def test_what_failed_is_asked_again_by_the_next_crawl_but_not_for_ever(frontier: Frontier):
    assert [failed_once(frontier, "/a") for _ in range(7)] == [0, 1, 2, 3, 4, 0, 1]


def test_a_source_is_walked_once_a_crawl_of_it_as_declared_has_finished(opened: Opened, frontier: Frontier):
    assert not frontier.walked("union", "v1")
    frontier.finish_source("union", "v1")
    frontier.end(["union"])
    frontier.begin(["union"])
    assert frontier.walked("union", "v1")
    assert not frontier.walked("union", "v2")
    resumed = opened()  # the second crawl was cut short
    resumed.begin(["union"])
    assert not resumed.walked("union", "v1")


def test_what_a_dead_worker_had_goes_to_another_once_its_lease_has_expired(
    opened: Opened, frontier: Frontier, clock: Clock
):
    frontier.add("union", [ticket("/a")])
    leased(frontier)
    other = opened("b")
    assert other.lease("union") is None
    assert other.waiting("union")
    clock.now += LEASE_SECONDS + 1
    assert path(leased(other)) == "/a"


def test_a_worker_that_is_heard_of_keeps_its_leases(opened: Opened, frontier: Frontier, clock: Clock):
    frontier.add("union", [ticket("/a")])
    leased(frontier)
    clock.now += LEASE_SECONDS - 1
    frontier.renew("union")
    clock.now += LEASE_SECONDS - 1
    assert opened("b").lease("union") is None


def test_a_worker_is_never_given_what_it_has_under_way(frontier: Frontier, clock: Clock):
    frontier.add("union", [ticket("/a")])
    leased(frontier)
    clock.now += 10 * LEASE_SECONDS  # its machine was asleep
    assert frontier.lease("union") is None
    assert not frontier.waiting("union")


def test_a_response_that_may_be_archived_waits_longer_for_its_worker(
    opened: Opened, frontier: Frontier, clock: Clock
):
    frontier.add("union", [ticket("/a")])
    assert frontier.received(leased(frontier), SEEN)
    other = opened("b")
    clock.now += LEASE_SECONDS + 1
    assert other.lease("union") is None
    clock.now += DOUBT_SECONDS
    taken = leased(other)
    assert (path(taken), taken.fetched_at) == ("/a", None)  # it is not in that worker's archive


def test_a_worker_that_comes_too_late_is_told_before_it_archives(
    opened: Opened, frontier: Frontier, clock: Clock
):
    frontier.add("union", [ticket("/a")])
    late = leased(frontier)
    clock.now += LEASE_SECONDS + 1
    taken = leased(opened("b"))
    assert not frontier.received(late, SEEN)
    frontier.again(late, ticket("/a", retries=1))  # and what it says of it no longer counts
    assert frontier.lease("union") is None
    assert opened("b").received(taken, SEEN)


def test_what_was_archived_is_done_even_if_the_lease_has_expired_since(
    opened: Opened, frontier: Frontier, clock: Clock
):
    frontier.add("union", [ticket("/l")])
    late = leased(frontier)
    frontier.received(late, SEEN)
    clock.now += DOUBT_SECONDS + 1
    other = opened("b")
    taken = leased(other)
    assert frontier.done(late, [ticket("/a")]) == 1
    assert not other.received(taken, SEEN)
    assert other.done(taken, [ticket("/a")]) == 0
    assert other.answered(["union"]) == {"union": 1}


def test_an_interrupted_worker_gives_back_what_it_has_not_received(opened: Opened, frontier: Frontier):
    frontier.add("union", [ticket("/a"), ticket("/b")])
    frontier.received(leased(frontier), SEEN)
    leased(frontier)
    frontier.release("union")
    assert urls(opened("b")) == ["/b"]


def test_requests_that_were_lost_on_the_way_can_be_named(frontier: Frontier):
    frontier.add("union", [ticket("/a"), ticket("/b")])
    frontier.done(leased(frontier))
    leased(frontier)
    (lost,) = frontier.unanswered("union")
    assert path(lost) == "/b"
    frontier.miss(lost)
    assert frontier.unanswered("union") == []


@pytest.mark.parametrize("asked", [0.0, 120.0])
def test_a_host_that_was_busy_is_left_alone_after_a_kill_too(
    opened: Opened, frontier: Frontier, clock: Clock, asked: float
):
    frontier.pace.busy("www.union.example", asked, 0.0)
    assert opened().pace.turn("union.example", 2.0) == pytest.approx(asked or 30.0, abs=0.001)
    clock.now += 121
    assert frontier.pace.turn("union.example", 2.0) == 0
    clock.now += 1
    frontier.pace.answered("union.example", 2.0)
    assert opened().pace.turn("www.union.example", 2.0) == pytest.approx(2.0, abs=0.001)
    frontier.pace.busy("union.example", 0.0, 0.0)  # no longer the second time in a row
    assert frontier.pace.turn("union.example", 2.0) == pytest.approx(30.0, abs=0.001)


def test_a_clock_put_back_silences_no_host_for_long(opened: Opened, frontier: Frontier, clock: Clock):
    frontier.pace.turn("union.example", 2.0)
    clock.now -= 1_000_000
    again = opened()
    assert again.pace.turn("union.example", 2.0) == 600
    clock.now += 600
    assert again.pace.turn("union.example", 2.0) == 0


# What only several workers can do.


@pytest.fixture
def workers(redis_address: str, clock: Clock) -> Iterator[tuple[Frontier, Frontier]]:
    import redis

    with redis.Redis.from_url(redis_address) as client:
        client.flushall()
    with RedisFrontier(redis_address, "a", clock) as one, RedisFrontier(redis_address, "b", clock) as two:
        one.begin(["union"])
        two.begin(["union"])
        yield one, two


def test_two_workers_share_the_requests_and_each_comes_out_once(workers: tuple[Frontier, Frontier]):
    one, two = workers
    one.add("union", [ticket(f"/{n}") for n in range(4)])
    assert two.add("union", [ticket(f"/{n}") for n in range(4)]) == 0
    assert [path(leased(worker)) for worker in (one, two, two, one)] == ["/0", "/1", "/2", "/3"]


def test_a_worker_that_joins_a_crawl_knows_the_ground_and_one_that_resumes_does_not(
    workers: tuple[Frontier, Frontier], redis_address: str
):
    one, _ = workers
    one.finish_source("union", "v1")
    one.end(["union"])
    for worker in workers:
        worker.begin(["union"])
    assert [worker.walked("union", "v1") for worker in workers] == [True, True]
    with RedisFrontier(redis_address, "b") as again:
        again.begin(["union"])
        assert (again.resumed("union"), again.walked("union", "v1")) == (True, False)


def test_a_worker_that_is_last_to_end_finds_the_crawl_forgotten(workers: tuple[Frontier, Frontier]):
    one, two = workers
    one.add("union", [ticket("/a")])
    lease = leased(one)
    one.done(lease)
    for worker in workers:
        worker.finish_source("union")
        assert worker.end(["union"])
    assert two.done(lease, [ticket("/b")]) == 0
    assert two.answered(["union"]) == {"union": 1}
    assert one.begin(["union"]) == ["union"]


def test_what_one_archive_knows_all_workers_know(workers: tuple[Frontier, Frontier]):
    one, two = workers
    old = Visits(f"{HOME}/a", 200, SEEN, SEEN)
    new = Visits(f"{HOME}/a", 410, SEEN, SEEN + timedelta(days=1))
    other = Visits(f"{HOME}/b", 200, SEEN, SEEN)
    one.known("union", {"union.example/a": new})
    assert two.known("union", {"union.example/a": old, "union.example/b": other}) == {
        "union.example/a": new,
        "union.example/b": other,
    }


def test_two_workers_share_the_turns_of_a_host(workers: tuple[Frontier, Frontier], clock: Clock):
    one, two = workers
    assert one.pace.turn("union.example", 2.0) == 0
    clock.now += 3  # the answer is late
    assert two.pace.turn("union.example", 2.0) == pytest.approx(ANSWER_SECONDS - 1, abs=0.001)
    one.pace.answered("union.example", 2.0)
    assert two.pace.turn("union.example", 2.0) == pytest.approx(2.0, abs=0.001)
    clock.now += 2
    assert two.pace.turn("union.example", 2.0) == 0


def test_a_server_that_cannot_be_reached_is_named_without_its_password():
    with pytest.raises(ArchiveError, match=r"^redis://127\.0\.0\.1:1/0: ") as told:
        RedisFrontier("redis://:secret@127.0.0.1:1/0", "a")
    assert "secret" not in str(told.value)


def test_an_address_that_is_none_is_an_error():
    with pytest.raises(ArchiveError, match=r"^http://queue\.example: "):
        RedisFrontier("http://queue.example", "a")


# What only the folder's own frontier can do.


def test_a_frontier_of_the_first_release_is_taken_over(tmp_path: Path):
    with SqliteFrontier(tmp_path) as frontier:
        frontier.begin(["union"])
        frontier.add("union", [ticket("/a")])
        leased(frontier)
    database = sqlite3.connect(tmp_path / "frontier.db")
    for column in ("worker", "token", "leased_until"):
        database.execute(f"ALTER TABLE requests DROP COLUMN {column}")
    database.execute("DROP TABLE hosts")
    database.close()
    with SqliteFrontier(tmp_path) as frontier:
        frontier.begin(["union"])
        assert urls(frontier) == ["/a"]


def test_a_file_that_is_no_frontier_is_named(tmp_path: Path):
    (tmp_path / "frontier.db").write_bytes(b"no database, but long enough to look like one" * 100)
    with pytest.raises(ArchiveError, match=r"frontier\.db: file is not a database"):
        SqliteFrontier(tmp_path)
