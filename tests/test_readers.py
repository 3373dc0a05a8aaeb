"""Pages read by other processes come to the same archive, whatever happens to a reader."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import warm_reader
from archive.models import Exchange, Site
from archive.pipeline import Archive
from archive.readers import Readers, Shelf, prepare, read
from archive.settling import settle
from archive.store import captures
from archive.store.article_rows import ArticleRows
from archive.store.captures import CaptureRow

PAGE = (
    "<!doctype html><title>{n} | Le Bief</title><header>Le Bief, des nouvelles</header><main>"
    "<h1>Récit {n}</h1><p>Publié le {day} mai 2021</p><p>La Scop du Gué, à Flers (61), a fêté ses {n} ans "
    "avec ses salariés, ses clients et les élus du canton.</p><p>Le récit {n} se finit ici.</p></main>"
)
EXCHANGE = Exchange(
    source="",
    role="article",
    url="",
    status=200,
    reason="OK",
    headers=[("Content-Type", "text/html; charset=utf-8")],
    body=b"",
    fetched_at=datetime(2024, 6, 1, 8, 0, tzinfo=UTC),
)


def exchanges(count: int) -> Iterator[Exchange]:
    """Yield pages, every fifth of which cannot be read."""
    for n in range(1, count + 1):
        body = b"%PDF-1.4 and nothing more" if n % 5 == 0 else PAGE.format(n=n, day=n % 28 + 1).encode()
        yield replace(EXCHANGE, source="bief", url=f"https://bief.example/recits/{n}", body=body)


def opened(data: Path, readers: int) -> Archive:
    archive = Archive(data, {}, readers)
    columns = {"slug": "bief", "title": "", "kind": "blog", "home": "", "via": "", "publish": ""}
    archive.database.table("sources").insert(columns)
    return archive


def filled(data: Path, readers: int) -> list[tuple[object, ...]]:
    with opened(data, readers) as archive:
        for exchange in exchanges(15):
            archive.keep(exchange)
        settle(archive, ["bief"])
    return held(data)


def held(data: Path) -> list[tuple[object, ...]]:
    database = sqlite3.connect(data / "archive.db")
    queries = (
        "SELECT id, url, title, published, text, departments FROM articles ORDER BY url",
        "SELECT url, state FROM captures ORDER BY id",
        "SELECT url, stage, error FROM problems ORDER BY url",
    )
    rows = [row for query in queries for row in database.execute(query)]
    database.close()
    return rows


def test_readers_beside_the_crawl_come_to_the_same_archive(tmp_path: Path) -> None:
    at_once = filled(tmp_path / "one", 0)
    assert filled(tmp_path / "two", 2) == at_once
    assert len(at_once) == 12 + 15 + 3


def test_what_was_not_read_when_the_crawl_ended_is_read_by_the_next(tmp_path: Path) -> None:
    with opened(tmp_path / "two", 1) as archive:
        for exchange in exchanges(15):
            archive.keep(exchange)
    with Archive(tmp_path / "two", {}) as archive:
        settle(archive, ["bief"])
    assert held(tmp_path / "two") == filled(tmp_path / "one", 0)


def test_a_reader_that_is_killed_costs_no_page(tmp_path: Path) -> None:
    with opened(tmp_path / "two", 1) as archive:
        for exchange in exchanges(15):
            archive.keep(exchange)
            if exchange.url.endswith("/7"):
                _kill_readers(archive)
        settle(archive, ["bief"])
    assert held(tmp_path / "two") == filled(tmp_path / "one", 0)


def test_a_page_is_not_blamed_for_a_reader_that_was_killed_without_it(tmp_path: Path) -> None:
    with opened(tmp_path / "two", 1) as archive:
        for number, exchange in enumerate(exchanges(15)):
            archive.keep(exchange)
            if number in (4, 9):
                _kill_readers(archive)  # the second time that which reads alone, too, while it is idle
                archive.finish_reading()
        settle(archive, ["bief"])
    assert held(tmp_path / "two") == filled(tmp_path / "one", 0)


def _kill_readers(archive: Archive) -> None:
    assert archive._readers is not None
    for pool in (archive._readers._pool, archive._readers._alone):
        for process in list(pool._processes.values()) if pool is not None else ():
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)


def test_the_page_that_readers_have_read_before_they_begin_has_something_of_everything() -> None:
    (article,) = warm_reader.read()
    assert isinstance(article, ArticleRows)
    assert {rows.table for rows in article.facts} >= {"mentions", "article_departments", "events", "quotes"}
    assert article.article["published"] == "2021-05-03"


def test_what_readers_are_copies_of_loads_nothing_that_reading_does_not_need() -> None:
    # numpy starts threads of its own, unless the language model, which needs it now and then, loads it.
    program = (
        "import archive.warm_reader, sys; print({'numpy', 'sqlite_utils', 'scrapy'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_what_is_found_and_not_yet_taken_is_found_the_next_time(tmp_path: Path) -> None:
    with opened(tmp_path / "data", 0) as archive:
        kept = archive.raw.keep_all([(exchange, None) for exchange in exchanges(30)])
        rows = [CaptureRow(number, captures.PENDING, capture) for number, capture in enumerate(kept)]
        readers = Readers(Shelf(archive.raw.folder, {}, []), 1, lambda source: Site())
        for row in rows:
            readers.give(row)
        first = next(readers.found(wait=True))
        others = [one for some in readers.found(wait=True) for one in some]
        readers.close()
    assert [row.id for row, _ in (*first, *others)] == list(range(30))
    assert len(first) < 30


def test_much_text_is_handed_over_before_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archive.readers.HEAVY", 300)
    with opened(tmp_path / "data", 0) as archive:
        kept = archive.raw.keep_all([(exchange, None) for exchange in exchanges(6)])
        task = [(CaptureRow(0, captures.PENDING, capture), Site()) for capture in kept]
        prepare(Shelf(archive.raw.folder, {}, []))
        found = read(task)
    assert 1 < len(found) < 6
