"""A crawl killed at any moment ends, once started again, with the same archive as one left alone."""

import itertools
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive.cli import main
from archive.pipeline import Archive
from archive.store import captures
from scrapers.frontier import Frontier

SOURCES = Path(__file__).parent / "miniweb"
WARC = Path(__file__).parent.parent.parent / "shared" / "miniweb" / "web.warc.gz"

pytestmark = pytest.mark.skipif(not WARC.exists(), reason=f"{WARC} is absent")

# A union with redirects and pages of listings, and a board with a page per tile.
NAMES = ("union_ouest", "planche_contact")
# A child that is a copy of this process needs no second to import everything.
CHILD = multiprocessing.get_context("fork")
# What is called once a response: to keep it, to give its WARC record a row, to close its request.
STEPS = {"keep": (Archive, "keep"), "row": (captures, "add"), "done": (Frontier, "done")}


def crawl(data: Path) -> None:
    arguments = ["crawl", *NAMES, "--sources", str(SOURCES), "--data", str(data), "--replay", str(WARC)]
    main(arguments, standalone_mode=False)


def crawl_until(step: str, when: str, number: int, data: Path) -> None:
    """Crawl, and be killed just before or just after the ``number``-th call of a step."""
    place, name = STEPS[step]
    original = getattr(place, name)
    calls = itertools.count(1)

    def fatal(*given: object) -> object:
        is_last = next(calls) == number
        if is_last and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*given)
        if is_last:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(place, name, fatal)
    crawl(data)


def ended(work: Callable[..., None], *given: object) -> int | None:
    """Do ``work`` in a process of its own and return how that ended."""
    child = CHILD.Process(target=work, args=given)
    child.start()
    child.join(120)
    return child.exitcode


def archived(data: Path) -> dict[str, Sequence[object]]:
    """Return what the archive holds, robots.txt aside: it is asked by each process anew."""
    database = sqlite3.connect(data / "archive.db")
    queries = {
        "captures": "SELECT source, role, url, status, digest, state FROM captures WHERE role != 'robots'",
        "articles": "SELECT source, url, title, published, text FROM articles",
        "versions": "SELECT article, digest FROM versions",
        "problems": "SELECT source, url, stage, error FROM problems",
    }
    held = {name: sorted(map(repr, database.execute(query))) for name, query in queries.items()}
    database.close()
    return held


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sequence[object]]:
    data = tmp_path_factory.mktemp("undisturbed")
    assert ended(crawl, data) == 0
    return archived(data)


@pytest.mark.parametrize(
    ("step", "when", "number"),
    [
        ("keep", "before", 3),
        ("row", "before", 10),
        ("row", "after", 20),
        ("keep", "after", 25),
        ("done", "before", 30),
        ("done", "after", 35),
    ],
)
def test_a_killed_crawl_loses_nothing_and_doubles_nothing(
    step: str, when: str, number: int, undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    assert ended(crawl_until, step, when, number, tmp_path) == -signal.SIGKILL
    assert ended(crawl, tmp_path) == 0
    assert archived(tmp_path) == undisturbed


def test_a_crawl_killed_again_and_again_comes_to_the_same_end(
    undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    for step, when in (("keep", "after"), ("row", "before"), ("done", "after"), ("done", "before")):
        assert ended(crawl_until, step, when, 8, tmp_path) == -signal.SIGKILL
    assert ended(crawl, tmp_path) == 0
    assert archived(tmp_path) == undisturbed
