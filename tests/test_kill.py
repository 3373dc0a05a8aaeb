"""A crawl killed at any moment ends, once started again, with the same archive as one left alone."""

import itertools
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from archive.cli import main
from archive.raw import Raw
from archive.store import captures
from scrapers.frontier.sqlite import SqliteFrontier
from tests.scrapers.conftest import Page, links, record, redirect

HOME = "https://union-bocage.example"
SOURCE = f"""
title = "Union du Bocage"
kind = "union"
home = "{HOME}/"
[fetch]
via = "listing"
start = ["{HOME}/actualites"]
articles = '/actualites/[a-z]+$'
"""
NAMES = ["scierie", "boulangerie", "laverie", "fonderie", "librairie", "brasserie"]


def article(name: str) -> Page:
    text = f"La Scop {name.capitalize()} du Bocage, à Flers (61), a fêté ses dix ans avec ses salariés. " * 3
    return Page(f"<html><body><h1>La {name}</h1><p>Publié le 3 mai 2021</p><p>{text}</p></body></html>")


# Two pages of a listing, six articles, one of them behind a redirect, one that is gone.
WEB = {
    f"{HOME}/robots.txt": Page("User-agent: *\nDisallow: /prive\n", type="text/plain"),
    f"{HOME}/actualites": links(
        *(f"/actualites/{name}" for name in NAMES[:3]), "/actualites/disparue", more='<a href="?page=2">2</a>'
    ),
    f"{HOME}/actualites?page=2": links(*(f"/actualites/{name}" for name in ["ancienne", *NAMES[3:5]])),
    f"{HOME}/actualites/ancienne": redirect(f"/actualites/{NAMES[5]}"),
    f"{HOME}/actualites/disparue": Page("<p>Cette page n’existe plus.</p>", status=410),
    **{f"{HOME}/actualites/{name}": article(name) for name in NAMES},
}
# A child that is a copy of this process needs no second to import everything.
CHILD = multiprocessing.get_context("fork")
# To keep the responses that came together; once a response, to give it a row and to close its request.
STEPS = {"keep": (Raw, "keep_all"), "row": (captures, "add"), "done": (SqliteFrontier, "done")}


def crawl(data: Path) -> None:
    sources = data / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "union_bocage.toml").write_text(SOURCE, "utf-8")
    warc = record(data / "web.warc.gz", WEB)
    arguments = ["crawl", "--sources", str(sources), "--data", str(data), "--replay", str(warc)]
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


def answers(data: Path, queries: Mapping[str, str]) -> dict[str, Sequence[object]]:
    """Return the rows that the archive gives to each of some queries, sorted."""
    with closing(sqlite3.connect(data / "archive.db")) as database:
        return {name: sorted(map(repr, database.execute(query))) for name, query in queries.items()}


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "archive.db")) as database:
        return database.execute(query).fetchall()


def archived(data: Path) -> dict[str, Sequence[object]]:
    """Return what the archive holds, robots.txt aside: it is asked by each process anew."""
    queries = {
        "captures": "SELECT source, role, url, status, digest, state FROM captures WHERE role != 'robots'",
        "articles": "SELECT source, url, title, published, text FROM articles",
        "versions": "SELECT article, digest FROM versions",
        "problems": "SELECT source, url, stage, error FROM problems",
    }
    return answers(data, queries)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sequence[object]]:
    data = tmp_path_factory.mktemp("undisturbed")
    crawl(data)  # in this process, so that its children find everything loaded
    held = archived(data)
    assert (len(held["captures"]), len(held["articles"])) == (len(WEB) - 1, len(NAMES))
    return held


@pytest.mark.parametrize(
    ("step", "when", "number"),
    [
        ("keep", "before", 1),
        ("keep", "after", 2),
        ("row", "before", 4),
        ("row", "after", 6),
        ("done", "before", 8),
        ("done", "after", 10),
    ],
)
def test_a_killed_crawl_loses_nothing_and_doubles_nothing(
    step: str, when: str, number: int, undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    assert ended(crawl_until, step, when, number, tmp_path) == -signal.SIGKILL
    assert ended(crawl, tmp_path) == 0
    assert archived(tmp_path) == undisturbed


def test_the_row_of_a_killed_crawl_is_closed_with_true_counts_when_the_archive_is_next_opened(
    undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    counts = "SELECT requests, new, problems, bytes, outcome, errors FROM crawls ORDER BY id"
    assert ended(crawl_until, "row", "after", 6, tmp_path) == -signal.SIGKILL
    open_row = rows(tmp_path, counts)[0]
    assert ended(crawl, tmp_path) == 0
    first, second = rows(tmp_path, counts)
    # Counted when it was killed, and what it had kept but not read: that is its own, too.
    assert open_row[4] is None
    assert (first[0], first[1], first[3]) >= (open_row[0], open_row[1], open_row[3])
    assert (first[4], second[4]) == ("interrupted", "ok")
    kept = len(undisturbed["captures"])
    assert first[0] + second[0] == kept + 2  # each has asked for robots.txt
    assert first[1] + second[1] == len(NAMES)
    assert first[2] + second[2] == len(undisturbed["problems"])
    ((started, finished, seconds),) = rows(
        tmp_path, "SELECT started_at, finished_at, seconds FROM crawls WHERE id = 1"
    )
    assert started <= finished
    assert seconds in (0, 1, 2, 3)


def test_a_crawl_killed_again_and_again_comes_to_the_same_end(
    undisturbed: dict[str, Sequence[object]], tmp_path: Path
):
    for step, when in (("keep", "after"), ("row", "before"), ("done", "after"), ("done", "before")):
        assert ended(crawl_until, step, when, 3, tmp_path) == -signal.SIGKILL
    assert ended(crawl, tmp_path) == 0
    assert archived(tmp_path) == undisturbed
